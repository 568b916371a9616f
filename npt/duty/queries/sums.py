"""Sums of duty, absence and abstraction over a unit and everything under it. The database adds them up.

A period never crosses the end of a month or a day on which a definition changes, so that any definition can
be applied to the sums afterwards.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select
from sqlalchemy.orm import Session

from npt.duty.models import Away, Confirmation, DefinitionReason, Reason, Shift
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


def monthly_sums(session: Session, path: str, first_month: Month, last_month: Month) -> list[MonthSum]:
    """The sums of every unit at or under `path`, by role and month, in the order of units, roles and days.

    A month in the middle of which a definition changes comes in parts. Units, roles and months without a
    shift are left out. Three statements, whatever the size.
    """
    changes = session.scalars(
        select(DefinitionReason.starts_on)
        .distinct()
        .where(DefinitionReason.starts_on > first_month.first, DefinitionReason.starts_on <= last_month.last)
    )
    return period_sums(session, path, periods(first_month, last_month, list(changes)))


def periods(first_month: Month, last_month: Month, cuts: Collection[date]) -> list[Period]:
    """The months from the first to the last as periods; a further one begins on each day of `cuts`."""
    beginnings = {month.first for month in month_range(first_month, last_month)}
    beginnings.update(day for day in cuts if first_month.first < day <= last_month.last)
    ordered = sorted(beginnings)
    ends = [day - _DAY for day in ordered[1:]] + [last_month.last]
    return [Period(first, last) for first, last in zip(ordered, ends, strict=True)]


def period_sums(session: Session, path: str, of: Sequence[Period]) -> list[MonthSum]:
    """The sums of each of the periods `of`, which follow one another without a gap. Two statements."""
    if not of:
        return []
    asked_of = and_(within(path), Shift.on_date.between(of[0].first, of[-1].last))
    period = _period(of).label("period")
    place: tuple[Any, ...] = (Shift.unit_id, Shift.role, literal_column("period"))
    duty = (
        select(
            Shift.unit_id,
            Shift.role,
            period,
            func.sum(Shift.minutes),
            func.count(),
            func.count(Confirmation.id),
        )
        .join(Unit, Unit.id == Shift.unit_id)
        .outerjoin(
            Confirmation, and_(Confirmation.unit_id == Shift.unit_id, Confirmation.on_date == Shift.on_date)
        )
        .where(asked_of)
        .group_by(*place)
    )
    away = (
        select(Shift.unit_id, Shift.role, period, Reason.code, Reason.kind, func.sum(Away.minutes))
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Away, Away.shift_id == Shift.id)
        .join(Reason, Reason.id == Away.reason_id)
        .where(asked_of)
        .group_by(*place, Reason.id, Reason.code, Reason.kind)
    )
    lost: dict[tuple[int, PolicingRole, int], dict[ReasonKind, dict[str, int]]] = {}
    for unit_id, role, number, code, kind, minutes in session.execute(away):
        kinds = lost.setdefault((unit_id, role, number), {kind: {} for kind in ReasonKind})
        kinds[kind][code] = int(minutes)
    found: list[MonthSum] = []
    for unit_id, role, number, minutes, shifts, confirmed in session.execute(duty):
        kinds = lost.get((unit_id, role, number), {kind: {} for kind in ReasonKind})
        found.append(
            MonthSum(
                unit_id=unit_id,
                role=role,
                first=of[number].first,
                last=of[number].last,
                rostered=int(minutes),
                absent=dict(sorted(kinds[ReasonKind.ABSENCE].items())),
                abstracted=dict(sorted(kinds[ReasonKind.ABSTRACTION].items())),
                shifts=int(shifts),
                confirmed_shifts=int(confirmed),
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
