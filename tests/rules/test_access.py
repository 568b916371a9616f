"""Who may do what where: what each role may, and where a grant holds."""

import pytest

from npt.access.rules import HOLDS, SUPERVISING, Permission, Role, Scope, Viewer, may, reach

#: Who is to have each permission, and why. Written from the parts that people play in policing, and not from
#: the code: whoever gives or takes authority changes it here too, and says why.
MAY: dict[Permission, str] = {
    # How the force is put together is no secret to whoever works with it, partners and call takers too.
    Permission.SEE_UNITS: (
        "admin board manager inspector sergeant officer pcso partner calltaker callhandler gatekeeper analyst"
        " communications cohesion customer authority hmic"
    ),
    # Figures: for the police, for who looks after its customers and its problems, for those it answers to.
    Permission.SEE_STAFFING: (
        "admin board manager inspector sergeant officer pcso gatekeeper analyst communications cohesion"
        " customer authority hmic"
    ),
    # Who works when is for the team and those above it. Whoever sets the system up is neither.
    Permission.SEE_DUTY: "board manager inspector sergeant officer pcso",
    # Careers and training of named people are for those who supervise them, up to the board, and for who
    # keeps their accounts.
    Permission.SEE_MEMBERS: "admin board manager inspector sergeant",
    # Of oneself: whoever works shifts, or leads those who do. The board does not.
    Permission.REPORT_ABSTRACTION: "manager inspector sergeant officer pcso",
    # A team's records, why somebody is off duty among them, are its supervisors'. The board reads figures.
    Permission.RECORD_DUTY: "manager inspector sergeant",
    Permission.CONFIRM_DUTY: "manager inspector sergeant",
    # Whether an abstraction could have been avoided is said by somebody above who recorded it.
    Permission.REVIEW_ABSTRACTION: "manager inspector",
    # What a team has to have on duty, and what it is taken for, is decided above the team.
    Permission.SET_COVER: "board manager inspector",
    Permission.PLAN_OPERATIONS: "board manager inspector",
    Permission.RECORD_TRAINING: "admin board manager inspector sergeant",
    Permission.NAME_CONTACTS: "admin board manager inspector sergeant",
    Permission.NAME_SPECIALISTS: "admin board manager inspector sergeant cohesion",
    Permission.REVIEW_BOUNDARIES: "board manager inspector",
    # Posts and postings are the BCU's and the force's.
    Permission.MANAGE_MEMBERS: "admin board manager",
    # One way of counting for the force.
    Permission.MANAGE_DEFINITIONS: "admin board",
    Permission.MANAGE_UNITS: "admin",
    Permission.MANAGE_ACCOUNTS: "admin",
    Permission.READ_JOURNAL: "admin board",
    # Files leave the system: with those who answer for them, who work on them, and the inspectorate.
    Permission.EXPORT: "admin board manager inspector sergeant analyst hmic",
    # What the force wrote down about itself is read by all inside it and by those it answers to.
    Permission.SEE_DOCUMENTS: (
        "admin board manager inspector sergeant officer pcso analyst communications cohesion customer"
        " authority hmic"
    ),
    Permission.FILE_DOCUMENTS: "admin board manager inspector sergeant communications cohesion customer",
    # Which agencies there are and who sits there is for the force; a partner sees what is shared with theirs.
    Permission.SEE_PARTNERS: (
        "admin board manager inspector sergeant officer pcso gatekeeper analyst communications cohesion"
        " customer authority hmic"
    ),
    Permission.MANAGE_PARTNERS: "admin board manager",
    # A share has a legal basis, which a supervisor answers for.
    Permission.SHARE: "board manager inspector sergeant",
    Permission.SEE_ACTIONS: (
        "admin board manager inspector sergeant officer pcso gatekeeper analyst communications cohesion"
        " customer authority hmic"
    ),
    Permission.SET_ACTIONS: (
        "board manager inspector sergeant officer pcso communications cohesion customer"
    ),
    Permission.SEE_LETTERS: "admin board communications",
    # Listening: read by all inside; kept by the team and, for communities, by the cohesion officer.
    Permission.SEE_PROFILES: (
        "board manager inspector sergeant officer pcso analyst communications cohesion customer authority"
        " hmic"
    ),
    Permission.KEEP_PROFILES: "manager inspector sergeant officer pcso cohesion",
    # They are the records of another system, whose token is an analyst’s, a BCU manager’s or the board’s.
    Permission.RECORD_INCIDENTS: "board manager analyst",
    Permission.SEE_KIN: (
        "board manager inspector sergeant officer pcso analyst communications cohesion customer authority"
        " hmic"
    ),
    # Names and numbers of key individuals are their team's and its line's, and nobody else's.
    Permission.KEEP_KIN: "manager inspector sergeant officer pcso",
    Permission.EXPORT_KIN: "manager",
    Permission.RECORD_CONTACTS: "manager inspector sergeant officer pcso cohesion",
    Permission.PLAN_ENGAGEMENT: "manager inspector sergeant officer pcso cohesion",
    # Work is checked by somebody above who did it.
    Permission.CHECK_ENGAGEMENT: "manager inspector sergeant",
    Permission.KEEP_SURVEYS: "board manager analyst communications customer",
    Permission.ASK_SURVEYS: "manager inspector sergeant officer pcso",
    Permission.KEEP_MEETINGS: "board manager inspector sergeant officer pcso communications cohesion",
    # Solving
    Permission.SEE_PROBLEMS: (
        "board manager inspector sergeant officer pcso gatekeeper analyst communications cohesion customer"
        " authority hmic"
    ),
    Permission.KEEP_PROBLEMS: "manager inspector sergeant officer pcso",
    Permission.SCORE_PROBLEMS: "manager inspector sergeant analyst",
    # To close against whoever raised it takes an inspector.
    Permission.OVERRULE_ORIGINATORS: "manager inspector",
    Permission.SEE_SENSITIVE: "manager inspector sergeant officer pcso",
    Permission.RUN_CAMPAIGNS: "board manager inspector",
    Permission.SEND_INFORMATION: "partner",
    # Who told the police something is seen by the gatekeeper alone.
    Permission.GRADE_INFORMATION: "gatekeeper",
    Permission.READ_INFORMATION: "gatekeeper analyst",
    Permission.CALL_BACK: "callhandler",
    # Judging
    Permission.REVIEW_MONTHS: "board manager inspector",
    Permission.SIGN_MONTHS: "board manager",
    Permission.MANAGE_MEASURES: "admin board",
    Permission.KEEP_INDICATORS: "board manager analyst",
    Permission.ASSESS: "board",
    Permission.READ_ASSESSMENT: "board manager inspector authority hmic",
    # Telling
    Permission.WRITE_MESSAGES: "manager inspector sergeant officer pcso communications",
    Permission.SEND_MESSAGES: "manager inspector sergeant communications",
    Permission.READ_BRIEFINGS: "board manager inspector sergeant officer pcso analyst cohesion",
    # Organised crime and managed offenders: for those who go out.
    Permission.READ_RESTRICTED: "manager inspector sergeant officer pcso",
    Permission.TAKE_CALLS: "calltaker",
    # Citizen focus and governance
    Permission.HANDLE_COMPLAINTS: "manager inspector sergeant customer",
    Permission.KEEP_STANDARDS: "board customer",
    Permission.OFFER_APPOINTMENTS: "manager inspector sergeant officer pcso callhandler customer",
    Permission.RECOGNISE: "board manager inspector sergeant communications customer",
    Permission.ASSESS_IMPACT: "cohesion",
    Permission.SEE_GOVERNANCE: "board manager inspector authority hmic",
    Permission.GOVERN: "board manager",
}

