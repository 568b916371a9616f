"""What is no longer needed of letters: erased, so that nobody's post is kept for ever."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import FINAL, LETTER_KEPT_FOR, TEXT_KEPT_FOR, LetterState


class Erased(NamedTuple):
    """How many letters lost their text, and how many went altogether."""

    texts: int
    letters: int


def erase_old(session: Session, *, now: datetime) -> Erased:
    """Erase the text of letters whose fate has been known for 30 days, and letters queued 92 days ago.

    Letters that are still waiting stay, until they are sent or out of date. What a person said of letters
    that they do not want stays, so that they get none.
    """
    texts = session.execute(
        update(Letter)
        .where(Letter.settled_at < now - TEXT_KEPT_FOR, Letter.text.is_not(None))
        .values(subject=None, text=None)
    )
    old = select(Letter.id).where(
        Letter.queued_at < now - LETTER_KEPT_FOR,
        Letter.state.in_([*FINAL, LetterState.SENDING]),
    )
    session.execute(delete(LetterEvent).where(LetterEvent.letter_id.in_(old)))
    letters = session.execute(delete(Letter).where(Letter.id.in_(old)))
    return Erased(_rows(texts), _rows(letters))


def _rows(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
