"""Engines and the unit of work.

A read takes a plain transaction; a write begins as one (`BEGIN IMMEDIATE` on SQLite), so that it waits for
the other writer at its first statement and is never told halfway that its view of the data is too old.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from npt.store.listening import listen

_WRITES = "npt_writes"
#: How long a writer waits for another, in milliseconds, before the request is refused.
BUSY_TIMEOUT = 30_000
#: How long a database server may take to answer at all, in seconds.
CONNECT_TIMEOUT = 5
#: The first SQLite without the write-ahead-log reset bug that could corrupt a database (fixed in 3.51.3).
_SAFE_WAL = (3, 51, 3)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's events, not the driver, say BEGIN
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    if sqlite3.sqlite_version_info >= _SAFE_WAL:
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        is_write = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def prepare(engine: Engine) -> Engine:
    """Give `engine` the settings this application relies on. Returns it."""
    listen(engine, "connect", _prepare_sqlite)
    listen(engine, "begin", _begin)
    return engine


def engine_options(url: str) -> dict[str, Any]:
    """How the engine for a database address has to be made.

    No statement tells its values where an error is written down, and a server that does not answer is not
    waited for.
    """
    address = make_url(url)
    waits_for_ever = address.get_backend_name() == "postgresql" and "connect_timeout" not in address.query
    return {
        "hide_parameters": True,
        "connect_args": {"connect_timeout": CONNECT_TIMEOUT} if waits_for_ever else {},
    }


def engine_at(url: str) -> Engine:
    """A prepared engine for a database address, outside the web application."""
    return prepare(create_engine(url, **engine_options(url)))


_CHANGED = "npt_changed"


def register() -> None:
    """Notice from now on, in every session, whether something was changed; see `has_uncommitted_changes`."""
    listen(Session, "after_flush", _note_flush)
    listen(Session, "do_orm_execute", _note_statement)
    listen(Session, "after_transaction_end", _note_end)


def _note_flush(session: Session, _context: UOWTransaction) -> None:
    session.info[_CHANGED] = True


def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info[_CHANGED] = True


def _note_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # what a savepoint leaves behind is still to be committed
        session.info.pop(_CHANGED, None)


def has_uncommitted_changes(session: Session) -> bool:
    """Whether anything was changed, sent to the database or not, since the last commit or rollback."""
    return bool(session.new or session.dirty or session.deleted or session.info.get(_CHANGED))


def note_changes(session: Session) -> None:
    """Say that a statement that the session does not see has changed something."""
    session.info[_CHANGED] = True


def overlook_changes(session: Session) -> None:
    """Take what was changed so far for housekeeping that need not be committed."""
    session.info.pop(_CHANGED, None)


def begin_writing(session: Session) -> None:
    """Start the write transaction of `session` now. It must not be inside one already."""
    if session.in_transaction():
        raise RuntimeError("a write transaction has to be the first thing a session does; roll back first")
    session.connection(execution_options={_WRITES: True})


@contextmanager
def writing(session: Session) -> Iterator[Session]:
    """One unit of work: all of it is committed, or, on any error, none of it."""
    begin_writing(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
