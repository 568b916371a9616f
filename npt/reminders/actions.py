"""Keeping who is written to: take in hand before the letter goes, then note it as sent, or give it back."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.refusals import Refusal
from npt.reminders.models import Reminder
from npt.reminders.rules import REMEMBERED_FOR, Digest
from npt.store.constraints import name_violation, refusing


class WrittenToAlready(Refusal):
    """The account has its letter of the day, or another run has it in hand."""


class NotWanted(Refusal):
    """The account was closed or wants no letters any more."""


name_violation(
    "uq_reminder_account_id_on_date",
    lambda: WrittenToAlready("already has today's email, or another run is sending it"),
)


def take_in_hand(session: Session, digest: Digest, *, on: date, now: datetime) -> Reminder:
    """Claim the letter of the day for this run; to be committed before the letter goes.

    WrittenToAlready, NotWanted. A run that dies after this has written, or has not, and nobody can tell: the
    account is not written to again that day.
    """
    account = session.get(Account, digest.account_id)
    if account is None or account.closed_at is not None or not account.wants_reminders:
        raise NotWanted("no longer wants emails")
    reminder = Reminder(account_id=digest.account_id, on_date=on, taken_at=now, days=len(digest.days))
    with refusing(session):
        session.add(reminder)
    return reminder


def note_sent(session: Session, reminder_id: int, *, now: datetime) -> None:
    """The mail server has taken the letter."""
    session.get_one(Reminder, reminder_id).sent_at = now


def give_back(session: Session, reminder_id: int) -> None:
    """The letter could not be handed in: the next run may try again."""
    session.delete(session.get_one(Reminder, reminder_id))


def forget_old(session: Session, today: date) -> None:
    """Drop what was kept of days long gone."""
    session.execute(delete(Reminder).where(Reminder.on_date < today - REMEMBERED_FOR))
