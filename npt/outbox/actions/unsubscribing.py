"""Letters stopped by whoever gets them, and wanted again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.actions import want_reminders
from npt.accounts.models import Account
from npt.outbox.models import Letter, Unsubscription


def stop_letters(session: Session, letter: Letter, *, now: datetime) -> None:
    """Write no more about the letter's topic to whom it went. Twice is the same as once.

    Letters about a person's own work stop at their account, which its own page shows and changes.
    """
    account = _account(session, letter)
    if letter.topic.is_own_work and account is not None:
        want_reminders(account, False)
    elif _unsubscription(session, letter) is None:
        session.add(Unsubscription(address=letter.to_address, topic=letter.topic, at=now))
    session.flush()


def want_letters(session: Session, letter: Letter) -> None:
    """Write about the letter's topic again. Twice is the same as once."""
    account = _account(session, letter)
    if letter.topic.is_own_work and account is not None:
        want_reminders(account, True)
    elif (found := _unsubscription(session, letter)) is not None:
        session.delete(found)
    session.flush()


def _account(session: Session, letter: Letter) -> Account | None:
    return None if letter.account_id is None else session.get(Account, letter.account_id)


def _unsubscription(session: Session, letter: Letter) -> Unsubscription | None:
    return session.scalars(
        select(Unsubscription).where(
            Unsubscription.address == letter.to_address, Unsubscription.topic == letter.topic
        )
    ).one_or_none()
