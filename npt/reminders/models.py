"""The table of reminders: who was written to on which day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from npt.reminders.rules import REMEMBERED_FOR
from npt.store.base import Base, Key
from npt.store.personal import Kept, Personal
from npt.store.types import UtcInstant


class Reminder(Base):
    """A letter to an account on a day: taken in hand, then sent.

    The row is there before the letter is, so that two runs at once write to nobody twice; it is taken away
    again when the letter could not be handed in.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("account_id", "on_date"),
        Index("ix_reminder_on_date", "on_date"),
        CheckConstraint("days > 0", name="is_about_some_day"),
    )
    personal = Personal(
        "account_id",
        why="a supervisor has one letter a day at most: their own use",
        goes=True,
        kept=Kept.after("taken_at", REMEMBERED_FOR),
    )
    is_journaled = False  # it changes nothing that anybody relies on, and is itself the record

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    on_date: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: when the mail server had taken the letter; None before, and when the run died in between
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    #: how many team-days it named
    days: Mapped[int]
