"""Single-use submission keys: a double click or a retry makes one record, not two.

With a key goes a digest of what was sent. The same form sent again after somebody went back and changed it is
no double click: it is told, and nothing typed is lost.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    Result,
    String,
    Table,
    bindparam,
    delete,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from npt.kit.digests import keyed_digest
from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant

FIELD = "submission_key"
#: As long as what was sent too late is kept, so that it still makes one record.
REMEMBERED_FOR = timedelta(days=7)


class Submission(Base):
    """A form that has been sent and saved, and where the person was sent afterwards."""

    __tablename__ = "submission"
    __table_args__ = (Index("ix_submission_at", "at"),)
    personal = Personal(
        "account_id",
        why="a form that is sent twice makes one record: working of the pages",
        holds={"location": Fate.FREE_TEXT},
        nobody={"key", "sent_digest"},
        goes=True,
        kept=Kept.after("at", REMEMBERED_FOR),
    )
    is_journaled = False

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    #: keyed, so that nobody can try out what was typed; empty of those from before it was kept
    sent_digest: Mapped[str] = mapped_column(String(64), server_default="")
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcInstant())


def new_key() -> str:
    """A key for a form about to be shown."""
    return str(uuid.uuid4())


class Earlier(NamedTuple):
    """The first sending of a form."""

    #: where it led; "/" where that is not for whoever sends it now
    location: str
    #: whether the same person sent the same
    is_same: bool


def digest_of(fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, bytes]], secret: str) -> str:
    """What was sent, so that it is known again: its fields in their order, and its files."""
    sent = [*fields, *((name, sha256(content).hexdigest()) for name, content in files)]
    return keyed_digest(secret, "form sent", json.dumps(sent))


def claim(session: Session, key: str, account_id: int, now: datetime, sent_digest: str) -> Earlier | None:
    """Take `key` for this request. None when it was free; else its first use.

    On PostgreSQL the second of two simultaneous uses waits here for the first; on SQLite it waited at BEGIN.
    """
    insert = _INSERTS[session.get_bind().dialect.name]
    row = {"key": key, "account_id": account_id, "sent_digest": sent_digest, "location": "/", "at": now}
    if _count(session.execute(insert, row, execution_options=_COUNTED)):
        return None
    used = session.get_one(Submission, key, populate_existing=True)
    if used.account_id != account_id:
        return Earlier("/", is_same=False)
    return Earlier(used.location, is_same=used.sent_digest == sent_digest)


#: Of an INSERT SQLAlchemy keeps no count unless it is asked to: with psycopg it is -1, whatever was written.
_COUNTED = {"preserve_rowcount": True}
_TABLE: Table = Base.metadata.tables["submission"]
_INSERTS = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}


def settle(session: Session, key: str, location: str) -> None:
    """Remember where the first use of `key`, which this request has taken, led."""
    settled = session.execute(_SETTLE, {"used": key, "led_to": location})
    if not _count(settled):
        raise LookupError("the key of this form was not taken, or given back by a rollback")


_SETTLE = update(_TABLE).where(Submission.key == bindparam("used")).values(location=bindparam("led_to"))


def _count(executed: Result[Any]) -> int:
    """How many rows a statement wrote."""
    return executed.rowcount if isinstance(executed, CursorResult) else 0


def forget_before(session: Session, instant: datetime) -> None:
    """Drop keys of forms sent before `instant`; nobody presses the same button weeks later."""
    session.execute(delete(Submission).where(Submission.at < instant))
