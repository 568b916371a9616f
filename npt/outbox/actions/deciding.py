"""What only a person decides: an uncertain letter sent again or left, an address that works again."""

from datetime import datetime

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.queries import returned_address
from npt.outbox.rules import SENT_AGAIN_FROM, LetterState, Outcome, Standing, standing_of


class NothingToSendAgain(Refusal):
    """The letter is on its way, has arrived, or is out of date."""


class NotUncertain(Refusal):
    """The fate of the letter is known by now."""


def send_again(session: Session, letter: Letter, *, stamp: Stamp) -> None:
    """Have a letter sent again, with the Message-ID that it had. NothingToSendAgain."""
    standing = _standing(letter, stamp.now)
    if standing not in SENT_AGAIN_FROM:
        raise NothingToSendAgain(f"This email is {standing.wording}: it cannot be sent again.")
    if letter.worth_until <= stamp.now:
        raise NothingToSendAgain("This email is out of date: write a new one where it came from.")
    letter.state, letter.claim, letter.claimed_until = LetterState.WAITING, None, None
    letter.settled_at, letter.not_before = None, stamp.now
    letter.first_tried_at = stamp.now
    _note(session, letter, Outcome.SENT_AGAIN, stamp)


def count_as_sent(session: Session, letter: Letter, *, stamp: Stamp) -> None:
    """Take an uncertain letter for sent: somebody has found out, or risks no second one.

    NotUncertain.
    """
    if _standing(letter, stamp.now) is not Standing.UNCERTAIN:
        raise NotUncertain("The fate of this email is known by now: look at it again.")
    letter.state, letter.claim, letter.claimed_until = LetterState.SENT, None, None
    letter.settled_at = stamp.now
    _note(session, letter, Outcome.COUNTED_AS_SENT, stamp)


def let_address_be(session: Session, address: str) -> None:
    """Forget that letters came back from an address: it works again, and is written to."""
    found = returned_address(session, address)
    if found is not None:
        session.delete(found)
        session.flush()


def _standing(letter: Letter, now: datetime) -> Standing:
    return standing_of(letter.state, letter.claimed_until, now)


def _note(session: Session, letter: Letter, outcome: Outcome, stamp: Stamp) -> None:
    session.add(LetterEvent(letter_id=letter.id, at=stamp.now, outcome=outcome, by_id=stamp.by))
    session.flush()
