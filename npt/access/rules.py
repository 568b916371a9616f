"""Permissions, roles, grants and the one question `may()`.

A role is granted on a unit and holds for that unit's whole subtree: a sergeant's grant on a team covers that
team, a manager's grant on a BCU everything under it. Nothing is granted by being signed in.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum


class Permission(Enum):
    """One thing a person may do at a place. All of them are named here, those of features to come too."""

    # The force, its members and their duty
    SEE_UNITS = "see units"
    SEE_STAFFING = "see staffing and abstraction rates"
    SEE_DUTY = "see who is on duty and who is away"
    SEE_MEMBERS = "see members and their postings"
    REPORT_ABSTRACTION = "report their own abstraction"
    RECORD_DUTY = "record shifts, absence and abstraction"
    CONFIRM_DUTY = "confirm a day"
    REVIEW_ABSTRACTION = "review abstraction"
    SET_COVER = "set minimum cover"
    PLAN_OPERATIONS = "plan operations"
    RECORD_TRAINING = "record and verify training"
    NAME_CONTACTS = "name neighbourhood contacts"
    MANAGE_MEMBERS = "manage members, postings and establishment"
    MANAGE_DEFINITIONS = "manage reasons and definitions"
    MANAGE_UNITS = "manage units"
    MANAGE_ACCOUNTS = "manage accounts"
    READ_JOURNAL = "read the journal"
    EXPORT = "download figures and records"
    # What every feature stands on
    SEE_DOCUMENTS = "read the document library"
    FILE_DOCUMENTS = "add to the document library"
    SEE_PARTNERS = "see partner agencies"
    MANAGE_PARTNERS = "manage partner agencies and their accounts"
    SHARE = "share records with partners"
    SEE_ACTIONS = "see actions and what is overdue"
    SET_ACTIONS = "set actions and assign them"
    SEE_LETTERS = "see letters and whether they arrived"
    # Listening
    SEE_PROFILES = "read neighbourhood profiles"
    KEEP_PROFILES = "keep neighbourhood profiles and communities"
    SEE_KIN = "see for which communities somebody can speak, without names"
    KEEP_KIN = "see key individuals by name and keep their records"
    EXPORT_KIN = "download key individuals"
    RECORD_CONTACTS = "record contacts and patrols"
    PLAN_ENGAGEMENT = "plan engagement"
    CHECK_ENGAGEMENT = "check the mix of voices and draw dip samples"
    KEEP_SURVEYS = "write surveys and keep panels"
    ASK_SURVEYS = "ask the questions of surveys"
    KEEP_MEETINGS = "call meetings and report on them"
    # Solving
    SEE_PROBLEMS = "see priorities and problems"
    KEEP_PROBLEMS = "keep priorities and problem records"
    SCORE_PROBLEMS = "score problem records"
    OVERRULE_ORIGINATORS = "close a priority against whoever raised it"
    SEE_SENSITIVE = "see named people and tactics in problem records"
    RUN_CAMPAIGNS = "run campaigns"
    SEND_INFORMATION = "send partner information"
    GRADE_INFORMATION = "grade partner information and see who sent it"
    READ_INFORMATION = "search partner information, without its senders"
    CALL_BACK = "call people back"
    # Judging
    REVIEW_MONTHS = "write the monthly review"
    SIGN_MONTHS = "sign a month off"
    MANAGE_MEASURES = "manage measures and targets"
    KEEP_INDICATORS = "enter survey figures"
    ASSESS = "assess the standard"
    READ_ASSESSMENT = "read the assessment and its evidence"
    # Telling
    WRITE_MESSAGES = "write messages and briefings"
    SEND_MESSAGES = "publish and send messages"
    READ_BRIEFINGS = "read briefings"
    READ_RESTRICTED = "read restricted briefing items"
    TAKE_CALLS = "look up a team for a caller and pass a message on"
    # Citizen focus and governance
    HANDLE_COMPLAINTS = "handle complaints"
    KEEP_STANDARDS = "keep corporate standards"
    OFFER_APPOINTMENTS = "offer and keep appointments"
    RECOGNISE = "recognise good work"
    ASSESS_IMPACT = "assess community impact"
    SEE_GOVERNANCE = "see boards, risks and recommendations"
    GOVERN = "keep boards, risks and recommendations"

    @property
    def wording(self) -> str:
        """The permission in words, after "may"."""
        return str(self.value)


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


class ShareLevel(Enum):
    """How much of a record a share shows to an agency, the least first. What that is, its feature tells.

    Sensitive parts are shown at none of them: those need a permission that no partner has.
    """

    EXISTS = "exists"
    SUMMARY = "summary"
    FULL = "full"

    @property
    def wording(self) -> str:
        """The level as a person reads it."""
        return _LEVEL_WORDING[self]

    def opens(self, needed: "ShareLevel") -> bool:
        """Whether a share of this level opens a page that asks for `needed`."""
        return _LEVELS.index(self) >= _LEVELS.index(needed)


_LEVELS = tuple(ShareLevel)
_LEVEL_WORDING = {
    ShareLevel.EXISTS: "That it exists",
    ShareLevel.SUMMARY: "Summary",
    ShareLevel.FULL: "In full",
}
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
        Permission.MANAGE_MEMBERS,
        Permission.MANAGE_DEFINITIONS,
        Permission.SET_COVER,
        Permission.PLAN_OPERATIONS,
        Permission.READ_JOURNAL,
        Permission.EXPORT,
        Permission.FILE_DOCUMENTS,
        Permission.MANAGE_PARTNERS,
        Permission.SHARE,
        Permission.SET_ACTIONS,
        Permission.SEE_LETTERS,
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

#: Who is reminded of days to confirm.
SUPERVISING = frozenset(role for role, held in HOLDS.items() if Permission.CONFIRM_DUTY in held)


@dataclass(frozen=True)
class Scope:
    """One grant: a role held on the unit at `path` (for example "BEDS/C/") and on everything under it."""

    role: Role
    path: str
    #: what people call the unit
    place: str = field(default="", compare=False)

    @property
    def code(self) -> str:
        """The code of the unit, the last of its path."""
        return self.path.rstrip("/").rpartition("/")[2]

    def covers(self, path: str) -> bool:
        """Whether the unit at `path` is the granted unit or lies under it."""
        return path.startswith(self.path)


@dataclass(frozen=True)
class Open:
    """In place of a permission: anyone may, and `because` says why that is right.

    `asks_who` is not so where the answer is the same whoever asks, and nobody looks: not even the database.
    """

    because: str
    asks_who: bool = True


@dataclass(frozen=True)
class SignedIn:
    """In place of a permission: whoever is signed in may, and `because` says why that is right."""

    because: str


def may(scopes: Collection[Scope], permission: Permission, path: str | None = None) -> bool:
    """Whether someone holding `scopes` has `permission` on the unit at `path`.

    Without a path: whether they have it anywhere at all, which is enough to see a page that then shows only
    what lies within reach.
    """
    return any(permission in HOLDS[scope.role] and (path is None or scope.covers(path)) for scope in scopes)


def reach(scopes: Collection[Scope], permission: Permission) -> tuple[str, ...]:
    """The paths of the units on which `permission` is held, the outermost only, in order."""
    paths = sorted({scope.path for scope in scopes if permission in HOLDS[scope.role]})
    outermost: list[str] = []
    for path in paths:
        if not any(path.startswith(wider) for wider in outermost):
            outermost.append(path)
    return tuple(outermost)


@dataclass(frozen=True)
class Viewer:
    """The person at the other end of a request: their account and what they may do."""

    account_id: int
    name: str
    email: str
    scopes: tuple[Scope, ...]
    #: the agency for which they act today, by its shares; None for whoever is no partner in good standing
    agency_id: int | None = None
    #: why a partner's account opens nothing today, and whom to ask; "" for everybody else
    barred: str = ""

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Whether this person has `permission` on the unit at `path`; see `may`."""
        return may(self.scopes, permission, path)

    def reach(self, permission: Permission) -> tuple[str, ...]:
        """The paths on which this person has `permission`; see `reach`."""
        return reach(self.scopes, permission)

    def has_role(self, role: Role) -> bool:
        """Whether this person holds `role` anywhere."""
        return any(scope.role is role for scope in self.scopes)
