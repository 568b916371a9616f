"""Letters of a team in the furnished world, in every state: the first is uncertain, so that its page asks."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.outbox.links import STOP_LETTERS
from npt.outbox.models import Letter, LetterEvent, ReturnedAddress
from npt.outbox.rules import LetterState, NotSent, Outcome, Topic
from tests.letters import KEYS, letter_row


def write(session: Session, team: Unit, to: Account, *, now: datetime, count: int) -> Letter:
    """As many letters of each state as `count`, and a dead address. The first uncertain one."""
    made = [_letter(team, to, state, now, number) for number in range(count) for state in LetterState]
    session.add_all(made)
    session.flush()
    for letter in made:
        session.add_all(
            LetterEvent(letter_id=letter.id, at=now, outcome=outcome, answer="450 4.2.0 try later", by_id=by)
            for outcome, by in ((Outcome.PUT_OFF, None), (Outcome.SENT_AGAIN, to.id))
        )
    session.add(
        ReturnedAddress(address=to.email, letters=2, last_at=now, stopped_at=now, answer="550 5.1.1 unknown")
    )
    session.flush()
    return next(letter for letter in made if letter.state is LetterState.SENDING)


def signed(letter: Letter, today: date) -> str:
    """What the link ends with that stops letters like this one."""
    return STOP_LETTERS.sign(KEYS, letter.id, today)


def _letter(team: Unit, to: Account, state: LetterState, now: datetime, number: int) -> Letter:
    is_claimed, is_open = state is LetterState.SENDING, state in {LetterState.SENDING, LetterState.WAITING}
    return letter_row(
        account_id=to.id,
        to_address=to.email,
        to_name=to.name,
        subject=f"{number + 1} days of {team.name} to confirm",
        text=f"Dear {to.name},\n\nDays of {team.name} wait.",
        topic=Topic.DAILY if number % 2 == 0 else Topic.NEWSLETTER,
        path=team.path,
        queued_at=now - timedelta(hours=2),
        state=state,
        not_sent_because=NotSent.OUT_OF_DATE if state is LetterState.NOT_SENT else None,
        claim="c" * 32 if is_claimed else None,
        claimed_until=now - timedelta(hours=1) if is_claimed else None,
        settled_at=None if is_open else now,
        answer="" if is_open else "550 5.1.1 unknown",
    )