#: A BCU, and a sister whose path begins with the same letters.
C, C2 = "BEDS/C/", "BEDS/C2/"


# What each role may -----------------------------------------------------------------------------------------


def test_every_permission_says_whose_it_is() -> None:
    assert set(MAY) == set(Permission), "say in MAY whose the new permission is, and why"
    assert set(HOLDS) == set(Role)


@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.name)
def test_a_permission_is_held_by_those_whose_part_it_is_and_by_nobody_else(permission: Permission) -> None:
    held = " ".join(role.value for role in Role if may([Scope(role, C)], permission, C))
    assert held == MAY[permission]


def test_who_is_reminded_of_days_to_confirm_supervises_a_team() -> None:
    assert {role.value for role in SUPERVISING} == {"manager", "inspector", "sergeant"}


# Where ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "is_covered"),
    [
        (C, True),
        ("BEDS/C/C1/", True),
        ("BEDS/C/C1/C1.1/", True),
        ("BEDS/", False),
        (C2, False),
        ("BEDS/C2/C21/", False),
        ("BEDS/C-1/", False),
        ("BEDS/D/", False),
        ("OTHER/C/", False),
    ],
)
def test_a_grant_holds_for_the_unit_and_all_under_it_and_for_no_sister_that_begins_alike(
    path: str, is_covered: bool
) -> None:
    assert Scope(Role.MANAGER, C).covers(path) is is_covered
    assert may([Scope(Role.MANAGER, C)], Permission.SEE_DUTY, path) is is_covered


