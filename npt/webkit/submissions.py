"""Single-use submission keys: a double click, a retry or the back button makes one record, not two."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from npt.store.base import Base, Key
from npt.store.types import UtcInstant

FIELD = "submission_key"


class Submission(Base):
    """A form that has been sent and saved, and where the person was sent afterwards."""

    __tablename__ = "submission"
    __table_args__ = (Index("ix_submission_at", "at"),)
    is_journaled = False

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcInstant())


def new_key() -> str:
    """A key for a form about to be shown."""
    return str(uuid.uuid4())


def claim(session: Session, key: str, account_id: int, now: datetime) -> str | None:
    """Take `key` for this request. None when it was free; else the address its first use led to.

    On PostgreSQL the second of two simultaneous uses waits here for the first; on SQLite it waited at BEGIN.
    """
    used = session.get(Submission, key)
    if used is None:
        try:
            with session.begin_nested():
                session.add(Submission(key=key, account_id=account_id, location="/", at=now))
        except IntegrityError:
            used = session.get_one(Submission, key, populate_existing=True)
    if used is None:
        return None
    return used.location if used.account_id == account_id else "/"


def settle(session: Session, key: str, location: str) -> None:
    """Remember where the first use of `key` led."""
    session.get_one(Submission, key).location = location


def forget_before(session: Session, instant: datetime) -> None:
    """Drop keys of forms sent before `instant`; nobody presses the same button weeks later."""
    session.execute(delete(Submission).where(Submission.at < instant))
