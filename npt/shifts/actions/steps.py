"""What happens to shifts: from how each stands to how it is to stand, and whether there is room for that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.kit.intervals import Interval, first_overlap
from npt.shifts.actions.confirmed_days import UnitDay
from npt.shifts.actions.held_shifts import HeldShift
from npt.shifts.actions.shift_attribution import Places
from npt.shifts.queries.collisions import WantedTime, shifts_in_the_way
from npt.shifts.rules import AwayState, ShiftOverlaps, ShiftState
from npt.store.types import minute_instant, minute_number


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one shift: nothing before, it is added; nothing after, it is removed."""

    before: HeldShift | None
    after: ShiftState | None
    #: the key under which a removed shift comes back, where that key is still free, and its version then
    key: int | None = None
    version: int = 1

    @property
    def member_id(self) -> int:
        """Whose shift it is."""
        return self.states[-1].member_id

    @property
    def day(self) -> date:
        """The day on which it starts, before anything else."""
        return self.states[0].day

    @property
    def days(self) -> list[date]:
        """The days that it touches."""
        return [state.day for state in self.states]

    @property
    def unit_days(self) -> set[UnitDay]:
        """The days of units that it touches."""
        return {(state.unit_id, state.day) for state in self.states}

    @property
    def states(self) -> list[ShiftState]:
        """How the shift stands before and after, as far as it does."""
        was = self.before.state if self.before is not None else None
        return [state for state in (was, self.after) if state is not None]

    @property
    def is_change(self) -> bool:
        """Whether anything stands otherwise afterwards: a form may be saved as it was shown."""
        facts = [replace(state, away=()) for state in self.states]
        return len(facts) < 2 or facts[0] != facts[1] or any(was != then for was, then in self.away_changes)

    @property
    def away_changes(self) -> list[tuple[AwayState | None, AwayState | None]]:
        """All time away of the shift before and after: None before, it is added; None after, it goes."""
        was = {each.id: each for each in self.before.state.away} if self.before is not None else {}
        then = {each.id: each for each in self.after.away if each.id in was} if self.after is not None else {}
        changes: list[tuple[AwayState | None, AwayState | None]] = [
            (each, then.get(key)) for key, each in was.items()
        ]
        if self.after is not None:
            changes += [(None, each) for each in self.after.away if each.id not in was]
        return changes

    @property
    def away_started(self) -> list[tuple[int, datetime]]:
        """The time away that is new, each by its member and the instant at which it starts."""
        return [
            (self.member_id, then.interval.starts)
            for was, then in self.away_changes
            if was is None and then is not None
        ]


def check_room(session: Session, steps: Sequence[Step], places: Places) -> None:
    """Refuse (ShiftOverlaps, naming the member) where a shift would stand on another of the same member."""
    then = [step.after for step in steps if step.after is not None]
    touched = {step.before.id for step in steps if step.before is not None}
    for member_id in sorted({each.member_id for each in then}):
        both = first_overlap([each.interval for each in then if each.member_id == member_id])
        if both is not None:
            raise _overlap(places, member_id, both[1], both[0])
    wanted = [
        WantedTime(each.member_id, minute_number(each.interval.starts), minute_number(each.interval.ends))
        for each in then
    ]
    for other in sorted(shifts_in_the_way(session, wanted), key=lambda each: (each.member_id, each.starts)):
        if other.id in touched:
            continue
        there = Interval(minute_instant(other.starts), minute_instant(other.ends))
        new = next(
            each.interval
            for each in then
            if each.member_id == other.member_id and each.interval.overlaps(there)
        )
        raise _overlap(places, other.member_id, new, there)


def _overlap(places: Places, member_id: int, new: Interval, there: Interval) -> ShiftOverlaps:
    return ShiftOverlaps(
        f"{places.who(member_id)}: the shift {new.in_words} would overlap their shift {there.in_words}:"
        " choose other times, or leave that day out.",
        field="cells",
    )
