"""Permissions, roles, grants and the one question `may()`.

A role is granted on a unit and holds for that unit's whole subtree: a sergeant's grant on a team covers that
team, a manager's grant on a BCU everything under it. Nothing is granted by being signed in.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum


class Permission(Enum):
    """One thing a person may do at a place."""

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
    GATEKEEPER = "gatekeeper"
    CUSTOMER = "customer"
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
    Role.GATEKEEPER: "Problem gatekeeper",
    Role.CUSTOMER: "Customer services manager",
    Role.HMIC: "Inspectorate",
}

_TEAM = {Permission.SEE_UNITS, Permission.SEE_STAFFING, Permission.SEE_DUTY}
_SUPERVISION = _TEAM | {
    Permission.SEE_MEMBERS,
    Permission.REPORT_ABSTRACTION,
    Permission.RECORD_DUTY,
    Permission.CONFIRM_DUTY,
    Permission.NAME_CONTACTS,
    Permission.RECORD_TRAINING,
    Permission.EXPORT,
}

#: What each role may do within the unit it is granted on.
HOLDS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.BOARD: frozenset(
        _TEAM
        | {
            Permission.SEE_MEMBERS,
            Permission.RECORD_TRAINING,
            Permission.NAME_CONTACTS,
            Permission.MANAGE_MEMBERS,
            Permission.MANAGE_DEFINITIONS,
            Permission.SET_COVER,
            Permission.PLAN_OPERATIONS,
            Permission.READ_JOURNAL,
            Permission.EXPORT,
        }
    ),
    Role.MANAGER: frozenset(
        _SUPERVISION
        | {
            Permission.REVIEW_ABSTRACTION,
            Permission.MANAGE_MEMBERS,
            Permission.SET_COVER,
            Permission.PLAN_OPERATIONS,
        }
    ),
    Role.INSPECTOR: frozenset(
        _SUPERVISION | {Permission.REVIEW_ABSTRACTION, Permission.SET_COVER, Permission.PLAN_OPERATIONS}
    ),
    Role.SERGEANT: frozenset(_SUPERVISION),
    Role.OFFICER: frozenset(_TEAM | {Permission.REPORT_ABSTRACTION}),
    Role.PCSO: frozenset(_TEAM | {Permission.REPORT_ABSTRACTION}),
    Role.PARTNER: frozenset({Permission.SEE_UNITS}),
    Role.CALLTAKER: frozenset({Permission.SEE_UNITS}),
    Role.GATEKEEPER: frozenset({Permission.SEE_UNITS, Permission.SEE_STAFFING}),
    Role.CUSTOMER: frozenset({Permission.SEE_UNITS, Permission.SEE_STAFFING}),
    Role.HMIC: frozenset({Permission.SEE_UNITS, Permission.SEE_STAFFING, Permission.EXPORT}),
}

#: Who is reminded of days to confirm. An administrator may confirm them too, but supervises nobody.
SUPERVISING = frozenset(
    role for role, held in HOLDS.items() if Permission.CONFIRM_DUTY in held and role is not Role.ADMIN
)


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

    def may(self, permission: Permission, path: str | None = None) -> bool:
        """Whether this person has `permission` on the unit at `path`; see `may`."""
        return may(self.scopes, permission, path)

    def reach(self, permission: Permission) -> tuple[str, ...]:
        """The paths on which this person has `permission`; see `reach`."""
        return reach(self.scopes, permission)

    def has_role(self, role: Role) -> bool:
        """Whether this person holds `role` anywhere."""
        return any(scope.role is role for scope in self.scopes)
