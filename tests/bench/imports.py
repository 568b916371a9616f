"""What a large import costs, held against the driver writing the same rows bare.

The import reads a CSV file of a million shifts, every other of which is recorded already; it checks,
attributes and compares every row, writes what is new with its journal, adds the sums of its months up again,
and commits. Bare is one `executemany` (SQLite) or one COPY of ready text (PostgreSQL) of the same million
rows, in the order of their keys, into the same table, empty, with the same constraints, indexes and triggers,
and the commit.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

import psycopg
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from npt.commands.files import take_in
from npt.kit.clock import local_midnight
from npt.store.exchange import ImportOrder
from npt.store.transaction import engine_at, writing
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place
from tests.bench.roster import Roster

_SHIFTS = 1_000_000
_PAIRS = 3
_ORDER = ImportOrder(may_update=False, now=local_midnight(TODAY), today=TODAY)
# The columns of a new shift as the import writes them, its key left to the database.
_READ = (
    "SELECT member_id, unit_id, role, on_date, starts_at, ends_at, minutes, is_team_named, version"
    " FROM shift ORDER BY id"
)
_WRITE = (
    "INSERT INTO shift (member_id, unit_id, role, on_date, starts_at, ends_at, minutes, is_team_named,"
    " version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_COPY = (
    b"COPY shift (member_id, unit_id, role, on_date, starts_at, ends_at, minutes, is_team_named, version)"
    b" FROM STDIN"
)


# The command, which then says what the system knows of its memory. What a process reports of itself would
# count the memory of the one that started it.
_COMMAND = """
from pathlib import Path
from npt.commands import npt
npt.main(standalone_mode=False)
print(*[line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")])
"""


class Bare(Protocol):
    """The table of shifts on one engine, filled by its driver alone."""

    def keep(self) -> int:
        """Remember the shifts that stand in the table, to write them again. How many there are."""

    def save(self, name: str) -> None:
        """Remember the whole database as it is under a name."""

    def restore(self, name: str) -> None:
        """Put the database back to what it was, so that nothing of the last run is left to be quicker by."""

    def write(self) -> None:
        """Write the remembered shifts and commit."""


class BareSqlite:
    """A file, and copies of it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file = Path(str(engine.url.database))
        self._rows: list[tuple[object, ...]] = []

    def keep(self) -> int:
        with self._engine.connect() as connection:
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            self._rows = driver.execute(_READ).fetchall()
        return len(self._rows)

    def save(self, name: str) -> None:
        self._engine.dispose()
        shutil.copyfile(self._file, self._file.with_suffix(f".{name}"))

    def restore(self, name: str) -> None:
        self._engine.dispose()
        shutil.copyfile(self._file.with_suffix(f".{name}"), self._file)
        os.sync()

    def write(self) -> None:
        with self._engine.connect() as connection:
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            driver.execute("BEGIN IMMEDIATE")
            driver.executemany(_WRITE, self._rows)
            driver.execute("COMMIT")


class BarePostgresql:
    """A database, and copies of it; a checkpoint leaves nothing of the last run to be written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._text = b""

    def keep(self) -> int:
        with self._engine.connect() as connection:
            driver = cast(psycopg.Connection, connection.connection.driver_connection)
            with driver.cursor().copy(b"COPY (" + _READ.encode() + b") TO STDOUT") as copy:
                self._text = b"".join(copy)
        return self._text.count(b"\n")

    def save(self, name: str) -> None:
        self._copy(str(self._engine.url.database), self._named(name))

    def restore(self, name: str) -> None:
        self._copy(self._named(name), str(self._engine.url.database))

    def write(self) -> None:
        with self._engine.connect() as connection:
            driver = cast(psycopg.Connection, connection.connection.driver_connection)
            with driver.cursor().copy(_COPY) as copy:
                copy.write(self._text)
            driver.commit()

    def _named(self, name: str) -> str:
        return f"{self._engine.url.database}_{name}"

    def _copy(self, source: str, target: str) -> None:
        self._engine.dispose()
        address = self._engine.url.set(drivername="postgresql", database="postgres")
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as server:
            names = {"target": sql.Identifier(target), "source": sql.Identifier(source)}
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**names))
            make = sql.SQL("CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy")
            server.execute(make.format(**names))
            server.execute("CHECKPOINT")


_BARE: dict[str, type[BareSqlite] | type[BarePostgresql]] = {
    "sqlite": BareSqlite,
    "postgresql": BarePostgresql,
}


def _take_in(engine: Engine, kind: str, file: Path) -> None:
    with Session(engine) as session, writing(session):
        problems = take_in(session, kind, file, _ORDER).problems
        if problems:
            raise RuntimeError(f"the roster cannot be taken in: {problems[0]}")


def _files(place: Place, engine: Engine) -> tuple[Path, Path]:
    """The force is taken in; the file of all its shifts, and one of every other shift."""
    files = Roster(_SHIFTS).write(place.folder)
    duty = files.pop("duty")
    for kind, file in files.items():
        _take_in(engine, kind, file)
    half = duty.with_suffix(".half.csv")
    with duty.open(encoding="utf-8") as all_lines, half.open("w", encoding="utf-8") as some_lines:
        some_lines.write(next(all_lines))
        some_lines.writelines(islice(all_lines, 0, None, 2))
    return duty, half


def _timings(place: Place, *, engine_name: str) -> Iterator[Pair]:
    url = place.database(engine_name, "imports")
    place.app(url)  # the journal listens from now on, as it does for the command
    engine = engine_at(url)
    duty, half = _files(place, engine)
    bare: Bare = _BARE[engine_name](engine)
    bare.save("empty")
    _take_in(engine, "duty", half)
    bare.save("half")
    _take_in(engine, "duty", duty)
    stored = bare.keep()
    if stored != _SHIFTS:
        raise RuntimeError(f"{stored:,} shifts were stored of {_SHIFTS:,}: there is nothing to compare")
    yield from interleaved(
        partial(_take_in, engine, "duty", duty),
        bare.write,
        before=partial(bare.restore, "half"),
        before_against=partial(bare.restore, "empty"),
        pairs=_PAIRS,
        clock=WAITING,
    )
    engine.dispose()


def _memory(place: Place) -> Iterator[Pair]:
    """The command itself in a process of its own, on SQLite, and the most memory it ever had."""
    url = place.database("sqlite", "import-memory")
    place.app(url)
    engine = engine_at(url)
    duty, half = _files(place, engine)
    _take_in(engine, "duty", half)
    engine.dispose()
    environment = {
        **os.environ,
        "NPT_DATABASE_URL": url,
        "NPT_SECRET_KEY": "a-key-for-measuring-that-protects-nothing",
    }
    command = [sys.executable, "-c", _COMMAND, "import", "duty", str(duty)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    yield Pair(int(done.stdout.split()[-2]) / 1024, 1)


def _measure(engine_name: str, engine_in_words: str, against: str, reach: int) -> Measure:
    return Measure(
        name=f"import-{engine_name}",
        work=f"Importing {_SHIFTS:,} shifts, half of them there already, {engine_in_words}",
        against=against,
        counted="time",
        reach=Decimal(reach),
        timings=partial(_timings, engine_name=engine_name),
    )


MEASURES = [
    _measure("sqlite", "SQLite", "bare executemany of as many rows", 3),
    _measure("postgresql", "PostgreSQL", "bare COPY of as many rows", 8),
    Measure(
        name="import-memory",
        work="Most memory of the command that does this, SQLite",
        against="one megabyte",
        counted="memory",
        reach=Decimal(200),
        timings=_memory,
    ),
]
