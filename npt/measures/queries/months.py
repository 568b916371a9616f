"""The months asked for, as a table that a statement joins, so that it is one however many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, Integer, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.store.types import UtcInstant, WholeMinute

_DAY = timedelta(days=1)


def _same(day: date) -> date:
    return day


@dataclass(frozen=True, slots=True)
class Months:
    """The columns of the table, a row for each month.

    What has ended before the earliest day can be left out at once, so that history costs nothing.
    """

    table: CTE
    #: the first day of the first month, and the day that the last is of
    earliest: date
    latest: date
    #: whether the database is told of these days beside the months: without, PostgreSQL reads all of history,
    #: and with them, SQLite goes through all months for each record
    is_bounded: bool

    @property
    def number(self) -> ColumnElement[int]:
        """The month's place among those asked for, from 0."""
        return self.table.c.number

    @property
    def first(self) -> ColumnElement[date]:
        """The first day of the month."""
        return self.table.c.first

    @property
    def day(self) -> ColumnElement[date]:
        """The day that a figure as at a day is of: the last of the month, or today while it lasts."""
        return self.table.c.day

    @property
    def since(self) -> ColumnElement[date]:
        """The day from which something has to have happened to count on `day`."""
        return self.table.c.since

    @property
    def since_at(self) -> ColumnElement[object]:
        """The instant at which that day begins."""
        return self.table.c.since_at

    @property
    def end_at(self) -> ColumnElement[object]:
        """The instant at which `day` ends."""
        return self.table.c.end_at

    @property
    def first_minute(self) -> ColumnElement[object]:
        """The whole minute at which the month begins."""
        return self.table.c.first_minute

    @property
    def end_minute(self) -> ColumnElement[object]:
        """The whole minute at which `day` ends."""
        return self.table.c.end_minute

    def holds(self, day: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """The condition of the join that a day is of a month, for what happened on a day."""
        is_of_month = day.between(self.first, self.day)
        return day.between(self.earliest, self.latest) & is_of_month if self.is_bounded else is_of_month


def months_table(
    session: Session, asked: Asked, months: list[Month], since: Callable[[date], date] = _same
) -> Months:
    """The table of these months, of which there is at least one; `since` gives its column for a day."""
    rows = []
    for number, month in enumerate(months):
        day = asked.day_of(month)
        end, start = local_midnight(day + _DAY), local_midnight(since(day))
        rows.append(
            select(
                literal(number, Integer).label("number"),
                literal(month.first, Date).label("first"),
                literal(day, Date).label("day"),
                literal(since(day), Date).label("since"),
                literal(start, UtcInstant).label("since_at"),
                literal(end, UtcInstant).label("end_at"),
                literal(local_midnight(month.first), WholeMinute).label("first_minute"),
                literal(end, WholeMinute).label("end_minute"),
            )
        )
    ends = months[0].first, asked.day_of(months[-1])
    is_bounded = session.get_bind().dialect.name == "postgresql"
    return Months(union_all(*rows).cte("asked_months"), *ends, is_bounded)
