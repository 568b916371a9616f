"""What of an earlier duty day could be recorded again on a day, for the same members."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.duty.rules import NothingToRepeat, repeated
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.models import Shift
from npt.shifts.queries.days import DayGrid, GridRow, roster
from npt.shifts.queries.shifts import GridAway, GridShift
from npt.shifts.rules import AwayTime, ReasonKind, check_away

#: How far back the last duty day is looked for.
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """An abstraction of the earlier day, and what would become of it in today's shift of its member."""

    #: of the earlier day
    away: GridAway
    row: GridRow
    shift: GridShift
    #: as it would be recorded; None when it cannot be
    interval: Interval | None
    is_cut: bool = False
    #: why it cannot be recorded
    problem: str = ""


def last_duty_day(session: Session, unit: Unit, before: date) -> date | None:
    """The last day before `before`, up to a fortnight back, on which the unit had shifts."""
    return session.scalar(
        select(func.max(Shift.on_date)).where(
            Shift.unit_id == unit.id, Shift.on_date.between(before - LOOK_BACK, before - timedelta(days=1))
        )
    )


def repeatable(session: Session, unit: Unit, grid: DayGrid, then_day: date) -> tuple[Repeatable, ...]:
    """The abstractions of `then_day` whose members have a shift on the day of the grid, by its rows."""
    then = {row.member_id: row for row in roster(session, unit, then_day, then_day).rows}
    found: list[Repeatable] = []
    for row in grid.rows:
        earlier = then.get(row.member_id)
        aways = [
            away
            for shift in (earlier.shifts if earlier else ())
            for away in shift.away
            if away.kind is ReasonKind.ABSTRACTION
        ]
        if row.shifts:
            found += [_fitted(row, away, then_day, grid.day) for away in aways]
    return tuple(found)


def _fitted(row: GridRow, away: GridAway, then_day: date, day: date) -> Repeatable:
    """The abstraction in the first shift of the row that has room for it; else why none has."""
    refusal: Refusal | None = None
    for shift in row.shifts:
        try:
            again = repeated(then_day, away.interval, day, shift.interval)
            check_away(
                shift.interval,
                [each.away_time for each in shift.away],
                AwayTime(again.interval, away.reason_code, away.kind),
            )
        except NothingToRepeat as nothing:
            refusal = refusal or nothing
        except Refusal as refused:
            refusal = refused
        else:
            return Repeatable(away, row, shift, again.interval, again.is_cut)
    return Repeatable(away, row, row.shifts[0], None, problem=refusal.message if refusal else "")
