"""Links for those who raised a priority: each is for one round, works once, and until a day."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.priorities.actions.asking import take_answer
from npt.priorities.models import Closing, Originator, PriorityAttempt, PriorityLink
from npt.priorities.queries import load_again, originator_of
from npt.priorities.rules import NotPossibleNow, Way
from npt.store.constraints import refusing

#: Ours.
LASTS = timedelta(days=30)


class LinkDead(Refusal):
    """A link was used that was used before, has run out, or asks about what is settled."""


def link_for(
    session: Session, closing: Closing, originator: Originator, *, stamp: Stamp, today: date
) -> PriorityLink:
    """A link for somebody to answer a round that waits; that they are written to is an attempt to reach them.

    NotPossibleNow.
    """
    if closing.answered is not None or originator.gone_on is not None:
        raise NotPossibleNow("Nobody is waited for now: ask first whether it is solved.")
    if originator.reached_by_email is None:
        raise NotPossibleNow("There is no email address of theirs: record one first, or ask in another way.")
    link = PriorityLink(
        closing=closing,
        originator=originator,
        sent_at=stamp.now,
        sent_to=originator.reached_by_email,
        works_until=today + LASTS,
    )
    session.add(link)
    closing.attempts.append(
        PriorityAttempt(originator_id=originator.id, way=Way.EMAIL, at=stamp.now, by_id=stamp.by)
    )
    with refusing(session):
        session.flush()
    return link


def is_alive(link: PriorityLink, today: date) -> bool:
    """Whether a link, with its round, still takes an answer."""
    return (
        link.used_at is None
        and today <= link.works_until
        and link.closing.answered is None
        and link.originator.gone_on is None
        and link.originator.reached_by_email == link.sent_to
    )


def answer_by_link(
    session: Session, link: PriorityLink, *, is_solved: bool, reason: str | None, now: datetime, today: date
) -> None:
    """Take the answer that somebody gives by their link, which is used up by it. LinkDead, ReasonMissing."""
    priority = load_again(session, link.closing.priority_id)
    session.execute(select(PriorityLink.id).where(PriorityLink.id == link.id).with_for_update())
    session.refresh(link, ["used_at"])
    closing, asked = priority.round, originator_of(priority, link.originator_id)
    if closing is None or asked is None or closing.id != link.closing_id or not is_alive(link, today):
        raise LinkDead("This link has been used, or the question is settled: nothing was done.")
    take_answer(
        priority,
        closing,
        asked,
        is_solved=is_solved,
        reason=reason,
        way=Way.EMAIL,
        stamp=Stamp(None, now),
    )
    link.used_at = now
    with refusing(session):
        session.flush()
