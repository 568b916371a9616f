"""Sums of single days, of several units at once, each with everything under it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from npt.counting.rollup.sums import MonthSum, assembled, away_added_up, duty_added_up, in_text
from npt.organisation.models import Unit
from npt.organisation.queries import at_or_under, within
from npt.shifts.models import Reason, Shift


def daily_sums(
    session: Session,
    path: str,
    unit_ids: Collection[int],
    first: date,
    last: date,
    *,
    member_id: int | None = None,
) -> list[MonthSum]:
    """The sums of each day from `first` to `last`, of each of the units with everything under it.

    Of one member alone, if given.

    All of the units lie at or under `path`. Days without a shift are left out. Two statements, which add up
    the shifts of those days: for whole months the roll-up has the sums ready.
    """
    if not unit_ids:
        return []
    asked = and_(within(path), Shift.on_date.between(first, last))
    if member_id is not None:
        asked = and_(asked, Shift.member_id == member_id)
    duty = _by_day(duty_added_up()).where(asked).subquery("duty_of_day")
    away = _by_day(away_added_up()).where(asked).subquery("away_of_day")
    above = aliased(Unit)
    keys = (above.id, duty.c.role, duty.c.on_date)
    of_duty = (
        select(*keys, func.sum(duty.c.rostered), func.sum(duty.c.shifts), func.sum(duty.c.confirmed_shifts))
        .join(Unit, Unit.id == duty.c.unit_id)
        .join(above, at_or_under(Unit, above))
        .where(above.id.in_(sorted(unit_ids)))
        .group_by(*keys)
    )
    away_keys = (above.id, away.c.role, away.c.on_date, Reason.code, in_text(Reason.kind))
    of_away = (
        select(*away_keys, func.sum(away.c.minutes))
        .select_from(away)
        .join(Reason, Reason.id == away.c.reason_id)
        .join(Unit, Unit.id == away.c.unit_id)
        .join(above, at_or_under(Unit, above))
        .where(above.id.in_(sorted(unit_ids)))
        .group_by(*away_keys)
    )
    # PostgreSQL's sum of sums is a decimal.
    return assembled(
        (
            (unit_id, role, on, on, int(rostered), int(shifts), int(confirmed))
            for unit_id, role, on, rostered, shifts, confirmed in session.execute(of_duty)
        ),
        (
            (unit_id, role, on, code, kind, int(minutes))
            for unit_id, role, on, code, kind, minutes in session.execute(of_away)
        ),
    )


def _by_day(sums: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return sums.add_columns(Shift.on_date).join(Unit, Unit.id == Shift.unit_id).group_by(Shift.on_date)
