"""Grants, the person who holds them, and the one question `may()`.

A role is granted on a unit and holds for that unit's whole subtree: a sergeant's grant on a team covers that
team, a manager's grant on a BCU everything under it. Nothing is granted by being signed in.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from npt.access.rules.permissions import Permission
from npt.access.rules.roles import HOLDS, Role


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
