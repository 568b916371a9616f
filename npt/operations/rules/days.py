"""What an operation is, how far it has come, and on which days at what times it needs people. All ours."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from npt.kit.clock import NeverHappens, day_in_words, to_instant
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal

#: The longest operation in days; a longer one is planned as several.
MOST_DAYS = 31


class OperationKind(Enum):
    """What calls for the operation."""

    FOOTBALL = "football"
    FESTIVAL = "festival"
    MUTUAL_AID = "mutual-aid"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The kind as people read it: "Football match"."""
        return _KIND_WORDING[self]


_KIND_WORDING = {
    OperationKind.FOOTBALL: "Football match",
    OperationKind.FESTIVAL: "Festival",
    OperationKind.MUTUAL_AID: "Mutual aid",
    OperationKind.OTHER: "Other operation",
}


class OperationStatus(Enum):
    """How far the operation has come. Only a committed one stands in the records of duty."""

    DRAFT = "draft"
    COMMITTED = "committed"
    CANCELLED = "cancelled"

    @property
    def wording(self) -> str:
        """The status as people read it: "Committed"."""
        return self.value.capitalize()


class EndsBeforeItStarts(Refusal):
    """An operation whose last day comes before its first."""


class TooManyDays(Refusal):
    """An operation of more than 31 days."""


class TimeNeverHappens(Refusal, NeverHappens):
    """An operation would start or end in the hour that the clocks skip in March."""


@dataclass(frozen=True, order=True, slots=True)
class OperationDay:
    """One day of an operation, known by the local date on which it starts, and its time."""

    on: date
    interval: Interval


def operation_days(first_on: date, last_on: date, starts: time, ends: time) -> tuple[OperationDay, ...]:
    """The days of an operation that runs from `starts` to `ends`, local time, on each day from first to last.

    An end at or before the start is on the day after: the same time twice is a whole day round the clock. A
    time that happens twice is the first of the two. EndsBeforeItStarts, TooManyDays, TimeNeverHappens.
    """
    if last_on < first_on:
        raise EndsBeforeItStarts(
            f"The last day, {day_in_words(last_on)}, is before the first, {day_in_words(first_on)}:"
            " give that day or a later one.",
            field="last_on",
        )
    count = (last_on - first_on).days + 1
    if count > MOST_DAYS:
        raise TooManyDays(
            f"That is {count:,} days: plan at most {MOST_DAYS} as one operation, and the rest as another.",
            field="last_on",
        )
    days: list[OperationDay] = []
    for offset in range(count):
        on = first_on + timedelta(days=offset)
        until = on if ends > starts else on + timedelta(days=1)
        days.append(OperationDay(on, Interval(_instant(on, starts, "starts"), _instant(until, ends, "ends"))))
    return tuple(days)


def _instant(on: date, clock: time, field: str) -> datetime:
    try:
        return to_instant(datetime.combine(on, clock)).instant
    except NeverHappens as never:
        raise TimeNeverHappens(f"{never}. Give a time before or after the change.", field=field) from None


def away_note(name: str) -> str:
    """The note on the abstraction that an operation records, by which a team's day names it."""
    return f"Operation: {name}"
