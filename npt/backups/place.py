"""Where records are kept: what a backup is made of, and what it is brought back into."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Protocol

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from npt.backups.contents import contents_of, is_ours
from npt.backups.manifest import Contents
from npt.store.transaction import engine_at


class State(Enum):
    """What is in a place."""

    EMPTY = "empty"
    #: records of this product, of whatever version
    RECORDS = "records"
    #: tables of somebody else
    FOREIGN = "foreign"
    #: nothing that can be read
    DAMAGED = "damaged"


class Place(Protocol):
    """A database that a backup is made of, or brought back into."""

    #: as a manifest names it
    engine: str
    url: str
    #: what keeps what was there: a file, or a schema
    shelf: str

    def copy(self, target: Path) -> Contents:
        """Write what is there at one moment into a new file, while others write. What it holds, verified.

        BackupFailed, Unsound."""

    def state(self) -> State:
        """What is there."""

    def replace(self, records: Path, stamp: str) -> str:
        """Put the records in the place of what is there, all or nothing. Where that is kept.

        NotRestored, with everything as it was."""

    def put_back(self, kept: str) -> None:
        """Put back what is kept."""

    def forget(self, kept: str) -> None:
        """Let go of what is kept, where that is nothing."""


@contextmanager
def session_at(url: str) -> Iterator[Session]:
    """A session on a database of any version."""
    engine = engine_at(url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def contents_at(url: str) -> Contents:
    """What a database holds. Unsound when it is damaged."""
    with session_at(url) as session:
        return contents_of(session)


def state_at(url: str) -> State:
    """What is in a database that can be read. One that was only migrated is empty: nobody acted in it."""
    with session_at(url) as session:
        tables = set(inspect(session.connection()).get_table_names())
        if not tables:
            return State.EMPTY
        if not is_ours(tables):
            return State.FOREIGN
        has_entries = session.execute(text("SELECT 1 FROM journal_entry LIMIT 1")).first() is not None
        return State.RECORDS if has_entries else State.EMPTY
