"""The link of a letter, with all that its page shows."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.priorities.models import Closing, Originator, Priority, PriorityLink


def link_keyed(session: Session, key: int) -> PriorityLink | None:
    """The link of a key with its round, its priority and whoever it was sent to; None where there is none."""
    asked = (
        select(PriorityLink)
        .options(
            joinedload(PriorityLink.closing)
            .joinedload(Closing.priority)
            .options(joinedload(Priority.unit), joinedload(Priority.neighbourhood)),
            joinedload(PriorityLink.originator).joinedload(Originator.individual),
        )
        .where(PriorityLink.id == key)
    )
    return session.scalar(asked)
