"""Spans of days with both ends included: how long a unit, a posting or an establishment holds.

The one law of dated records, without a database: what covers a day, what is in the way of what, and what is
left of a record that another takes over from. `npt.store.dated` lays it on tables.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Protocol, TypeVar

from npt.kit.clock import day_in_words
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal

_DAY = timedelta(days=1)


class EndsBeforeItStarts(Refusal):
    """The last day of something would come before its first."""


class Beyond(Enum):
    """In which way days stick out of others."""

    #: the first day comes before the first of the others
    EARLIER = auto()
    #: even the first day comes after the last of the others
    LATER = auto()
    #: they go on after the last of the others
    LONGER = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included; `last` None means until further notice.

    ValueError when `last` is before `first`.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(
                f"The last day, {self.last.isoformat()}, is before the first day, {self.first.isoformat()}:"
                " give a last day on or after the first, or none."
            )

    @property
    def days(self) -> int | None:
        """How many days the span holds; None when it has no last day."""
        return None if self.last is None else (self.last - self.first).days + 1

    @property
    def after(self) -> date | None:
        """The day after the last; None when it has no last day, or the calendar none after it."""
        return None if self.last is None or self.last == date.max else self.last + _DAY

    @property
    def in_words(self) -> str:
        """In a sentence: "from 4 May 2026 to 31 May 2026", "from 4 May 2026 until further notice"."""
        ends = last_day_in_words(self.last)
        return f"from {day_in_words(self.first)} {ends if self.last is None else f'to {ends}'}"

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the span."""
        return self.first <= day and lasts(self.last, day)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one day."""
        return self.intersection(other) is not None

    def intersection(self, other: "Span") -> "Span | None":
        """The days that both spans hold; None when they share no day."""
        first, last = max(self.first, other.first), earlier_last(self.last, other.last)
        return None if last is not None and last < first else Span(first, last)

    def joined(self, other: "Span") -> "Span | None":
        """Both as one; None when a day that neither holds lies between them."""
        one, later = sorted((self, other), key=lambda span: span.first)
        if one.last is None:
            return one
        if one.after is not None and one.after < later.first:
            return None
        return Span(one.first, None if later.last is None else max(one.last, later.last))

    def before(self, day: date) -> "Span | None":
        """What of the span comes before `day`; None when nothing does."""
        return None if day <= self.first else Span(self.first, earlier_last(self.last, day - _DAY))

    def beyond(self, other: "Span") -> Beyond | None:
        """In which way the span sticks out of `other`; None when it lies within."""
        if self.first < other.first:
            return Beyond.EARLIER
        if not lasts(other.last, self.first):
            return Beyond.LATER
        return None if earlier_last(self.last, other.last) == self.last else Beyond.LONGER


def lasts(last: date | None, day: date) -> bool:
    """Whether what has this last day, or none, has not ended before `day`."""
    return last is None or day <= last


def earlier_last(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days; None when there is none."""
    return min((last for last in (one, other) if last is not None), default=None)


def last_day_in_words(last: date | None) -> str:
    """A last day, or that there is none: "31 May 2026", "until further notice"."""
    return "until further notice" if last is None else day_in_words(last)


def checked_span(
    first: date, last: date | None, *, first_field: str = "starts_on", last_field: str = "ends_on"
) -> Span:
    """The days from `first` to `last` as they were given. DayOutOfRange, EndsBeforeItStarts."""
    check_day(first, first_field)
    check_day(last, last_field)
    if last is not None and last < first:
        raise EndsBeforeItStarts(
            f"The last day, {day_in_words(last)}, is before the first, {day_in_words(first)}:"
            " give that day or a later one, or leave it blank.",
            field=last_field,
        )
    return Span(first, last)


class HasSpan(Protocol):
    """A record that holds on some days."""

    @property
    def span(self) -> Span:
        """The days."""


Held = TypeVar("Held", bound=HasSpan)
Record = TypeVar("Record")


def taken_over(records: Iterable[Held], first: date) -> list[tuple[Held, Span]]:
    """Those that a new record takes over from on `first`, each with what is left of it.

    They began earlier and would still hold then; left are the days before, so that neither a gap nor an
    overlap comes to be.
    """
    still_there = ((each, each.span.before(first)) for each in records if each.span.covers(first))
    return [(each, left) for each, left in still_there if left is not None]


def check_free(records: Iterable[Held], span: Span, refusal: Callable[[Held], Refusal]) -> None:
    """Refuse days on which one of `records` holds already, in the words that `refusal` has for it."""
    for each in records:
        if each.span.overlaps(span):
            raise refusal(each)


def begun(records: Sequence[Record], day: date, since: Callable[[Record], date]) -> Record | None:
    """The one that holds on `day` of records that hold each until the next begins; None before the first.

    They are in the order of the days `since` which they hold.
    """
    place = bisect_right(records, day, key=since)
    return records[place - 1] if place else None
