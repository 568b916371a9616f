"""Who may do what where: what each role may, and where a grant holds."""

import pytest

from npt.access.rules import HOLDS, SUPERVISING, Permission, Role, Scope, Viewer, may, reach

#: Who is to have each permission, and why. Written from the parts that people play in policing, and not from
#: the code: whoever gives or takes authority changes it here too, and says why.
MAY: dict[Permission, str] = {
    # How the force is put together is no secret to whoever works with it, partners and call takers too.
    Permission.SEE_UNITS: (
        "admin board manager inspector sergeant officer pcso partner calltaker gatekeeper customer hmic"
    ),
    # Figures: for the police, for who looks after its customers and its problems, and its inspectorate.
    Permission.SEE_STAFFING: ("admin board manager inspector sergeant officer pcso gatekeeper customer hmic"),
    # Who works when is for the team and those above it.
    Permission.SEE_DUTY: "admin board manager inspector sergeant officer pcso",
    # Careers and training of named people are for those who supervise them, up to the board.
    Permission.SEE_MEMBERS: "admin board manager inspector sergeant",
    # Of oneself: whoever works shifts, or leads those who do. The board does not.
    Permission.REPORT_ABSTRACTION: "admin manager inspector sergeant officer pcso",
    # A team's records are its supervisors'. The board and the inspectorate read what they write.
    Permission.RECORD_DUTY: "admin manager inspector sergeant",
    Permission.CONFIRM_DUTY: "admin manager inspector sergeant",
    # Whether an abstraction could have been avoided is said by somebody above who recorded it.
    Permission.REVIEW_ABSTRACTION: "admin manager inspector",
    # What a team has to have on duty, and what it is taken for, is decided above the team.
    Permission.SET_COVER: "admin board manager inspector",
    Permission.PLAN_OPERATIONS: "admin board manager inspector",
    Permission.RECORD_TRAINING: "admin board manager inspector sergeant",
    Permission.NAME_CONTACTS: "admin board manager inspector sergeant",
    # Posts and postings are the BCU's and the force's.
    Permission.MANAGE_MEMBERS: "admin board manager",
    # One way of counting for the force.
    Permission.MANAGE_DEFINITIONS: "admin board",
    Permission.MANAGE_UNITS: "admin",
    Permission.MANAGE_ACCOUNTS: "admin",
    Permission.READ_JOURNAL: "admin board",
    # Files leave the system: with those who answer for them, and with the inspectorate that asks for them.
    Permission.EXPORT: "admin board manager inspector sergeant hmic",
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
