"""Those who raised a priority as a kind of person: when their time has come, and what ends first."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection import kinds
from npt.data_protection.kinds import Kind
from npt.kin.actions.erasure import KIND as KEY_INDIVIDUAL
from npt.outbox.actions import let_address_be
from npt.priorities.actions.settling import gone
from npt.priorities.models import Originator, Priority
from npt.priorities.queries import load_again

#: The kind, as commands and the list of erasures name it.
KIND = "originator"


def register() -> None:
    """Let whoever raised a priority be shown what is held on them, and be erased."""
    kinds.register(
        Kind(
            table=KIND,
            reference="reference",
            email="email",
            leave=_leave,
            still_here=_is_waited_for,
            gone_before=ended_before,
        )
    )
    kinds.ends_with(KEY_INDIVIDUAL, _leave_as_individual)


def _is_waited_for(session: Session, originator_id: int, _today: date) -> str | None:
    asked = (
        select(Priority.reference)
        .join(Originator, Originator.priority_id == Priority.id)
        .where(Originator.id == originator_id, Priority.closed_on.is_(None))
    )
    reference = session.scalar(asked)
    return None if reference is None else f"raised the priority {reference}, which is open"


def _leave(session: Session, originator_id: int, now: datetime) -> None:
    found = session.get_one(Originator, originator_id)
    gone(load_again(session, found.priority_id), found, now)
    if found.email is not None:
        let_address_be(session, found.email)
    session.flush()


def _leave_as_individual(session: Session, individual_id: int, now: datetime) -> None:
    """A key individual who is erased can be asked no longer about what they raised."""
    raised = session.scalars(select(Originator).where(Originator.individual_id == individual_id)).all()
    for each in raised:
        gone(load_again(session, each.priority_id), each, now)
    session.flush()


def ended_before(session: Session, day: date) -> Iterable[int]:
    """Who raised what ended before the day, and is not erased yet."""
    asked = (
        select(Originator.id)
        .join(Originator.priority)
        .where(Priority.closed_on < day, Originator.gone_on.is_(None))
    )
    return session.scalars(asked).all()
