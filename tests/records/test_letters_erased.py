"""Letters that are erased while a sender has them in hand: the others are noted all the same."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from npt.outbox.actions import Settled, claim_letters, settle
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LetterState, Outcome
from npt.store.transaction import writing
from tests.letters import NOW, queued


def test_a_letter_that_is_gone_keeps_no_other_from_being_noted(session: Session) -> None:
    gone, stays = queued(session, 2)
    with writing(session):
        taken = claim_letters(session, most=2, now=NOW)
    with writing(session):
        session.execute(delete(Letter).where(Letter.id == gone))
    with writing(session):
        settle(session, [Settled(each, Outcome.SENT) for each in taken], now=NOW)
    assert session.scalars(select(LetterEvent.letter_id)).all() == [stays]
    assert session.scalars(select(Letter.state)).all() == [LetterState.SENT]
