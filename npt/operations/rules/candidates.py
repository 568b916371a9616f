"""Who could be taken for an operation, what speaks against it, and who comes first.

The order is ours: first who is free, then who is there the longest (the whole time before part of it), then
the team with the most headroom, then the team with the most people left on duty, then whoever was taken least
lately.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from npt.kit.intervals import Interval
from npt.people.rules import PolicingRole

#: How far back abstraction counts when it is asked who was taken least lately, in days.
FAIRNESS_DAYS = 90


class Against(Enum):
    """What speaks against taking somebody."""

    ABSENT = "absent"
    AWAY = "already away"
    OTHER_OPERATION = "on another operation"


@dataclass(frozen=True, slots=True)
class Objection:
    """A reason against a candidate, in words. A final one stands: the records would not hold both."""

    against: Against
    words: str
    is_final: bool = True


@dataclass(frozen=True)
class OnShift:
    """A member's shift, whoever's it is."""

    shift_id: int
    shift_version: int
    shift_on: date
    shift: Interval
    member_id: int
    number: str
    name: str
    role: PolicingRole
    unit_id: int
    unit_code: str
    unit_name: str


@dataclass(frozen=True)
class Candidate(OnShift):
    """A member's shift that shares time with a day of an operation. All lengths in whole minutes."""

    #: the day of the operation
    on: date
    #: the part of the shift during which the operation runs
    taken: Interval
    covers_fully: bool
    #: what the month of the team's group still allows; None for roles without a target
    headroom_left: int | None
    #: the fewest who would be left on duty in the team while this member is taken
    left_on_duty: int
    #: abstraction of the last 90 days, and what is already planned
    minutes_lately: int
    #: the day of the latest of those abstractions
    last_taken_on: date | None
    objections: tuple[Objection, ...] = ()
    is_chosen: bool = False

    @property
    def key(self) -> tuple[date, int]:
        """What a choice is known by: the day of the operation and the shift."""
        return self.on, self.shift_id

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing final speaks against it."""
        return not any(objection.is_final for objection in self.objections)


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, day by day, the best first; those who cannot be taken at the end of their day."""
    return sorted(candidates, key=lambda each: (each.on, _order(each)))


def suggested(candidates: Iterable[Candidate], number: int) -> list[Candidate]:
    """The best `number` for each day, or as many as there are, taken one after the other.

    Each one taken leaves less headroom and fewer on duty in their team, and has been taken lately when
    it comes to the next day, so that the burden spreads. Only those against whom nothing speaks.
    """
    chosen: list[Candidate] = []
    pool = [each for each in candidates if not each.objections]
    for on in sorted({each.on for each in pool}):
        for _ in range(number):
            best = min((each for each in pool if each.on == on), key=_order, default=None)
            if best is None:
                break
            chosen.append(best)
            pool = [_after(each, best) for each in pool if each.key != best.key]
    return chosen


def _order(each: Candidate) -> tuple[bool, bool, int, int, int, int, date, str]:
    return (
        not each.can_be_taken,
        bool(each.objections),
        -each.taken.minutes,
        -(each.headroom_left or 0),
        -each.left_on_duty,
        each.minutes_lately,
        each.last_taken_on or date.min,
        each.number,
    )


def _after(each: Candidate, taken: Candidate) -> Candidate:
    """The candidate as they stand once another is taken."""
    if each.member_id == taken.member_id:
        lately = each.minutes_lately + taken.taken.minutes
        each = replace(each, minutes_lately=lately, last_taken_on=taken.shift_on)
    if each.unit_id != taken.unit_id:
        return each
    left = each.left_on_duty - each.taken.overlaps(taken.taken)
    room = each.headroom_left
    is_same_month = (each.shift_on.year, each.shift_on.month) == (taken.shift_on.year, taken.shift_on.month)
    if room is not None and is_same_month:
        room -= taken.taken.minutes
    return replace(each, left_on_duty=left, headroom_left=room)


def free_parts(shift: Interval, away: Iterable[Interval]) -> list[Interval]:
    """What is left of a shift without the times away, which may overlap or reach outside it."""
    free: list[Interval] = []
    reached = shift.starts
    for each in sorted(away):
        if each.starts > reached:
            free.append(Interval(reached, min(each.starts, shift.ends)))
        reached = max(reached, each.ends)
        if reached >= shift.ends:
            return free
    free.append(Interval(reached, shift.ends))
    return free


def fewest_on_duty(during: Interval, present: Sequence[Interval]) -> int:
    """The fewest of `present` that hold at one moment of `during`; 0 when at some moment none does."""
    # The number falls only where one ends, so the start and those ends are the only moments to look at.
    moments = [during.starts, *(each.ends for each in present if during.starts < each.ends < during.ends)]
    return min(sum(each.starts <= moment < each.ends for each in present) for moment in moments)
