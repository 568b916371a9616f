"""What the grid shows beside the roster itself: shifts for other teams, and acts that can be taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from npt.accounts.models import Account
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.organisation.queries import standing, within
from npt.organisation.rules import Level, Lineage
from npt.rostering.models import RosterAct, RosterChange
from npt.shifts.models import Shift

#: Acts that a roster offers to take back: the latest of them.
ACTS_OFFERED = 10


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A shift that a member has for another unit."""

    member_id: int
    on_date: date
    interval: Interval
    unit_name: str


@dataclass(frozen=True, slots=True)
class RosterActLine:
    """Something that was done to the roster and can be taken back."""

    id: int
    summary: str
    done_at: datetime
    by_name: str


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


def acts_to_undo(session: Session, unit: Unit, first: date, last: date) -> list[RosterActLine]:
    """The latest acts on these days whose shifts stand as they left them, the latest first. One statement."""
    change, shift = aliased(RosterChange), aliased(Shift)
    overtaken = (
        exists()
        .where(
            change.act_id == RosterAct.id,
            change.after_version.is_not(None),
            ~exists().where(
                shift.id == change.shift_id,
                shift.version == change.after_version,
                shift.member_id == change.member_id,
                shift.starts_at == change.after_starts_at,
            ),
        )
        .correlate(RosterAct)
    )
    asked = (
        select(RosterAct.id, RosterAct.summary, RosterAct.done_at, Account.name)
        .join(Account, Account.id == RosterAct.account_id)
        .where(
            RosterAct.unit_id == unit.id,
            RosterAct.undone_at.is_(None),
            RosterAct.holding(first, last),
            ~overtaken,
        )
        .order_by(RosterAct.id.desc())
        .limit(ACTS_OFFERED)
    )
    return [RosterActLine(*row) for row in session.execute(asked)]


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
