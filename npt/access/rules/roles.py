"""Roles, and what each may do within the unit that it is granted on."""

from enum import Enum

from npt.access.rules.permissions import Permission


class Role(Enum):
    """The part a person plays in the system, granted on a unit. Not the rank they hold: see PolicingRole."""

    ADMIN = "admin"
    BOARD = "board"
    MANAGER = "manager"
    INSPECTOR = "inspector"
    SERGEANT = "sergeant"
    OFFICER = "officer"
    PCSO = "pcso"
    PARTNER = "partner"
    CALLTAKER = "calltaker"
    CALLHANDLER = "callhandler"
    GATEKEEPER = "gatekeeper"
    ANALYST = "analyst"
    COMMUNICATIONS = "communications"
    COHESION = "cohesion"
    CUSTOMER = "customer"
    AUTHORITY = "authority"
    HMIC = "hmic"

    @property
    def wording(self) -> str:
        """The role as a person reads it."""
        return _WORDING[self]


_WORDING = {
    Role.ADMIN: "System administrator",
    Role.BOARD: "Neighbourhood policing board",
    Role.MANAGER: "BCU manager",
    Role.INSPECTOR: "Inspector",
    Role.SERGEANT: "Sergeant",
    Role.OFFICER: "Team officer",
    Role.PCSO: "PCSO",
    Role.PARTNER: "Partner agency",
    Role.CALLTAKER: "Call taker",
    Role.CALLHANDLER: "Call-back handler",
    Role.GATEKEEPER: "Information gatekeeper",
    Role.ANALYST: "Analyst",
    Role.COMMUNICATIONS: "Communications officer",
    Role.COHESION: "Community cohesion officer",
    Role.CUSTOMER: "Customer services manager",
    Role.AUTHORITY: "Police authority member",
    Role.HMIC: "Inspectorate",
}

_FIGURES = frozenset({Permission.SEE_UNITS, Permission.SEE_STAFFING})
#: What whoever works with neighbourhood policing inside the force reads, whatever their part.
_READING = _FIGURES | {
    Permission.SEE_DOCUMENTS,
    Permission.SEE_PARTNERS,
    Permission.SEE_ACTIONS,
    Permission.SEE_PROFILES,
    Permission.SEE_KIN,
    Permission.SEE_PROBLEMS,
}
_TEAM = _READING | {
    Permission.SEE_DUTY,
    Permission.REPORT_ABSTRACTION,
    Permission.SET_ACTIONS,
    Permission.KEEP_PROFILES,
    Permission.KEEP_KIN,
    Permission.RECORD_CONTACTS,
    Permission.PLAN_ENGAGEMENT,
    Permission.ASK_SURVEYS,
    Permission.KEEP_MEETINGS,
    Permission.KEEP_PROBLEMS,
    Permission.SEE_SENSITIVE,
    Permission.WRITE_MESSAGES,
    Permission.READ_BRIEFINGS,
    Permission.READ_RESTRICTED,
    Permission.OFFER_APPOINTMENTS,
}
_SUPERVISION = _TEAM | {
    Permission.SEE_MEMBERS,
    Permission.RECORD_DUTY,
    Permission.CONFIRM_DUTY,
    Permission.NAME_CONTACTS,
    Permission.NAME_SPECIALISTS,
    Permission.RECORD_TRAINING,
    Permission.EXPORT,
    Permission.FILE_DOCUMENTS,
    Permission.SHARE,
    Permission.CHECK_ENGAGEMENT,
    Permission.SCORE_PROBLEMS,
    Permission.SEND_MESSAGES,
    Permission.HANDLE_COMPLAINTS,
    Permission.RECOGNISE,
}
_COMMAND = _SUPERVISION | {
    Permission.REVIEW_ABSTRACTION,
    Permission.REVIEW_BOUNDARIES,
    Permission.SET_COVER,
    Permission.PLAN_OPERATIONS,
    Permission.OVERRULE_ORIGINATORS,
    Permission.RUN_CAMPAIGNS,
    Permission.REVIEW_MONTHS,
    Permission.READ_ASSESSMENT,
    Permission.SEE_GOVERNANCE,
}

