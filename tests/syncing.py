"""SQLite that does not wait for the disk: what keeps records safe when the power fails, no test needs.

PostgreSQL's server of the tests does not wait either (`_FASTER` in tests/engines.py). What another process
acknowledged is still there when it is killed: the system holds it.
"""

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool


def let_the_disk_be() -> None:
    """Tell each connection of this process to SQLite, before it is handed out, not to wait for the disk."""
    if not event.contains(Pool, "checkout", _let_be):
        event.listen(Pool, "checkout", _let_be)


def _let_be(connection: Any, _record: Any, _proxy: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF").close()
