"""Letters that came back, and the addresses that they came back from."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.outbox.models import Letter, LetterEvent, ReturnedAddress
from npt.outbox.queries import returned_address
from npt.outbox.rules import LONGEST_ANSWER, STOPS_AFTER, LetterState, Outcome, counts_against_address


def note_return(
    session: Session, *, message_key: str, status: str, answer: str, now: datetime
) -> Letter | None:
    """Note that the letter of this key came back: the letter, or None where it is none of ours or was noted
    before.

    `status` is the enhanced status code (RFC 3463) or "". A letter that was refused, or held back, cannot
    come back.
    """
    letter = session.scalars(
        select(Letter).where(Letter.message_key == message_key).with_for_update()
    ).one_or_none()
    if letter is None or letter.state not in {LetterState.SENT, LetterState.SENDING}:
        return None
    letter.state, letter.claim, letter.claimed_until = LetterState.BOUNCED, None, None
    letter.settled_at, letter.answer = now, answer[:LONGEST_ANSWER]
    session.add(
        LetterEvent(letter_id=letter.id, at=now, outcome=Outcome.BOUNCED, answer=answer[:LONGEST_ANSWER])
    )
    if counts_against_address(status):
        count_against(session, letter.to_address, answer, now)
    session.flush()
    return letter


def count_against(session: Session, address: str, answer: str, now: datetime) -> None:
    """Note a permanent failure at an address; after some it gets no more letters."""
    found = returned_address(session, address)
    if found is None:
        found = ReturnedAddress(address=address, letters=0)
        session.add(found)
    found.letters += 1
    found.last_at, found.answer = now, answer[:LONGEST_ANSWER]
    if found.letters >= STOPS_AFTER and found.stopped_at is None:
        found.stopped_at = now
    session.flush()
