"""Roles of policing, where each is posted, and the groups that share a ceiling on abstraction.

Targets are from the HMIC report on Bedfordshire of September 2008.
"""

from enum import Enum

from npt.organisation.rules import Level


class PolicingRole(Enum):
    """What a member does in neighbourhood policing. Not what an account may do: see `npt.access`."""

    INSPECTOR = "inspector"
    SERGEANT = "sergeant"
    CONSTABLE = "constable"
    PCSO = "pcso"
    SPECIAL = "special"
    VOLUNTEER = "volunteer"

    @property
    def wording(self) -> str:
        """One of them in a sentence: "constable"."""
        return _ROLE_WORDING[self][0]

    @property
    def plural(self) -> str:
        """More than one in a sentence: "constables"."""
        return _ROLE_WORDING[self][1]

    @property
    def heading(self) -> str:
        """More than one at the start of a line: "Constables", "PCSOs"."""
        return self.plural[:1].upper() + self.plural[1:]

    @property
    def is_supervisor(self) -> bool:
        """Whether the role supervises teams and may confirm their days: inspectors and sergeants."""
        return self in SUPERVISORS

    @property
    def levels(self) -> frozenset[Level]:
        """The levels of unit to which the role is posted."""
        return _POSTED_TO[self]


SUPERVISORS = frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT})
_ROLE_WORDING = {
    PolicingRole.INSPECTOR: ("inspector", "inspectors"),
    PolicingRole.SERGEANT: ("sergeant", "sergeants"),
    PolicingRole.CONSTABLE: ("constable", "constables"),
    PolicingRole.PCSO: ("PCSO", "PCSOs"),
    PolicingRole.SPECIAL: ("special constable", "special constables"),
    PolicingRole.VOLUNTEER: ("volunteer", "volunteers"),
}
# An area is led by its inspector, and special constables are deployed to areas (HMIC 2008); the rest work in
# teams.
_POSTED_TO = {
    PolicingRole.INSPECTOR: frozenset({Level.AREA}),
    PolicingRole.SERGEANT: frozenset({Level.TEAM}),
    PolicingRole.CONSTABLE: frozenset({Level.TEAM}),
    PolicingRole.PCSO: frozenset({Level.TEAM}),
    PolicingRole.SPECIAL: frozenset({Level.AREA, Level.TEAM}),
    PolicingRole.VOLUNTEER: frozenset({Level.AREA, Level.TEAM}),
}


class RoleGroup(Enum):
    """Roles that share one ceiling on abstraction."""

    OFFICERS = "officers"
    PCSOS = "pcsos"

    @property
    def wording(self) -> str:
        """The group as a heading: "Officers"."""
        return _GROUP_WORDING[self]

    @property
    def target(self) -> int:
        """The highest abstraction rate allowed, in per cent: 20 for officers, 5 for PCSOs (HMIC 2008)."""
        return _GROUP_TARGET[self]

    @property
    def roles(self) -> frozenset[PolicingRole]:
        """The roles in the group."""
        return _GROUP_ROLES[self]


_GROUP_WORDING = {RoleGroup.OFFICERS: "Officers", RoleGroup.PCSOS: "PCSOs"}
_GROUP_TARGET = {RoleGroup.OFFICERS: 20, RoleGroup.PCSOS: 5}
_GROUP_ROLES = {
    RoleGroup.OFFICERS: frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE}),
    RoleGroup.PCSOS: frozenset({PolicingRole.PCSO}),
}


_GROUP_OF = {role: group for group, roles in _GROUP_ROLES.items() for role in roles}


def group_of(role: PolicingRole) -> RoleGroup | None:
    """The group that the role's duty counts in; None for specials and volunteers, who have no target."""
    return _GROUP_OF.get(role)
