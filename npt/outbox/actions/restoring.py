"""Letters that a backup brought back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LetterState, Outcome

_WHY = "brought back by a restore: it may have gone since the backup"
#: Whose hands it is in as anybody sees it: nobody sends under this name.
_NOBODY = "restored"


def doubt_what_waits(session: Session, *, now: datetime) -> int:
    """Let every letter that waits, or is in hand, be uncertain: a person decides. How many there are."""
    asked = select(Letter).where(Letter.state.in_([LetterState.WAITING, LetterState.SENDING]))
    found = session.scalars(asked.order_by(Letter.id)).all()
    for letter in found:
        letter.state, letter.claim, letter.claimed_until = LetterState.SENDING, _NOBODY, now
        letter.tries, letter.tried_at = max(letter.tries, 1), letter.tried_at or now
        letter.first_tried_at = letter.first_tried_at or now
        session.add(LetterEvent(letter_id=letter.id, at=now, outcome=Outcome.UNKNOWN, answer=_WHY))
    session.flush()
    return len(found)