#: What each role may do within the unit it is granted on.
HOLDS: dict[Role, frozenset[Permission]] = {
    # Sets the system up for others, and reads nothing that is only theirs: not why members are off duty, not
    # who the key individuals are, not what partners tell.
    Role.ADMIN: _FIGURES
    | {
        Permission.SEE_MEMBERS,
        Permission.RECORD_TRAINING,
        Permission.NAME_CONTACTS,
        Permission.NAME_SPECIALISTS,
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_DEFINITIONS,
        Permission.MANAGE_UNITS,
        Permission.MANAGE_ACCOUNTS,
        Permission.READ_JOURNAL,
        Permission.EXPORT,
        Permission.SEE_DOCUMENTS,
        Permission.FILE_DOCUMENTS,
        Permission.SEE_PARTNERS,
        Permission.MANAGE_PARTNERS,
        Permission.SEE_ACTIONS,
        Permission.SEE_LETTERS,
        Permission.MANAGE_MEASURES,
    },
    Role.BOARD: _READING
    | {
        Permission.SEE_DUTY,
        Permission.SEE_MEMBERS,
        Permission.RECORD_TRAINING,
        Permission.NAME_CONTACTS,
        Permission.NAME_SPECIALISTS,
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_DEFINITIONS,
        Permission.REVIEW_BOUNDARIES,
        Permission.SET_COVER,
        Permission.PLAN_OPERATIONS,
        Permission.READ_JOURNAL,
        Permission.EXPORT,
        Permission.FILE_DOCUMENTS,
        Permission.MANAGE_PARTNERS,
        Permission.SHARE,
        Permission.SET_ACTIONS,
        Permission.SEE_LETTERS,
        Permission.RECORD_INCIDENTS,
        Permission.KEEP_SURVEYS,
        Permission.KEEP_MEETINGS,
        Permission.RUN_CAMPAIGNS,
        Permission.REVIEW_MONTHS,
        Permission.SIGN_MONTHS,
        Permission.MANAGE_MEASURES,
        Permission.KEEP_INDICATORS,
        Permission.ASSESS,
        Permission.READ_ASSESSMENT,
        Permission.READ_BRIEFINGS,
        Permission.KEEP_STANDARDS,
        Permission.RECOGNISE,
        Permission.SEE_GOVERNANCE,
        Permission.GOVERN,
    },
    Role.MANAGER: _COMMAND
    | {
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_PARTNERS,
        Permission.RECORD_INCIDENTS,
        Permission.EXPORT_KIN,
        Permission.KEEP_SURVEYS,
        Permission.SIGN_MONTHS,
        Permission.KEEP_INDICATORS,
        Permission.GOVERN,
    },
    Role.INSPECTOR: _COMMAND,
    Role.SERGEANT: _SUPERVISION,
    Role.OFFICER: _TEAM,
    Role.PCSO: _TEAM,
    # A partner sees what is shared with their agency, and no more.
    Role.PARTNER: frozenset({Permission.SEE_UNITS, Permission.SEND_INFORMATION}),
    Role.CALLTAKER: frozenset({Permission.SEE_UNITS, Permission.TAKE_CALLS}),
    Role.CALLHANDLER: frozenset({Permission.SEE_UNITS, Permission.CALL_BACK, Permission.OFFER_APPOINTMENTS}),
    Role.GATEKEEPER: _FIGURES
    | {
        Permission.SEE_PARTNERS,
        Permission.SEE_ACTIONS,
        Permission.SEE_PROBLEMS,
        Permission.GRADE_INFORMATION,
        Permission.READ_INFORMATION,
    },
    Role.ANALYST: _READING
    | {
        Permission.EXPORT,
        Permission.RECORD_INCIDENTS,
        Permission.KEEP_SURVEYS,
        Permission.SCORE_PROBLEMS,
        Permission.READ_INFORMATION,
        Permission.KEEP_INDICATORS,
        Permission.READ_BRIEFINGS,
    },
    Role.COMMUNICATIONS: _READING
    | {
        Permission.FILE_DOCUMENTS,
        Permission.SET_ACTIONS,
        Permission.SEE_LETTERS,
        Permission.KEEP_SURVEYS,
        Permission.KEEP_MEETINGS,
        Permission.WRITE_MESSAGES,
        Permission.SEND_MESSAGES,
        Permission.RECOGNISE,
    },
    Role.COHESION: _READING
    | {
        Permission.FILE_DOCUMENTS,
        Permission.SET_ACTIONS,
        Permission.KEEP_PROFILES,
        Permission.NAME_SPECIALISTS,
        Permission.RECORD_CONTACTS,
        Permission.PLAN_ENGAGEMENT,
        Permission.KEEP_MEETINGS,
        Permission.READ_BRIEFINGS,
        Permission.ASSESS_IMPACT,
    },
    Role.CUSTOMER: _READING
    | {
        Permission.FILE_DOCUMENTS,
        Permission.SET_ACTIONS,
        Permission.KEEP_SURVEYS,
        Permission.HANDLE_COMPLAINTS,
        Permission.KEEP_STANDARDS,
        Permission.OFFER_APPOINTMENTS,
        Permission.RECOGNISE,
    },
    Role.AUTHORITY: _READING | {Permission.READ_ASSESSMENT, Permission.SEE_GOVERNANCE},
    Role.HMIC: _READING | {Permission.EXPORT, Permission.READ_ASSESSMENT, Permission.SEE_GOVERNANCE},
}

#: Who looks on, or only passes on what callers say: they are given no work. Ours.
ONLOOKERS = frozenset({Role.AUTHORITY, Role.HMIC, Role.CALLTAKER})
#: Who is reminded of days to confirm.
SUPERVISING = frozenset(role for role, held in HOLDS.items() if Permission.CONFIRM_DUTY in held)
