"""Questions about the journal: is it whole, how far does it reach, what happened to a record."""

from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from npt.journal.models import Entry
from npt.journal.rules import BEGINNING, Head, Verdict, entry_hash

#: Entries read at a time while the chain is checked.
_BATCH = 1000


def head(session: Session) -> Head | None:
    """The last entry of the journal; None when it is empty."""
    row = session.execute(
        select(Entry.sequence, Entry.hash).order_by(Entry.sequence.desc()).limit(1)
    ).one_or_none()
    return None if row is None else Head(row.sequence, row.hash)


def history(session: Session, record_type: str, record_id: int) -> list[Entry]:
    """What happened to one record, in order. Statements that changed many at once are not among it."""
    return list(
        session.scalars(
            select(Entry)
            .where(Entry.record_type == record_type, Entry.record_id == record_id)
            .order_by(Entry.sequence)
        )
    )


def verify(session: Session, known: Head | None = None) -> Verdict:
    """Recompute the chain from the first entry, in constant memory, and say where it first breaks.

    With `known`, the end of the journal as an earlier check saw it, entries cut off the end are found too.
    """
    count, last, why = 0, BEGINNING, None
    with closing(_rows(session)) as rows:
        for row in rows:
            why = _fault(row, count + 1, last)
            if (
                why is None
                and known is not None
                and known.sequence == count + 1
                and known.hash != row["hash"]
            ):
                why = "it is not the entry that an earlier check saw here"
            if why is not None:
                break
            count, last = count + 1, row["hash"]
    if why is None and known is not None and known.sequence > count:
        why = f"an earlier check saw {known.sequence:,} entries, and the end of them is missing"
    return Verdict(count, Head(count, last) if count else None, count + 1 if why is not None else None, why)


def _rows(session: Session) -> Generator[dict[str, Any], None, None]:
    """Every entry in order; the instant as text, since an altered one may not be readable."""
    columns = [
        cast(column, Text).label(column.key) if column.key == "at" else column
        for column in Entry.__table__.columns
    ]
    found = session.execute(select(*columns).order_by(Entry.sequence).execution_options(yield_per=_BATCH))
    try:
        for row in found.mappings():
            yield dict(row)
    finally:  # the reader may stop at the first fault; PostgreSQL's cursor must not stay open
        found.close()


def _fault(row: dict[str, Any], sequence: int, last: str) -> str | None:
    """Why the entry cannot stand at this place; None when it can."""
    if row["sequence"] != sequence:
        return f"it is missing; the next that is there is {row['sequence']}"
    if row["previous_hash"] != last:
        return "it does not follow the entry before it"
    try:
        at = datetime.fromisoformat(row["at"])
    except (TypeError, ValueError):
        return "its instant cannot be read"
    row["at"] = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    if entry_hash(last, row) != row["hash"]:
        return "its content was altered"
    return None
