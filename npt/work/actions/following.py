"""What follows when a matter gets another unit: its actions and clocks go with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.matters.actions import follow_hand_over
from npt.matters.models import Matter
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
