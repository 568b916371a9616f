"""Whoever owns a problem looks again after it was closed, until it is opened again."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.problems.models import Problem
from npt.work.actions import move_action, set_action
from npt.work.models import Action
from npt.work.rules import OPEN_STATES, ActionFacts, ActionState, MatterStage

#: So many days after closing its owner looks again. Design.
LOOK_AGAIN_AFTER = (30, 90)
_WHAT = {
    days: f"Look again, {days} days after it was closed: is it still solved?" for days in LOOK_AGAIN_AFTER
}
#: As much of a reason as an action keeps.
_LONGEST = 500


def look_again_later(session: Session, problem: Problem, stamp: Stamp) -> None:
    """Set the owner of a problem that closes today the actions to look again; those of an earlier closing are
    dropped. OwnerGone, UnitClosed where nobody can.
    """
    drop_looking_again(session, problem, "It was closed again: the days count anew.", stamp)
    today = local_day(stamp.now)
    for days, what in _WHAT.items():
        set_action(
            session,
            stamp=stamp,
            today=today,
            unit=problem.matter.unit,
            matter=problem.matter,
            facts=ActionFacts(
                what, problem.owner, today + timedelta(days=days), stage=MatterStage.ASSESSMENT
            ),
        )


def drop_looking_again(session: Session, problem: Problem, reason: str, stamp: Stamp) -> None:
    """Drop the actions to look again that are still to be done: the problem is not closed any more."""
    asked = select(Action).where(
        Action.matter_id == problem.matter_id, Action.what.in_(_WHAT.values()), Action.state.in_(OPEN_STATES)
    )
    for action in session.scalars(asked.order_by(Action.id)).all():
        move_action(
            session,
            action,
            stamp=stamp,
            today=local_day(stamp.now),
            state=ActionState.DROPPED,
            expected_version=None,
            reason=reason[:_LONGEST],
        )
