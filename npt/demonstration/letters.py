"""Emails of the last fortnight, with what became of them: ours, like all letters of the demonstration."""

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.demonstration.calendar import at
from npt.organisation.models import Unit
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LetterState, NotSent, Outcome, Topic, daily_identity, worth_until

#: Who is written to each working day, and of how many days to confirm.
_TO = ((Role.SERGEANT, 1), (Role.INSPECTOR, 2), (Role.MANAGER, 9))
_BUSY = "the mail server refused the recipient: 451 4.3.2 come again later"
_FULL = "550 5.2.2 the mailbox is full"
#: What became of a letter so many days ago; the others were sent at once.
_OTHERWISE = {
    (Role.SERGEANT, 3): (LetterState.SENT, (Outcome.PUT_OFF, Outcome.SENT), _BUSY),
    (Role.INSPECTOR, 5): (LetterState.BOUNCED, (Outcome.SENT, Outcome.BOUNCED), _FULL),
    (Role.MANAGER, 6): (LetterState.GIVEN_UP, (Outcome.PUT_OFF, Outcome.GIVEN_UP), _BUSY),
    (Role.MANAGER, 8): (LetterState.NOT_SENT, (Outcome.NOT_SENT,), NotSent.OUT_OF_DATE.wording),
}


def write_letters(session: Session, unit: Unit, today: date) -> None:
    """The daily letters of the last fortnight to supervisors of `unit` and of what is under it."""
    for days_ago in range(14, 0, -1):
        day = today - timedelta(days=days_ago)
        if day.weekday() < 5:
            session.add_all(_letter(session, unit, role, days, day, days_ago) for role, days in _TO)
    session.flush()


def _letter(session: Session, unit: Unit, role: Role, days: int, day: date, days_ago: int) -> Letter:
    account, sent_at = existing_account(session, f"{role.value}@demo.example"), at(day, 7)
    identity = daily_identity(account.id, day)
    usual = (LetterState.SENT, (Outcome.SENT,), "")
    state, outcomes, answer = _OTHERWISE.get((role, days_ago), usual)
    words = f"{days} day{'' if days == 1 else 's'} of {unit.name} to confirm"
    is_tried = state is not LetterState.NOT_SENT
    return Letter(
        identity=identity,
        message_key=hashlib.sha256(identity.encode()).hexdigest()[:32],
        account_id=account.id,
        to_address=account.email,
        to_name=account.name,
        subject=words,
        text=f"Dear {account.name},\n\n{words}. Open the day, record anyone missing, and confirm it.",
        topic=Topic.DAILY,
        path=unit.path,
        queued_at=sent_at,
        not_before=sent_at,
        worth_until=worth_until(Topic.DAILY, sent_at),
        state=state,
        not_sent_because=None if is_tried else NotSent.OUT_OF_DATE,
        tries=len(outcomes) if is_tried else 0,
        first_tried_at=sent_at if is_tried else None,
        tried_at=sent_at if is_tried else None,
        settled_at=sent_at + timedelta(minutes=len(outcomes)),
        answer="" if state is LetterState.SENT else answer,
        events=[_event(outcome, sent_at, number, answer) for number, outcome in enumerate(outcomes, 1)],
    )


def _event(outcome: Outcome, sent_at: datetime, number: int, answer: str) -> LetterEvent:
    said = "" if outcome is Outcome.SENT else answer
    return LetterEvent(at=sent_at + timedelta(minutes=number), outcome=outcome, answer=said)
