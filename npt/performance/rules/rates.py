"""How sums of duty become rows of rates: folded by group, by role or by reason.

A rate of a unit is the ratio of the sums of everything at and under it, never a mean of its parts' rates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Protocol

from npt.counting.rules import Definition, Tally, headroom, is_provisional, rate_of
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.performance.rules.signed import SignedRate


class Breakdown(Enum):
    """What a unit's month is broken down by, a row each."""

    GROUP = "group"
    ROLE = "role"
    REASON = "reason"

    @property
    def keys(self) -> tuple[str, ...]:
        """What stands in the rows' `group`, in order: the four roles with a target, or the two groups."""
        return tuple(self.roles)

    @property
    def roles(self) -> dict[str, tuple[PolicingRole, ...]]:
        """The roles that are added up for each of the keys."""
        return _ROLES_OF_ROLES if self is Breakdown.ROLE else _ROLES_OF_GROUPS

    def key_of(self, role: PolicingRole) -> str | None:
        """Where the duty of a role counts; None for specials and volunteers, who have no target."""
        group = group_of(role)
        if group is None:
            return None
        return role.value if self is Breakdown.ROLE else group.value


#: the groups with the roles in them, and those roles by themselves, in the order of their names
_ROLES_OF_GROUPS = {
    group.value: tuple(role for role in PolicingRole if role in group.roles)
    for group in sorted(RoleGroup, key=lambda group: group.value)
}
_ROLES_OF_ROLES: dict[str, tuple[PolicingRole, ...]] = {
    role.value: (role,)
    for role in sorted(PolicingRole, key=lambda role: role.value)
    if group_of(role) is not None
}
_GROUP_OF_KEY = {
    **{role.value: group for group in RoleGroup for role in group.roles},
    **{group.value: group for group in RoleGroup},
}


def group_named(key: str) -> RoleGroup:
    """The group that a row's `group` belongs to, be it a group or a role. ValueError for anything else."""
    if key not in _GROUP_OF_KEY:
        raise ValueError(f"“{key}” is no group and no role with a target.")
    return _GROUP_OF_KEY[key]


@dataclass(frozen=True, slots=True)
class Counted:
    """Some shifts as one definition counts them: minutes lost, to what, out of how many; and coverage.

    `by_reason` is empty where nobody asked what the time was lost to.
    """

    lost: int
    denominator: int
    by_reason: Mapping[str, int]
    shifts: int
    confirmed_shifts: int

    @classmethod
    def total(cls, parts: Iterable["Counted"]) -> "Counted":
        """All the shifts together."""
        lost = denominator = shifts = confirmed = 0
        by_reason: dict[str, int] = {}
        for part in parts:
            lost += part.lost
            denominator += part.denominator
            shifts += part.shifts
            confirmed += part.confirmed_shifts
            for code, minutes in part.by_reason.items():
                by_reason[code] = by_reason.get(code, 0) + minutes
        return cls(lost, denominator, by_reason, shifts, confirmed)

    @property
    def coverage(self) -> Share:
        """Shifts of confirmed days out of all; not known without a shift."""
        return Share(self.confirmed_shifts, self.shifts)


NOTHING = Counted(0, 0, {}, 0, 0)


class Sums(Protocol):
    """Sums over shifts of days on which no definition changed."""

    @property
    def absent(self) -> Mapping[str, int]:
        """Minutes absent, by the reason's code."""

    @property
    def tally(self) -> Tally:
        """All of the sums."""


def counted(sums: Sums, definition: Definition) -> Counted:
    """The sums as `definition` counts them, which must hold for all of their days.

    Where absence is put back, the reasons of absence are among those that time was lost to.
    """
    tally = sums.tally
    rate = rate_of(tally, definition)
    by_reason = {
        code: minutes
        for code, minutes in tally.abstracted_by_reason.items()
        if code in definition.counting_reasons
    }
    if definition.puts_absence_back:
        by_reason.update(sums.absent)
    return Counted(rate.abstracted, rate.denominator, by_reason, tally.shifts, tally.confirmed_shifts)


@dataclass(frozen=True, slots=True)
class Part:
    """What was counted of one role in one month at a unit and under it."""

    path: str
    role: PolicingRole
    month: Month
    counted: Counted


Folded = Mapping[tuple[str, str, Month], Counted]


def folded(parts: Iterable[Part], by: Breakdown) -> Folded:
    """The parts together: by path, group or role, and month."""
    gathered: dict[tuple[str, str, Month], list[Counted]] = {}
    for part in parts:
        key = by.key_of(part.role)
        if key is not None:
            gathered.setdefault((part.path, key, part.month), []).append(part.counted)
    return {place: Counted.total(several) for place, several in gathered.items()}


@dataclass(frozen=True, slots=True)
class RateRow:
    """The abstraction rate of a unit, a group (or role) and a month; of one reason alone, if given.

    `abstracted` and `denominator` are minutes. A row of one reason has no target: the ceiling is on the sum.
    """

    unit: str
    level: Level
    group: str
    reason: str | None
    month: Month
    definition: str
    abstracted: int
    denominator: int
    target: int | None
    coverage: Share
    #: what was signed off, where the records have given another rate since
    signed: SignedRate | None = None

    @property
    def rate(self) -> Share:
        """The rate as an exact share; not known without duty."""
        return Share(self.abstracted, self.denominator)

    @property
    def within(self) -> bool | None:
        """Whether the rate is at most the target; None when the rate is not known or has no target."""
        exceeds = None if self.target is None else self.rate.exceeds(self.target)
        return None if exceeds is None else not exceeds

    @property
    def is_provisional(self) -> bool:
        """Whether too few of the shifts lie on confirmed days for the rate to be taken as final."""
        return is_provisional(self.coverage)

    @property
    def left(self) -> int | None:
        """Minutes that may still be abstracted within the target; negative when over; None when not known."""
        if self.target is None or not self.rate.is_known:
            return None
        return headroom(self.target, self.denominator, self.abstracted)

    @property
    def allowed(self) -> int | None:
        """Minutes allowed by the target in all; None when not known."""
        return None if self.left is None else self.left + self.abstracted

    @property
    def strain(self) -> Fraction | None:
        """The rate as a multiple of the target: over 1 is over target. None when not known or without one."""
        fraction = self.rate.fraction
        return None if fraction is None or not self.target else fraction * 100 / self.target


def rate_row(
    unit: str,
    level: Level,
    key: str,
    month: Month,
    definition: str,
    sums: Counted,
    reason: str | None = None,
    signed: SignedRate | None = None,
) -> RateRow:
    """The row of a unit and month for a group or role, or for one reason within it.

    `signed`: what was signed off of it, which the row tells where it is another now.
    """
    is_restated = signed is not None and not signed.is_still(sums.lost, sums.denominator)
    return RateRow(
        unit=unit,
        level=level,
        group=key,
        reason=reason,
        month=month,
        definition=definition,
        abstracted=sums.lost if reason is None else sums.by_reason.get(reason, 0),
        denominator=sums.denominator,
        target=group_named(key).target if reason is None else None,
        coverage=sums.coverage,
        signed=signed if is_restated and reason is None else None,
    )


def by_strain(rows: Sequence[RateRow]) -> tuple[int, Fraction]:
    """A sort key that puts first whatever is furthest over target, and last what is not known at all."""
    known = [row.strain for row in rows if row.strain is not None]
    return (0, -max(known)) if known else (1, Fraction(0))
