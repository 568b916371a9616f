"""Writing many rows at once past the unit of work, with the entries of the journal that this calls for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Executable, Result, Table
from sqlalchemy.orm import Session

from npt.journal.listener import NOTED, note_record, note_rows_added
from npt.store.many import Stored, insert_stored


def add_rows(
    session: Session, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Stored, ...]]
) -> None:
    """Add the rows as `npt.store.many` does; the journal keeps their number and a keyed digest of them all.

    IntegrityError as from any other statement, and the journal then says nothing.
    """
    if not rows:
        return
    insert_stored(session, table, names, rows)
    # One spelling for all of them, made in one pass: JSON without blanks, a list for each row.
    text = json.dumps(rows, separators=(",", ":"), ensure_ascii=True)
    note_rows_added(session, table, names, len(rows), hashlib.sha256(text.encode()).hexdigest())


#: More records than this that one statement changes are told by their number and a digest.
_TOLD_ONE_BY_ONE = 500


class RecordChange(NamedTuple):
    """The stored values of a record before a statement and, unless it is removed, after it; by column."""

    record_id: int
    before: Mapping[str, object]
    after: Mapping[str, object]


def change_records(
    session: Session,
    table: Table,
    statement: Executable,
    given: Sequence[Mapping[str, Any]],
    changes: Sequence[RecordChange],
) -> Result[Any]:
    """Run a statement that changes or removes these records; the journal says of each what it was and is."""
    is_told = len(changes) <= _TOLD_ONE_BY_ONE
    result = session.execute(statement, list(given) or None, execution_options={NOTED: is_told})
    for change in changes if is_told else ():
        note_record(session, table, *change)
    return result
