"""Which work of some members waited, on a day or in a month."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.store.loading import loaded_with
from npt.work.models import Action
from npt.work.rules import Term


def term_of(action: Action) -> Term:
    """The days of an action."""
    return Term(local_day(action.set_at), action.due_on, action.ended_on)


def waited_on(session: Session, member_ids: Collection[int], day: date) -> dict[int, list[Action]]:
    """By member, the actions that they own and that waited on a day, the first due first. One statement.

    Unit and owner stand as they are now. Members without any are left out.
    """
    if not member_ids:
        return {}
    asked = loaded_with(Action, Action.unit).where(
        Action.owner_member_id.in_(member_ids),
        Action.due_on <= day,
        or_(Action.ended_on.is_(None), Action.ended_on > day),
    )
    found: dict[int, list[Action]] = {}
    for action in session.scalars(asked.order_by(Action.due_on, Action.id)):
        if term_of(action).waits_on(day) and action.owner_member_id is not None:
            found.setdefault(action.owner_member_id, []).append(action)
    return found


def terms_of(session: Session, member_ids: Collection[int], first: date, last: date) -> dict[int, list[Term]]:
    """By member, the days of the actions that may have waited from the first to the last. One statement."""
    if not member_ids:
        return {}
    columns = (Action.owner_member_id, Action.set_at, Action.due_on, Action.ended_on)
    asked = select(*columns).where(
        Action.owner_member_id.in_(member_ids),
        Action.due_on <= last,
        or_(Action.ended_on.is_(None), Action.ended_on > first),
    )
    found: dict[int, list[Term]] = {}
    for member_id, set_at, due_on, ended_on in session.execute(asked):
        if member_id is not None:
            found.setdefault(member_id, []).append(Term(local_day(set_at), due_on, ended_on))
    return found
