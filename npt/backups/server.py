"""The database of a PostgreSQL server: copied by its own pg_dump, replaced by its own pg_restore and psql.

All of it lies in the schema `public`. To replace it, that schema is renamed and a new one filled, in one
transaction; the renamed one is what was there, whole, until somebody drops it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, cast

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from npt.backups.contents import contents_of
from npt.backups.manifest import BackupFailed, Contents, NotRestored
from npt.backups.place import State, session_at, state_at
from npt.kit.files import private
from npt.kit.refusals import Refusal

PROGRAMS = ("pg_dump", "pg_restore", "psql")
#: How long to wait for others to let go of the tables.
_PATIENCE = "30s"
_OF_OURS = ("--schema=public", "--no-owner", "--no-privileges")


class ProgramsMissing(Refusal):
    """The server's own programs are not on this machine."""


class Server:
    """A database on a server."""

    engine = "PostgreSQL"
    shelf = "schema"

    def __init__(self, url: str) -> None:
        self.url = url
        self._address, self._secrets = _told_apart(make_url(url))

    def copy(self, target: Path) -> Contents:
        """See Place. What is verified and what is dumped are one and the same snapshot."""
        with open(target, "xb", opener=private):
            pass
        with session_at(self.url) as session:
            connection = session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            folder = programs_for(connection)
            snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
            contents = contents_of(session)
            self._run(
                folder / "pg_dump",
                *("--format=custom", *_OF_OURS, f"--snapshot={snapshot}", f"--lock-wait-timeout={_PATIENCE}"),
                *(f"--file={target}", f"--dbname={self._address}"),
            )
        self._run(folder / "pg_restore", f"--file={os.devnull}", str(target))  # reads all of it
        return contents

    def state(self) -> State:
        """See Place."""
        return state_at(self.url)

    def replace(self, records: Path, stamp: str) -> str:
        """See Place."""
        kept = f"before_{stamp.lower()}"
        with session_at(self.url) as session:
            folder = programs_for(session.connection())
            tables = inspect(session.connection()).get_table_names()
        command: list[str | Path] = [
            folder / "psql",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--dbname={self._address}",
        ]
        pipe, nothing, environment = subprocess.PIPE, subprocess.DEVNULL, self._environment
        with TemporaryFile() as said:
            with subprocess.Popen(  # noqa: S603  a program of the server's own
                command, stdin=pipe, stdout=nothing, stderr=said, env=environment
            ) as psql:
                try:
                    self._feed(psql, folder, records, _set_aside(tables, kept))
                except BaseException:
                    psql.kill()  # without COMMIT the server undoes all of it
                    psql.wait()
                    if self._has(kept):  # it came after COMMIT
                        self.put_back(kept)
                    raise
            if psql.returncode:
                raise NotRestored(f"the server refused the records: {_last_line(said)}")
        return kept

    def _feed(self, psql: subprocess.Popen[bytes], folder: Path, records: Path, first: str) -> None:
        to_psql = cast(IO[bytes], psql.stdin)
        try:
            to_psql.write(first.encode())
            to_psql.flush()
            with TemporaryFile() as said:
                restoring: list[str | Path] = [folder / "pg_restore", *_OF_OURS, "--file=-", str(records)]
                done = subprocess.run(  # noqa: S603  a program of the server's own
                    restoring, stdout=to_psql, stderr=said, check=False
                )
                if done.returncode > 0:
                    raise NotRestored(f"the records could not be read: {_last_line(said)}")
            to_psql.write(b"COMMIT;\n")
            to_psql.close()
        except BrokenPipeError:
            pass  # psql has ended, and says why

    def put_back(self, kept: str) -> None:
        """See Place."""
        self._execute("DROP SCHEMA public CASCADE", f'ALTER SCHEMA "{kept}" RENAME TO public')

    def forget(self, kept: str) -> None:
        """See Place."""
        self._execute(f'DROP SCHEMA "{kept}" CASCADE')

    def _has(self, schema: str) -> bool:
        with session_at(self.url) as session:
            return schema in inspect(session.connection()).get_schema_names()

    def _execute(self, *statements: str) -> None:
        with session_at(self.url) as session:
            session.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
            for statement in statements:
                session.execute(text(statement))
            session.commit()

    def _run(self, *command: str | Path) -> None:
        with TemporaryFile() as said:
            done = subprocess.run(  # noqa: S603  a program of the server's own
                command, stdout=subprocess.DEVNULL, stderr=said, env=self._environment, check=False
            )
            if done.returncode:
                raise BackupFailed(f"{Path(command[0]).name} refused: {_last_line(said)}")

    @property
    def _environment(self) -> Mapping[str, str]:
        # A password stands in no command line, where every user of the machine can read it.
        return os.environ | self._secrets


def _told_apart(url: URL) -> tuple[str, dict[str, str]]:
    """How libpq's programs are told where the database is: in the open, and in secret."""
    arguments = url.translate_connect_args(database="dbname", username="user") | dict(url.query)
    password = arguments.pop("password", None)
    return make_conninfo(**arguments), {} if password is None else {"PGPASSWORD": str(password)}


def programs_for(connection: Connection) -> Path:
    """The folder of the programs that fit the server. ProgramsMissing."""
    major = int(str(connection.scalar(text("SHOW server_version_num")))) // 10_000
    for folder in _folders(connection, major):
        found = [shutil.which(program, path=str(folder)) for program in PROGRAMS]
        if all(found) and _major_of(str(found[0])) >= major:
            return folder
    raise ProgramsMissing(
        f"{', '.join(PROGRAMS)} of PostgreSQL {major} or newer are not on this machine: install them (Debian:"
        f" apt-get install postgresql-client-{major}), or put their folder into PATH"
    )


def _folders(connection: Connection, major: int) -> Iterable[Path]:
    try:
        with connection.begin_nested():
            told = connection.scalar(text("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
        yield Path(str(told))
    except DBAPIError:
        pass  # only those who may read all of the server's settings are told
    yield Path(f"/usr/lib/postgresql/{major}/bin")
    yield from (Path(each) for each in os.get_exec_path())


def _major_of(program: str) -> int:
    said = subprocess.run(  # noqa: S603  a program of the server's own
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"(\d+)(\.\d+)?", said)
    return int(found[1]) if found else 0


def _set_aside(tables: Iterable[str], kept: str) -> str:
    """The beginning of the transaction: nobody is at work in the tables, and they stand aside."""
    named = ", ".join(f'public."{name}"' for name in tables)
    return (
        f"BEGIN; SET LOCAL lock_timeout = '{_PATIENCE}';\n"
        + (f"LOCK TABLE {named} IN ACCESS EXCLUSIVE MODE;\n" if named else "")
        + f'ALTER SCHEMA public RENAME TO "{kept}"; CREATE SCHEMA public;\n'
    )


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return next(
        (line for line in lines if "error" in line.lower()), lines[-1] if lines else "it did not say why"
    )
