"""What a large import costs, held against the driver writing the same rows bare.

The import reads a CSV file, checks, attributes and compares every row, writes it with its journal, and
commits. Bare is one `executemany` (SQLite) or one COPY of ready text (PostgreSQL) of the rows that the import
stored, in the order in which it stored them, into the same table with the same constraints, indexes and
triggers, and the commit. The import also adds the sums of its months up again; bare only notes them as due.
Before every run the table is empty.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import psycopg
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from npt.commands.files import take_in
from npt.kit.clock import local_midnight
from npt.store.exchange import ImportOrder
from npt.store.transaction import engine_at, writing
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place
from tests.bench.roster import Roster

_SHIFTS = 100_000
_PAIRS = 5
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


class Bare(Protocol):
    """The table of shifts on one engine, filled by its driver alone."""

    def keep(self) -> int:
        """Remember the shifts that stand in the table, to write them again. How many there are."""

    def empty(self) -> None:
        """Take all shifts away again, so that nothing of the last run is left to be quicker or slower by."""

    def write(self) -> None:
        """Write the remembered shifts and commit."""


class BareSqlite:
    """A file; a copy of it from before the first shift is put in its place."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file = Path(str(engine.url.database))
        self._kept = self._file.with_suffix(".kept")
        self._rows: list[tuple[object, ...]] = []
        shutil.copyfile(self._file, self._kept)

    def keep(self) -> int:
        with self._engine.connect() as connection:
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            self._rows = driver.execute(_READ).fetchall()
        return len(self._rows)

    def empty(self) -> None:
        self._engine.dispose()
        shutil.copyfile(self._kept, self._file)

    def write(self) -> None:
        with self._engine.connect() as connection:
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            driver.execute("BEGIN IMMEDIATE")
            driver.executemany(_WRITE, self._rows)
            driver.execute("COMMIT")


class BarePostgresql:
    """Shifts and their sums are truncated; a checkpoint then leaves nothing of the last run to be written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._text = b""

    def keep(self) -> int:
        with self._engine.connect() as connection:
            driver = cast(psycopg.Connection, connection.connection.driver_connection)
            with driver.cursor().copy(b"COPY (" + _READ.encode() + b") TO STDOUT") as copy:
                self._text = b"".join(copy)
        return self._text.count(b"\n")

    def empty(self) -> None:
        with self._engine.connect() as connection:
            driver = cast(psycopg.Connection, connection.connection.driver_connection)
            driver.execute("TRUNCATE shift, duty_sum, away_sum, sum_due CASCADE")
            driver.commit()
            driver.autocommit = True
            driver.execute("CHECKPOINT")
            driver.autocommit = False
        self._engine.dispose()

    def write(self) -> None:
        with self._engine.connect() as connection:
            driver = cast(psycopg.Connection, connection.connection.driver_connection)
            with driver.cursor().copy(_COPY) as copy:
                copy.write(self._text)
            driver.commit()


_BARE: dict[str, type[BareSqlite] | type[BarePostgresql]] = {
    "sqlite": BareSqlite,
    "postgresql": BarePostgresql,
}


def _take_in(engine: Engine, kind: str, file: Path) -> None:
    with Session(engine) as session, writing(session):
        problems = take_in(session, kind, file, _ORDER).problems
        if problems:
            raise RuntimeError(f"the roster cannot be taken in: {problems[0]}")


def _timings(place: Place, *, engine_name: str) -> Iterator[Pair]:
    url = place.database(engine_name, "imports")
    place.app(url)  # the journal listens from now on, as it does for the command
    files = Roster(_SHIFTS).write(place.folder)
    duty = files.pop("duty")
    engine = engine_at(url)
    for kind, file in files.items():
        _take_in(engine, kind, file)
    bare: Bare = _BARE[engine_name](engine)

    _take_in(engine, "duty", duty)
    stored = bare.keep()
    if stored != _SHIFTS:
        raise RuntimeError(f"{stored:,} shifts were stored of {_SHIFTS:,}: there is nothing to compare")
    bare.empty()
    bare.write()
    yield from interleaved(
        partial(_take_in, engine, "duty", duty), bare.write, before=bare.empty, pairs=_PAIRS, clock=WAITING
    )
    engine.dispose()


def _measure(engine_name: str, engine_in_words: str, against: str, reach: int) -> Measure:
    return Measure(
        name=f"import-{engine_name}",
        work=f"Importing {_SHIFTS:,} shifts, {engine_in_words}",
        against=against,
        counted="time",
        reach=Decimal(reach),
        timings=partial(_timings, engine_name=engine_name),
    )


MEASURES = [
    _measure("sqlite", "SQLite", "bare executemany of the same rows", 3),
    _measure("postgresql", "PostgreSQL", "bare COPY of the same rows", 8),
]
