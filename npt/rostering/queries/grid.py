"""What the grid shows beside the roster itself: shifts for other teams, and the teams next door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.organisation.queries import standing, within
from npt.organisation.rules import Level, Lineage
from npt.shifts.models import Shift


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A shift that a member has for another unit."""

    member_id: int
    on_date: date
    interval: Interval
    unit_name: str


def shifts_elsewhere(
    session: Session, unit: Unit, member_ids: Collection[int], first: date, last: date
) -> list[Elsewhere]:
    """The shifts of these members for units other than `unit`, in order. One statement."""
    asked = (
        select(Shift.member_id, Shift.on_date, Shift.starts_at, Shift.ends_at, Unit.name)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(
            Shift.member_id.in_(sorted(member_ids)),
            Shift.on_date.between(first, last),
            Shift.unit_id != unit.id,
        )
        .order_by(Shift.member_id, Shift.starts_at)
    )
    return [
        Elsewhere(member_id, on_date, Interval(starts, ends), name)
        for member_id, on_date, starts, ends, name in session.execute(asked)
    ]


def teams_to_help(session: Session, unit: Unit, day: date) -> list[Unit]:
    """The teams beside `unit`, under the same area, that stand on `day`, by name. One statement.

    Neighbours lend each other a hand, if whoever moves the shifts records for both; further away, whoever is
    over both names the team on the day's page.
    """
    above = Lineage.parse(unit.path).ancestors
    asked = (
        select(Unit)
        .where(
            within(above[-1].path if above else unit.path),
            standing(as_at=day),
            Unit.level == Level.TEAM,
            Unit.id != unit.id,
        )
        .order_by(Unit.name, Unit.code)
    )
    return list(session.scalars(asked))
