"""Dated records on tables: the law of `npt.kit.spans` as columns, a CHECK, and conditions of statements.

No two records of one thing share a day: that is for the action to see to, which holds the thing meanwhile.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, CheckConstraint, ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from npt.kit.spans import Span, taken_over

#: a day, that of a column, or one that is still to be named
Day = date | ColumnElement[date] | InstrumentedAttribute[date] | BindParameter[date]
_Column = ColumnElement[Any] | InstrumentedAttribute[Any]


def holding(starts: _Column, ends: _Column, first: Day, last: Day | None = None) -> ColumnElement[bool]:
    """The condition that the days between two columns hold `first`, or some day from `first` to `last`."""
    return and_(starts <= (first if last is None else last), lasting(ends, first))


def lasting(ends: _Column, day: Day) -> ColumnElement[bool]:
    """The condition that what has this last day, or none, has not ended before `day`."""
    return or_(ends.is_(None), ends >= day)


def outside(starts: _Column, ends: _Column, span: Span) -> ColumnElement[bool]:
    """The condition that some of the days between two columns are not days of the span."""
    longer = [] if span.last is None else [ends.is_(None), ends > span.last]
    return or_(starts < span.first, *longer)


class Dated:
    """A record that holds on the days from `starts_on` to `ends_on`, both included."""

    starts_on: Mapped[date]
    #: the last day; None until further notice
    ends_on: Mapped[date | None] = mapped_column(
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts")
    )

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.starts_on, self.ends_on)

    @classmethod
    def holding(cls, first: Day, last: Day | None = None) -> ColumnElement[bool]:
        """The condition that it holds on the day `first`, or on some day from `first` to `last`."""
        return holding(cls.starts_on, cls.ends_on, first, last)


class FixedTerm:
    """A record of the days from `first_on` to `last_on`, both included; it always has a last day."""

    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(CheckConstraint("last_on >= first_on", name="ends_after_it_starts"))

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.first_on, self.last_on)

    @classmethod
    def holding(cls, first: Day, last: Day | None = None) -> ColumnElement[bool]:
        """The condition that it holds on the day `first`, or on some day from `first` to `last`."""
        return and_(cls.first_on <= (first if last is None else last), cls.last_on >= first)


Record = TypeVar("Record", bound=Dated)


def take_over(records: Iterable[Record], first: date) -> list[tuple[Record, Span]]:
    """Let every record that began before `first` and still holds then end the day before.

    They come back with the days that they had.
    """
    ended = []
    for record, left in taken_over(records, first):
        ended.append((record, record.span))
        record.ends_on = left.last
    return ended
