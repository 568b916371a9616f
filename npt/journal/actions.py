"""Writing to the journal: chain entries to its end; note that personal data was seen."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from npt.access.rules import Viewer
from npt.journal.models import Entry
from npt.journal.rules import BEGINNING, LONGEST_ACT, Change, ChangeKind, PersonKey, canonical, entry_hash
from npt.store.transaction import writing

#: Which advisory lock of PostgreSQL is the journal's; the number means nothing ("nptj").
_LOCK = 0x6E70746A
_table = cast(Table, Entry.__table__)


def append(session: Session, changes: Sequence[Change], *, account_id: int | None, act: str) -> None:
    """Chain the changes to the end of the journal, inside the transaction that makes them.

    To be called last before the commit: from here on every other writer of the journal waits. On SQLite,
    whose writers wait from their first statement, there is no lock to take.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = connection.execute(
        select(_table.c.sequence, _table.c.hash).order_by(_table.c.sequence.desc()).limit(1)
    ).one_or_none()
    before, previous_hash = (last.sequence, last.hash) if last is not None else (0, BEGINNING)
    # The clock itself, not the day that a demonstration believes in: the journal says when it really was.
    at = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    for sequence, change in enumerate(changes, start=before + 1):
        row: dict[str, Any] = {
            "sequence": sequence,
            "at": at,
            "account_id": account_id,
            "act": act[:LONGEST_ACT],
            "change": change.kind.value,
            "record_type": change.record_type,
            "record_id": change.record_id,
            "record_count": change.record_count,
            "details": change.details,
            "previous_hash": previous_hash,
        }
        previous_hash = row["hash"] = entry_hash(previous_hash, row)
        rows.append(row)
    connection.execute(insert(_table), rows)


def note_taken_out(session: Session, record_type: str, count: int, act: str) -> None:
    """Note that so many records were taken out by a command, in the transaction that the session is in."""
    taken = Change(ChangeKind.VIEWED, record_type, None, count, canonical({}))
    append(session, [taken], account_id=None, act=act)


def note_shown(session: Session, people: Iterable[PersonKey], act: str) -> None:
    """Note that all that is held on these people was taken out by a command, in the session's transaction."""
    shown = [Change(ChangeKind.VIEWED, key.table, key.id, 1, canonical({})) for key in people]
    append(session, shown, account_id=None, act=act)


def note_brought_back(session: Session, act: str) -> None:
    """Note that a command put other records in the place of all there were, in the session's transaction."""
    append(
        session, [Change(ChangeKind.CHANGED, "database", None, 1, canonical({}))], account_id=None, act=act
    )


def note_view(
    session: Session, viewer: Viewer, record_type: str, record_id: int | None, act: str = ""
) -> None:
    """Note that `viewer` was shown personal data, or took a file out, in a write transaction of its own.

    Called when the page has been made: whatever transaction is still open is rolled back first, because a
    write cannot begin inside a read. The one action that commits, since nothing else of the request does.
    """
    session.rollback()
    seen = Change(ChangeKind.VIEWED, record_type, record_id, 1, canonical({}))
    with writing(session):
        append(session, [seen], account_id=viewer.account_id, act=act or f"view {record_type}")