def test_the_permission_of_one_grant_does_not_hold_where_another_was_given() -> None:
    scopes = [Scope(Role.PARTNER, "BEDS/"), Scope(Role.SERGEANT, C), Scope(Role.HMIC, C2)]
    assert may(scopes, Permission.RECORD_DUTY, C)
    assert not may(scopes, Permission.RECORD_DUTY, C2)
    assert not may(scopes, Permission.RECORD_DUTY, "BEDS/")
    assert may(scopes, Permission.EXPORT, C2)
    assert may(scopes, Permission.SEE_UNITS, "BEDS/D/")
    assert not may(scopes, Permission.SEE_STAFFING, "BEDS/D/")


def test_without_a_place_it_is_enough_to_hold_the_permission_anywhere() -> None:
    scopes = [Scope(Role.PARTNER, "BEDS/"), Scope(Role.SERGEANT, C)]
    assert may(scopes, Permission.RECORD_DUTY)
    assert not may(scopes, Permission.MANAGE_MEMBERS)
    assert not may([], Permission.SEE_UNITS)


def test_the_reach_of_a_permission_is_where_it_was_granted_and_nowhere_else() -> None:
    scopes = [
        Scope(Role.PARTNER, "BEDS/"),
        Scope(Role.SERGEANT, "BEDS/C/C1/C1.1/"),
        Scope(Role.OFFICER, C2),
        Scope(Role.SERGEANT, C2),
    ]
    assert reach(scopes, Permission.RECORD_DUTY) == ("BEDS/C/C1/C1.1/", C2)
    assert reach(scopes, Permission.SEE_UNITS) == ("BEDS/",)
    assert reach(scopes, Permission.MANAGE_UNITS) == ()


def test_the_reach_names_the_outermost_and_keeps_a_sister_that_begins_alike() -> None:
    scopes = [Scope(Role.MANAGER, path) for path in (C2, "BEDS/C/C1/", C, "BEDS/C10/C1/")]
    assert reach(scopes, Permission.SEE_DUTY) == (C, "BEDS/C10/C1/", C2)


def test_a_person_holds_what_their_grants_bring_and_each_role_where_it_was_granted() -> None:
    person = Viewer(7, "Ash", "ash@force.example", (Scope(Role.SERGEANT, C), Scope(Role.PARTNER, "BEDS/")))
    assert person.may(Permission.CONFIRM_DUTY, C)
    assert not person.may(Permission.CONFIRM_DUTY, C2)
    assert person.reach(Permission.CONFIRM_DUTY) == (C,)
    assert person.has_role(Role.PARTNER)
    assert not person.has_role(Role.OFFICER)
