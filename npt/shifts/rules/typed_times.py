"""Times of day as a person types them, read as instants of the shift they are about.

A person writes 01:30 and means the night of that shift. Which day it is follows from the shift; in the hour
that happens twice in October the person is asked, and in March an hour never happens. The source is silent:
these rules are ours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from npt.kit.clock import LONDON, NeverHappens, clock_in_words, day_in_words, local_day, to_instant
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal


class TimeHappensTwice(Refusal):
    """A time that happens twice within the shift, when nobody said which of the two is meant."""


class TimeNeverHappens(Refusal, NeverHappens):
    """A time that the clocks skip on the day of the shift."""


class ShiftIsOver(Refusal):
    """“From now” for a shift that has ended."""


class WhichOfTwo(Enum):
    """Which of the two is meant in the hour that the clocks repeat."""

    FIRST = "first"
    SECOND = "second"

    @property
    def wording(self) -> str:
        """The choice as a person reads it."""
        return (
            "The first time, before the clocks go back (BST)"
            if self is WhichOfTwo.FIRST
            else ("The second time, after the clocks went back (GMT)")
        )


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A local time of day; `which` only matters in the hour that happens twice."""

    clock: time
    which: WhichOfTwo | None = None


def typed_interval(
    shift: Interval, starts: TypedTime | None, ends: TypedTime | None
) -> tuple[datetime, datetime]:
    """The two instants meant by times typed for a shift; None is the shift's own start or end.

    A time after midnight of a night shift is on the next day. Times that lie outside the shift are read on
    its first day, so that whoever checks them can say what is wrong with them. TimeHappensTwice (field
    `starts_which` or `ends_which`), TimeNeverHappens (field `starts` or `ends`).
    """
    begins, finishes = shift.starts, shift.ends
    if starts is not None:
        begins = _meant(shift, starts, "starts", lambda instant: shift.starts <= instant < shift.ends)
    if ends is not None:
        finishes = _meant(shift, ends, "ends", lambda instant: begins < instant <= shift.ends)
    return begins, finishes


def typed_shift(day: date, starts: TypedTime, ends: TypedTime) -> tuple[datetime, datetime]:
    """The two instants of a shift that starts on `day`; an end at or before the start is on the next day.

    Unless it is the second of two, after the start: 01:45 to 01:15 is half an hour when the clocks go back in
    between. Refuses as `typed_interval` does.
    """
    begins = _on(day, starts, "starts", None)
    is_same_day = ends.clock > starts.clock or (
        ends.which is WhichOfTwo.SECOND and _readings_on(day, ends.clock, "ends")[-1] > begins
    )
    last_day = day if is_same_day else day + timedelta(days=1)
    return begins, _on(last_day, ends, "ends", begins)


def rest_of_shift(shift: Interval, now: datetime) -> tuple[datetime, datetime]:
    """From the minute of `now`, or from the start of a shift still to come, to its end. ShiftIsOver."""
    begins = max(now.astimezone(UTC).replace(second=0, microsecond=0), shift.starts)
    if begins >= shift.ends:
        raise ShiftIsOver(
            f"The shift ended at {clock_in_words(shift.ends)}: choose the whole shift, or give the times.",
            field="when",
        )
    return begins, shift.ends


def _meant(shift: Interval, typed: TypedTime, field: str, fits: Callable[[datetime], bool]) -> datetime:
    """The reading of `typed` that fits the shift; else a reading to be refused."""
    readings, skipped = _readings(shift, typed.clock, field)
    fitting = [instant for instant in readings if fits(instant)]
    if not fitting:
        if skipped is not None:
            raise skipped
        later = [instant for instant in readings if instant > shift.starts]
        return later[0] if field == "ends" and later else readings[0]
    if len(fitting) == 1 or local_day(fitting[0]) != local_day(fitting[1]):
        return fitting[0]
    return _chosen(fitting, typed, field)


def _on(day: date, typed: TypedTime, field: str, after: datetime | None) -> datetime:
    """The instant of a time of day on `day`, the one after `after` where that leaves only one."""
    readings = _readings_on(day, typed.clock, field)
    later = [instant for instant in readings if after is None or instant > after] or readings
    return later[0] if len(later) == 1 else _chosen(later, typed, field)


def _chosen(both: Sequence[datetime], typed: TypedTime, field: str) -> datetime:
    """The one of `both` that the person chose. TimeHappensTwice when they did not."""
    if typed.which is None:
        raise TimeHappensTwice(
            f"{typed.clock:%H:%M} happens twice on {day_in_words(local_day(both[0]))}, when the clocks go"
            " back: choose which of the two is meant.",
            field=f"{field}_which",
        )
    return both[0] if typed.which is WhichOfTwo.FIRST else both[1]


def _readings(shift: Interval, clock: time, field: str) -> tuple[Sequence[datetime], TimeNeverHappens | None]:
    """Every instant with this local time on the days of the shift, in order; the refusal of a skipped one."""
    readings: list[datetime] = []
    skipped: TimeNeverHappens | None = None
    day, last = local_day(shift.starts), local_day(shift.ends)
    while day <= last:
        try:
            readings += _readings_on(day, clock, field)
        except TimeNeverHappens as never:
            skipped = never
        day += timedelta(days=1)
    return readings, skipped


def _readings_on(day: date, clock: time, field: str) -> list[datetime]:
    """The instant, or the two, with this local time on `day`. TimeNeverHappens."""
    local = datetime.combine(day, clock)
    try:
        first, happens_twice = to_instant(local)
    except NeverHappens as never:
        raise TimeNeverHappens(f"{never}. Give a time before or after the change.", field=field) from None
    second = [local.replace(tzinfo=LONDON, fold=1).astimezone(UTC)] if happens_twice else []
    return [first, *second]
