"""Writing many rows at once past SQLAlchemy, with the entry of the journal that this calls for."""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Table
from sqlalchemy.orm import Session

from npt.journal.listener import note_rows_added
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
