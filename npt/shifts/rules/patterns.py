"""Repeating rosters: a cycle of days in local time, laid over the calendar.

Ours: the report is silent on rosters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from npt.kit.clock import NeverHappens, to_instant
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.shifts.rules.shifts import check_shift


class PatternTimeNeverHappens(Refusal, NeverHappens):
    """A shift of a pattern would start or end in the hour that the clocks skip in March."""


@dataclass(frozen=True, slots=True)
class PatternDay:
    """One day of a cycle in local time; both times None for a day off.

    An end at or before the start is on the next day. ValueError when only one of the two is given.
    """

    starts: time | None = None
    ends: time | None = None

    def __post_init__(self) -> None:
        if (self.starts is None) != (self.ends is None):
            raise ValueError("A day of a pattern has both a start and an end, or neither on a day off.")


def pattern_shifts(cycle: Sequence[PatternDay], anchor: date, first: date, last: date) -> Iterator[Interval]:
    """The shifts that start from `first` to `last`, both included, where `anchor` is day 1 of the cycle.

    Days before the anchor follow the cycle backwards. Times are local, so that a night from 22:00 to 07:00
    lasts 10 hours when the clocks go back and 8 when they go forward; a time that happens twice is the first.
    ValueError for a cycle without days; PatternTimeNeverHappens, with the day of the cycle, for a time that
    the clocks skip; ShiftTooLong where a clock change makes a shift longer than 24 hours.
    """
    if not cycle:
        raise ValueError("A pattern needs at least one day.")
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        index = (day - anchor).days % len(cycle)
        on_day = cycle[index]
        if on_day.starts is None or on_day.ends is None:
            continue
        last_day = day if on_day.ends > on_day.starts else day + timedelta(days=1)
        yield check_shift(
            _instant(datetime.combine(day, on_day.starts), index),
            _instant(datetime.combine(last_day, on_day.ends), index),
        )


def _instant(local: datetime, index: int) -> datetime:
    try:
        return to_instant(local).instant
    except NeverHappens as skipped:
        raise PatternTimeNeverHappens(
            f"Day {index + 1} of the pattern: {skipped}."
            " Change that day's time, or assign the pattern on either side of that date.",
            field="first",
        ) from None
