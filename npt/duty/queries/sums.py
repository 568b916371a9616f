"""Sums of duty, absence and abstraction, added up by the database from the shifts themselves.

What is asked for whole months is read from the roll-up, which is made of the same. A period never crosses the
end of a month or a day on which a definition changes, so that any definition can be applied to the sums
afterwards.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, select
from sqlalchemy.orm import Session

from npt.duty.models import Away, Confirmation, Reason, Shift
from npt.duty.rules import ReasonKind, Tally
from npt.kit.months import Month, month_range
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.rules import PolicingRole

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
    asked_of = and_(within(path), Shift.on_date.between(of[0].first, of[-1].last))
    period = _period(of).label("period")
    number: ColumnElement[int] = literal_column("period")
    duty = duty_added_up().add_columns(period).join(Unit, Unit.id == Shift.unit_id)
    away = away_added_up().add_columns(Reason.code, Reason.kind, period).join(Unit, Unit.id == Shift.unit_id)
    away = away.join(Reason, Reason.id == Away.reason_id)
    return assembled(
        (
            DutyLine(unit_id, role, of[at].first, of[at].last, int(rostered), int(shifts), int(confirmed))
            for unit_id, role, rostered, shifts, confirmed, at in session.execute(
                duty.where(asked_of).group_by(number)
            )
        ),
        (
            AwayLine(unit_id, role, of[at].first, code, kind, int(minutes))
            for unit_id, role, _reason, minutes, code, kind, at in session.execute(
                away.where(asked_of).group_by(number, Reason.code, Reason.kind)
            )
        ),
    )


def duty_added_up() -> Select[*tuple[Any, ...]]:
    """Shifts by unit and role: minutes rostered, how many, and how many of them on confirmed days."""
    return (
        select(
            Shift.unit_id,
            Shift.role,
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
        select(Shift.unit_id, Shift.role, Away.reason_id, func.sum(Away.minutes).label("minutes"))
        .select_from(Shift)
        .join(Away, Away.shift_id == Shift.id)
        .group_by(Shift.unit_id, Shift.role, Away.reason_id)
    )


class DutyLine(NamedTuple):
    """Shifts of a unit and role in a period, added up."""

    unit_id: int
    role: PolicingRole
    first: date
    last: date
    rostered: int
    shifts: int
    confirmed_shifts: int


class AwayLine(NamedTuple):
    """Minutes away for one reason in the shifts of the unit and role in the period that begins on `first`."""

    unit_id: int
    role: PolicingRole
    first: date
    code: str
    kind: ReasonKind
    minutes: int


def assembled(duty: Iterable[DutyLine], away: Iterable[AwayLine]) -> list[MonthSum]:
    """The lines put together, in the order of units, roles and days."""
    lost: dict[tuple[int, PolicingRole, date], dict[ReasonKind, dict[str, int]]] = {}
    for line in away:
        kinds = lost.setdefault((line.unit_id, line.role, line.first), {kind: {} for kind in ReasonKind})
        kinds[line.kind][line.code] = line.minutes
    nothing: dict[ReasonKind, dict[str, int]] = {kind: {} for kind in ReasonKind}
    found: list[MonthSum] = []
    for each in duty:
        kinds = lost.get((each.unit_id, each.role, each.first), nothing)
        found.append(
            MonthSum(
                unit_id=each.unit_id,
                role=each.role,
                first=each.first,
                last=each.last,
                rostered=each.rostered,
                absent=dict(sorted(kinds[ReasonKind.ABSENCE].items())),
                abstracted=dict(sorted(kinds[ReasonKind.ABSTRACTION].items())),
                shifts=each.shifts,
                confirmed_shifts=each.confirmed_shifts,
            )
        )
    order = {role: place for place, role in enumerate(PolicingRole)}
    return sorted(found, key=lambda sums: (sums.unit_id, order[sums.role], sums.first))


def _period(of: Sequence[Period]) -> ColumnElement[int]:
    """The number of the period, from 0, in which a shift starts.

    A comparison with each later beginning: that keeps to the columns of one index, where taking the month out
    of a date is written differently on every engine.
    """
    if len(of) == 1:
        return literal_column("0")
    return case(
        *((Shift.on_date < later.first, number) for number, later in enumerate(of[1:])), else_=len(of) - 1
    )
