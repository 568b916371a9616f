"""Repeating rosters: keeping a pattern, and laying it over the calendar for some members."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.actions.roster import WantedShift, roster_shifts
from npt.shifts.models import Pattern
from npt.shifts.models import PatternDay as PatternDayRow
from npt.shifts.queries import patterns_for
from npt.shifts.rules import PatternDay, pattern_shifts
from npt.store.constraints import name_violation, refusing
from npt.store.exchange import Saved

#: The longest cycle in days (twelve weeks), and the longest stretch a pattern is laid over in one go.
LONGEST_CYCLE = 84
LONGEST_STRETCH = 366
NAME_LENGTH = 80


class BadPattern(Refusal):
    """A pattern without a name, without a working day, or with too long a cycle."""


class PatternNameTaken(Refusal):
    """The unit has another pattern of that name."""


class UnknownPattern(Refusal):
    """A pattern that the unit may not use, or that there is not."""


class StretchTooLong(Refusal):
    """A pattern was to be laid over days that run backwards, or over more than a year of them."""


class NobodyToRoster(Refusal):
    """A pattern was to be laid for no member."""


name_violation(
    "uq_pattern_unit_id_name",
    lambda: PatternNameTaken("The unit has a pattern of this name: give another name.", field="name"),
)


@dataclass(frozen=True, slots=True)
class AssignedPattern:
    """A pattern about to be laid over the calendar of some members; `anchor` is a day 1 of its cycle."""

    pattern_id: int
    unit: Unit
    member_ids: tuple[int, ...]
    anchor: date
    first: date
    last: date


_KEEPERS: list[Callable[[Session, AssignedPattern], None]] = []


def keep_assigned_by(keeper: Callable[[Session, AssignedPattern], None]) -> None:
    """Have `keeper` told, once, of every pattern before it is laid: a floor above keeps it, or refuses it."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def add_pattern(session: Session, *, unit: Unit, name: str, cycle: Sequence[PatternDay]) -> Pattern:
    """Keep a pattern for `unit` and all under it, and send it to the database.

    BadPattern, PatternNameTaken.
    """
    name = name.strip()
    if not 1 <= len(name) <= NAME_LENGTH:
        raise BadPattern(f"Give the pattern a name of 1 to {NAME_LENGTH} characters.", field="name")
    if not 1 <= len(cycle) <= LONGEST_CYCLE:
        raise BadPattern(
            f"A cycle of {len(cycle)} days is not possible: use 1 to {LONGEST_CYCLE} days.", field="cycle"
        )
    days = [
        PatternDayRow(day_number=number, starts=day.starts, ends=day.ends)
        for number, day in enumerate(cycle, start=1)
        if day.starts is not None and day.ends is not None
    ]
    if not days:
        raise BadPattern("Every day of the cycle is off: give at least one day its times.", field="cycle")
    pattern = Pattern(unit_id=unit.id, name=name, cycle_days=len(cycle), days=days)
    with refusing(session):
        session.add(pattern)
    return pattern


def assign_pattern(
    session: Session,
    *,
    pattern_id: int,
    unit: Unit,
    member_ids: Collection[int],
    anchor: date,
    first: date,
    last: date,
    team: Unit | None = None,
) -> Saved:
    """Roster these members of `unit` by the pattern from `first` to `last`; `anchor` is a day 1 of the cycle.

    What is there already with the same times stays. UnknownPattern, NobodyToRoster, StretchTooLong,
    DayOutOfRange, PatternTimeNeverHappens; what a keeper refuses; else as `roster_shifts` refuses,
    OutsidePlace for a member who counts at another unit on one of the days.
    """
    cycle = next((each.cycle for each in patterns_for(session, unit) if each.id == pattern_id), None)
    if cycle is None:
        raise UnknownPattern(
            f"There is no such pattern for {unit.code}: choose one from the list.", field="pattern"
        )
    if not member_ids:
        raise NobodyToRoster("No one is chosen: choose at least one member.", field="members")
    check_day(anchor, "anchor")
    check_day(first, "first")
    check_day(last, "last")
    if not 0 <= (last - first).days < LONGEST_STRETCH:
        raise StretchTooLong(
            f"Assign a pattern for 1 to {LONGEST_STRETCH} days at a time: give a last day on or after the"
            " first, at most a year later.",
            field="last",
        )
    assigned = AssignedPattern(pattern_id, unit, tuple(sorted(member_ids)), anchor, first, last)
    for keeper in _KEEPERS:
        keeper(session, assigned)
    shifts = list(pattern_shifts(cycle, anchor, first, last))
    wanted = [
        WantedShift(member_id, shift.starts, shift.ends, None if team is None else team.id)
        for member_id in sorted(member_ids)
        for shift in shifts
    ]
    return roster_shifts(session, wanted, place=unit)
