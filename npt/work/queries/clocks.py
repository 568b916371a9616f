"""Questions about clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, contains_eager, selectinload

from npt.kit.paging import Page, Part
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.store.paging import paged
from npt.store.types import minute_number
from npt.work.models import Action, Clock, ClockPause
from npt.work.queries.owners import is_without_owner, owner_name, with_owner
from npt.work.rules import LONG_PAUSE, Running, whole_minute


class ClockShow(Enum):
    """Which clocks a list shows."""

    RUNNING = "running"
    BREACHES = "breaches"
    PAUSED_LONG = "paused-long"
    ENDED = "ended"

    @property
    def wording(self) -> str:
        """As a choice reads."""
        return _SHOW_WORDING[self]


_SHOW_WORDING = {
    ClockShow.RUNNING: "Running, breaches first",
    ClockShow.BREACHES: "In breach",
    ClockShow.PAUSED_LONG: "Paused more than once, or for more than 14 days",
    ClockShow.ENDED: "Ended",
}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock in a list: unit, matter, action and pauses loaded."""

    clock: Clock
    running: Running
    owner_name: str
    is_without_owner: bool


def _lines_asked(today: date) -> Select[*tuple[Any, ...]]:
    asked = select(Clock, owner_name(), is_without_owner(Clock, today))
    asked = asked.join(Clock.unit).outerjoin(Clock.matter).outerjoin(Clock.action)
    return with_owner(asked, Clock).options(
        contains_eager(Clock.unit),
        contains_eager(Clock.matter),
        contains_eager(Clock.action),
        selectinload(Clock.pauses),
    )


def _lines(rows: Sequence[Any]) -> list[ClockLine]:
    return [
        ClockLine(clock, clock.running, name, bool(is_lost) and clock.ended_at is None)
        for clock, name, is_lost in rows
    ]


def _shown(show: ClockShow, now: datetime) -> ColumnElement[bool]:
    """The condition that a clock is among those that are shown."""
    if show is ClockShow.ENDED:
        return Clock.ended_at.is_not(None)
    is_running = Clock.ended_at.is_(None)
    if show is ClockShow.RUNNING:
        return is_running
    if show is ClockShow.BREACHES:
        return and_(is_running, Clock.due_at < whole_minute(now))
    pauses = select(ClockPause.clock_id).group_by(ClockPause.clock_id)
    starts, ends = (type_coerce(each, Integer) for each in (ClockPause.starts_at, ClockPause.ends_at))
    minutes = func.sum(func.coalesce(ends, minute_number(whole_minute(now))) - starts)
    most = LONG_PAUSE.days * 24 * 60
    return and_(is_running, Clock.id.in_(pauses.having(or_(func.count() > 1, minutes > most))))


def clocks_of_unit(
    session: Session, path: str, show: ClockShow, *, now: datetime, today: date, page: Page
) -> Part[ClockLine]:
    """One page of the clocks of the unit at `path` and under it: breaches first, those that stand still last;
    of those that have ended, the latest first. Three statements.
    """
    asked = _lines_asked(today).where(within(path), _shown(show, now))
    order = Clock.ended_at.desc() if show is ClockShow.ENDED else Clock.due_at.asc().nulls_last()
    part = paged(session, asked.order_by(order, Clock.id), page)
    return part.of(_lines(part.rows))


def clock_in(session: Session, path: str, clock_id: int, *, today: date) -> ClockLine | None:
    """The clock of this key, if it is of the unit at `path` or of one under it; None otherwise."""
    asked = _lines_asked(today).where(Clock.id == clock_id, within(path))
    rows = session.execute(asked.execution_options(populate_existing=True)).all()
    return next(iter(_lines(rows)), None)


def clocks_of_matter(session: Session, matter: Matter, *, today: date) -> list[ClockLine]:
    """The clocks of a matter, the first due first. Two statements."""
    asked = _lines_asked(today).where(Clock.matter_id == matter.id)
    return _lines(session.execute(asked.order_by(Clock.due_at.asc().nulls_last(), Clock.id)).all())


def clocks_of_action(session: Session, action: Action, *, today: date) -> list[ClockLine]:
    """The clocks of an action, the first due first. Two statements."""
    asked = _lines_asked(today).where(Clock.action_id == action.id)
    return _lines(session.execute(asked.order_by(Clock.due_at.asc().nulls_last(), Clock.id)).all())


def breaches_at(session: Session, path: str, *, now: datetime) -> int:
    """How many clocks of the unit at `path` and under it are in breach. One statement."""
    asked = select(func.count()).select_from(Clock).join(Clock.unit)
    return session.scalar(asked.where(within(path), _shown(ClockShow.BREACHES, now))) or 0
