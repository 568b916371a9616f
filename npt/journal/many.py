"""Writing many rows at once past the unit of work, with the entries of the journal that this calls for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Result, Table
from sqlalchemy.orm import Session

from npt.journal.listener import NOTED, RecordChange, note_record, note_rows_added, owners_before
from npt.journal.listener.kept_values import model_of
from npt.store.many import Stored, insert_stored
from npt.store.personal import mark_of


def add_rows(
    session: Session, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Stored, ...]]
) -> None:
    """Add the rows as `npt.store.many` does; the journal keeps their number and a keyed digest of them all.

    What of them is personal is left out of the digest: no person's salt keys one of many people.

    IntegrityError as from any other statement, and the journal then says nothing.
    """
    if not rows:
        return
    insert_stored(session, table, names, rows)
    mark = mark_of(model_of(table.name))
    if any(name in mark for name in names):
        places = [place for place, name in enumerate(names) if name not in mark]
        rows = [tuple(row[place] for place in places) for row in rows]
    # One spelling for all of them, made in one pass: JSON without blanks, a list for each row.
    text = json.dumps(rows, separators=(",", ":"), ensure_ascii=True)
    note_rows_added(session, table, names, len(rows), hashlib.sha256(text.encode()).hexdigest())


#: More records than this that one statement changes are told by their number and a digest.
_TOLD_ONE_BY_ONE = 500


def change_records(
    session: Session,
    table: Table,
    statement: Executable,
    given: Sequence[Mapping[str, Any]],
    changes: Sequence[RecordChange],
) -> Result[Any]:
    """Run a statement that changes or removes these records; the journal says of each what it was and is."""
    is_told = len(changes) <= _TOLD_ONE_BY_ONE
    owners = owners_before(session, table, changes) if is_told else {}
    result = session.execute(statement, list(given) or None, execution_options={NOTED: is_told})
    for change in changes if is_told else ():
        note_record(session, table, change, owners)
    return result
