"""The embedded database: copied and replaced by SQLite itself, page by page, under its own locks.

A plain copy of the file misses what another connection is writing meanwhile, and is damaged. It is replaced
inside the same file, in one transaction, so that whoever has it open sees the new records or the old.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from npt.backups.manifest import BackupFailed, Contents, NotRestored
from npt.backups.place import State, contents_at, state_at
from npt.kit.files import private
from npt.store.transaction import BUSY_TIMEOUT

_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_IN_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full. Make room on it, and try again",
    sqlite3.SQLITE_BUSY: "others are at work in the database. Stop npt serve, and try again",
}


class Embedded:
    """A database that is a file."""

    engine = "SQLite"
    shelf = "file"

    def __init__(self, file: Path) -> None:
        self._file = file.resolve()
        self.url = f"sqlite:///{self._file}"

    def copy(self, target: Path) -> Contents:
        """See Place. With the rollback journal, writers wait while it is copied."""
        try:
            with _open(self._file) as ours:
                _copy(ours, target)
        except sqlite3.Error as error:
            raise BackupFailed(f"the database could not be copied: {_why(error)}") from error
        return contents_at(f"sqlite:///{target}")

    def state(self) -> State:
        """See Place."""
        try:
            return state_at(self.url)
        except DatabaseError as error:
            if isinstance(error.orig, sqlite3.Error) and _is_damage(error.orig):
                return State.DAMAGED
            raise

    def replace(self, records: Path, stamp: str) -> str:
        """See Place."""
        kept = self._file.with_name(f"{self._file.name}.before-{stamp}")
        is_kept = False
        try:
            try:
                with _open(self._file) as ours:
                    _lock(ours)
                    _copy(ours, kept)
                    is_kept = True
                    _fill(ours, records)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._replace_damaged(records, kept)
        except sqlite3.Error as error:  # SQLite has undone what it began
            kept.unlink(missing_ok=True)
            raise NotRestored(f"the records could not be put in place: {_why(error)}") from error
        except BaseException:  # it may have come when all was done
            if is_kept:
                self.put_back(str(kept))
            raise
        return str(kept)

    def _replace_damaged(self, records: Path, kept: Path) -> None:
        """What SQLite cannot read is moved aside as it is, with what SQLite wrote beside it."""
        kept.unlink(missing_ok=True)
        beside = self._file.with_name(f".{kept.name}.part")
        with open(beside, "xb", opener=private):
            pass
        try:
            with _open(beside) as ours:
                _fill(ours, records)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        for ending in ("-journal", "-wal", "-shm", ""):
            part = Path(f"{self._file}{ending}")
            if part.exists():
                os.replace(part, f"{kept}{ending}")
        os.replace(beside, self._file)

    def put_back(self, kept: str) -> None:
        """See Place."""
        try:
            with _open(self._file) as ours, _open(Path(kept)) as theirs:
                _lock(ours)
                theirs.backup(ours)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            os.replace(kept, self._file)
            return
        self.forget(kept)

    def forget(self, kept: str) -> None:
        """See Place."""
        Path(kept).unlink()


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT / 1000, isolation_level=None)) as connection:
        yield connection


def _lock(connection: sqlite3.Connection) -> None:
    """Keep everybody else out until the connection is closed."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with open(target, "xb", opener=private):
        pass
    with _open(target) as theirs:
        source.backup(theirs)


def _fill(target: sqlite3.Connection, records: Path) -> None:
    with _open(records) as theirs:
        theirs.backup(target)


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _why(error: sqlite3.Error) -> str:
    return _IN_WORDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error))
