"""Work that gets another unit: with its matter, or by itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.matters.actions import follow_hand_over
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.work.models import Action, Clock


def follow_matters() -> None:
    """Let the actions of a matter, its clocks, and theirs, follow when it is handed over."""
    follow_hand_over(_go_with)


def _go_with(session: Session, matter: Matter, _stamp: Stamp) -> None:
    actions = session.scalars(select(Action).where(Action.matter_id == matter.id).order_by(Action.id)).all()
    keys = [action.id for action in actions]
    clocks = select(Clock).where((Clock.matter_id == matter.id) | Clock.action_id.in_(keys))
    for each in (*actions, *session.scalars(clocks.order_by(Clock.id))):
        each.unit_id = matter.unit_id
    session.flush()


def hand_over_work(session: Session, record: Action | Clock, *, unit: Unit) -> None:
    """Give an action with its clocks, or a clock, to another unit. What is of a matter goes with that."""
    record.unit_id = unit.id
    if isinstance(record, Action):
        for clock in session.scalars(select(Clock).where(Clock.action_id == record.id).order_by(Clock.id)):
            clock.unit_id = unit.id
    session.flush()
