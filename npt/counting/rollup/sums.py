"""Sums of duty, absence and abstraction, added up by the database from the shifts themselves.

What is asked for whole months is read from the roll-up, which is made of the same. A period never crosses the
end of a month or a day on which a definition changes, so that any definition can be applied to the sums
afterwards.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from npt.counting.rules import Tally
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Confirmation, Reason, Shift
from npt.shifts.rules import ReasonKind

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days of one month during which no definition changes, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class MonthSum:
    """The shifts of one unit and role from `first` to `last`, which lie in one month, both included.

    All in whole minutes, absence and abstraction by the code of the reason; a reason without minutes is left
    out. `confirmed_shifts` are those of days that a supervisor confirmed for the unit.
    """

    unit_id: int
    role: PolicingRole
    first: date
    last: date
    rostered: int
    absent: Mapping[str, int] = field(hash=False)
    abstracted: Mapping[str, int] = field(hash=False)
    shifts: int
    confirmed_shifts: int

    @property
    def month(self) -> Month:
        """The month in which the days lie."""
        return Month.of(self.first)

    @property
    def tally(self) -> Tally:
        """The sums as the rules of rates take them."""
        return Tally(
            rostered=self.rostered,
            absent=sum(self.absent.values()),
            abstracted_by_reason=self.abstracted,
            shifts=self.shifts,
            confirmed_shifts=self.confirmed_shifts,
        )


def periods(first_month: Month, last_month: Month, cuts: Collection[date]) -> list[Period]:
    """The months from the first to the last as periods; a further one begins on each day of `cuts`."""
    beginnings = {month.first for month in month_range(first_month, last_month)}
    beginnings.update(day for day in cuts if first_month.first < day <= last_month.last)
    ordered = sorted(beginnings)
    ends = [day - _DAY for day in ordered[1:]] + [last_month.last]
    return [Period(first, last) for first, last in zip(ordered, ends, strict=True)]


def period_sums(session: Session, path: str, of: Sequence[Period]) -> list[MonthSum]:
    """The sums of each of the periods `of`, which follow one another without a gap. Two statements.

    Of every unit at or under `path`, added up from its shifts: for whole months the roll-up has them ready.
    """
    if not of:
        return []
    duty, away = _by_period(len(of))
    asked = {**path_bounds(path), "first": of[0].first, "last": of[-1].last}
    asked |= {f"begins_{number}": later.first for number, later in enumerate(of[1:])}
    return assembled(
        (
            (unit_id, role, of[at].first, of[at].last, *counts)
            for unit_id, role, *counts, at in session.execute(duty, asked)
        ),
        (
            (unit_id, role, of[at].first, code, kind, minutes)
            for unit_id, role, _reason, minutes, code, kind, at in session.execute(away, asked)
        ),
    )


@cache
def _by_period(count: int) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """The sums of duty and of time away in `count` periods; put together once, and asked with their days."""
    days = bindparam("first", type_=Date), bindparam("last", type_=Date)
    asked_of = and_(bound_within(), Shift.on_date.between(*days))
    period = _period(count).label("period")
    number: ColumnElement[int] = literal_column("period")
    duty = duty_added_up().add_columns(period).join(Unit, Unit.id == Shift.unit_id)
    away = (
        away_added_up()
        .add_columns(Reason.code, in_text(Reason.kind), period)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Reason, Reason.id == Away.reason_id)
    )
    return (
        duty.where(asked_of).group_by(number),
        away.where(asked_of).group_by(number, Reason.code, Reason.kind),
    )


def in_text(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """A column of an enumeration as the text that it is stored as, under its own name."""
    return type_coerce(column, String).label(column.key)


def duty_added_up() -> Select[*tuple[Any, ...]]:
    """Shifts by unit and role: minutes rostered, how many, and how many of them on confirmed days."""
    return (
        select(
            Shift.unit_id,
            in_text(Shift.role),
            func.sum(Shift.minutes).label("rostered"),
            func.count().label("shifts"),
            func.count(Confirmation.id).label("confirmed_shifts"),
        )
        .select_from(Shift)
        .outerjoin(
            Confirmation, and_(Confirmation.unit_id == Shift.unit_id, Confirmation.on_date == Shift.on_date)
        )
        .group_by(Shift.unit_id, Shift.role)
    )


def away_added_up() -> Select[*tuple[Any, ...]]:
    """Minutes away in shifts, by unit, role and reason."""
    return (
        select(Shift.unit_id, in_text(Shift.role), Away.reason_id, func.sum(Away.minutes).label("minutes"))
        .select_from(Shift)
        .join(Away, Away.shift_id == Shift.id)
        .group_by(Shift.unit_id, Shift.role, Away.reason_id)
    )


#: Unit, role (its value), first and last day, minutes rostered, shifts, those of confirmed days.
DutyLine = tuple[int, str, date, date, int, int, int]
#: Unit, role, the first day of the period, a reason's code, its kind (the value), minutes.
AwayLine = tuple[int, str, date, str, str, int]


def assembled(duty: Iterable[DutyLine], away: Iterable[AwayLine]) -> list[MonthSum]:
    """The lines put together, in the order of units, roles and days."""
    absent: dict[tuple[int, str, date], dict[str, int]] = {}
    abstracted: dict[tuple[int, str, date], dict[str, int]] = {}
    for unit_id, role, first, code, kind, minutes in away:
        lost = absent if kind == _ABSENCE else abstracted
        lost.setdefault((unit_id, role, first), {})[code] = minutes
    found: list[tuple[int, int, date, MonthSum]] = []
    for unit_id, role, first, last, rostered, shifts, confirmed in duty:
        key = unit_id, role, first
        sums = MonthSum(
            unit_id,
            _ROLES[role],
            first,
            last,
            rostered,
            dict(sorted(absent.get(key, _NOTHING).items())),
            dict(sorted(abstracted.get(key, _NOTHING).items())),
            shifts,
            confirmed,
        )
        found.append((unit_id, _ORDER[role], first, sums))
    found.sort(key=itemgetter(0, 1, 2))
    return [sums for *_, sums in found]


# Thousands of lines are put together: text is compared much sooner than members of an enumeration.
_ABSENCE = ReasonKind.ABSENCE.value
_ROLES = {role.value: role for role in PolicingRole}
_ORDER = {role.value: place for place, role in enumerate(PolicingRole)}
_NOTHING: dict[str, int] = {}


def _period(count: int) -> ColumnElement[int]:
    """The number of the period, from 0, in which a shift starts.

    A comparison with each later beginning: that keeps to the columns of one index, where taking the month out
    of a date is written differently on every engine.
    """
    if count == 1:
        return literal_column("0")
    return case(
        *((Shift.on_date < bindparam(f"begins_{number}", type_=Date), number) for number in range(count - 1)),
        else_=count - 1,
    )
