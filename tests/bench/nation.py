"""England and Wales as far as numbers go: 43 forces with their people, and as many months of duty as wanted.

It is made for counting, not for believing. Members work six days of ten, 219 shifts a year; of each hundred
shifts twelve lose four hours to an abstraction; nineteen days of twenty are confirmed. The database itself
makes the shifts from a table of days, which is much quicker than sending them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.orm import Session

from npt.counting.rollup.settle import recompute_all
from npt.counting.rollup.triggers import SUMS_DUE_TRIGGERS, SUMS_DUE_TRIGGERS_AWAY
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.shifts.invariants import DUTY_INVARIANTS, DUTY_INVARIANTS_DROPS, SHIFTS_APART
from npt.store.transaction import writing
from tests import make

_OPENED_ON = date(2008, 4, 1)
_EPOCH = date(1970, 1, 1)
#: the roles of a team's members, as far as there are any
_TEAM = (
    PolicingRole.SERGEANT,
    *[PolicingRole.CONSTABLE] * 3,
    *[PolicingRole.PCSO] * 4,
    *[PolicingRole.CONSTABLE] * 2,
    *[PolicingRole.PCSO] * 2,
)


@dataclass(frozen=True)
class Extent:
    """How many of each there are; every area has an inspector among the members."""

    forces: int
    bcus: int
    areas: int
    teams: int
    members: int


NATION = Extent(43, 166, 661, 3_600, 29_000)
ONE_FORCE = Extent(1, 4, 15, 84, 674)


def populate(engine: Engine, extent: Extent) -> None:
    """Make units, members and their postings, and an account to act with."""
    units = list(_units(extent))
    areas = [unit for unit in units if unit["level"] is Level.AREA]
    teams = [unit for unit in units if unit["level"] is Level.TEAM]
    members: list[dict[str, object]] = []
    postings: list[dict[str, object]] = []
    for number in range(extent.members):
        in_team = number - len(areas)
        role = PolicingRole.INSPECTOR if in_team < 0 else _TEAM[in_team // len(teams)]
        unit = areas[number] if in_team < 0 else teams[in_team % len(teams)]
        key = number + 1
        members.append({"id": key, "number": str(key), "name": f"Member {key}"})
        postings.append(
            {
                "id": key,
                "member_id": key,
                "unit_id": unit["id"],
                "role": role,
                "fte": 1,
                "kind": PostingKind.SUBSTANTIVE,
                "starts_on": _OPENED_ON,
            }
        )
    with Session(engine) as session, writing(session):
        make.account(session, email="bench@force.example")
        for table, rows in ((Unit, units), (Member, members), (Posting, postings)):
            session.connection().execute(insert(table), rows)


def _units(extent: Extent) -> Iterator[dict[str, object]]:
    """Every unit as a row, those above before those under them; children are spread evenly."""
    key = 0
    above: list[tuple[int | None, str]] = [(None, "")]
    for level, count in (
        (Level.FORCE, extent.forces),
        (Level.BCU, extent.bcus),
        (Level.AREA, extent.areas),
        (Level.TEAM, extent.teams),
    ):
        made: list[tuple[int | None, str]] = []
        for number in range(count):
            key += 1
            parent_id, path = above[number * len(above) // count]
            code = f"{level.value[0].upper()}{number + 1}"
            made.append((key, f"{path}{code}/"))
            yield {
                "id": key,
                "code": code,
                "name": f"{level.wording.capitalize()} {code}",
                "level": level,
                "parent_id": parent_id,
                "path": f"{path}{code}/",
                "opened_on": _OPENED_ON,
            }
        above = made


# Two earlies, two lates, two nights and four days off, a team together. Clock changes are left out.
_SHIFTS = """
INSERT INTO shift
  (member_id, unit_id, role, on_date, starts_at, ends_at, minutes, is_team_named, version)
SELECT member_id, unit_id, role, day, starts_at, starts_at + 540, 540, FALSE, 1
FROM (
  SELECT posting.member_id, posting.unit_id, posting.role, bench_day.day,
    bench_day.number * 1440 + CASE (bench_day.number + 3 * posting.unit_id) % 10
      WHEN 0 THEN 420 WHEN 1 THEN 420 WHEN 2 THEN 840 WHEN 3 THEN 840 WHEN 4 THEN 1320 WHEN 5 THEN 1320
    END AS starts_at
  FROM bench_day CROSS JOIN posting
) AS worked
WHERE starts_at IS NOT NULL
ORDER BY day, unit_id
"""
_AWAY = """
INSERT INTO away (shift_id, starts_at, ends_at, minutes, reason_id, version)
SELECT id, starts_at + 60, starts_at + 300, 240, 1 + id % 13, 1
FROM shift
WHERE on_date BETWEEN :first AND :last AND (id * 7919) % 100 < 12
ORDER BY id
"""
_CONFIRMATIONS = """
INSERT INTO confirmation (unit_id, on_date, account_id, confirmed_at)
SELECT unit.id, bench_day.day, account.id, CURRENT_TIMESTAMP
FROM bench_day CROSS JOIN unit CROSS JOIN account
WHERE unit.level IN ('team', 'area') AND (unit.id + bench_day.number) % 20 > 0
"""
#: What holds the tables together on PostgreSQL besides their keys: name, table, and how to put it back.
_HELD_BY = """
SELECT 'CONSTRAINT', conname, conrelid::regclass::text,
  'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)
  || CASE contype WHEN 'f' THEN ' NOT VALID' ELSE '' END
FROM pg_constraint
WHERE contype IN ('u', 'x', 'f') AND conrelid IN ('shift'::regclass, 'away'::regclass)
UNION ALL
SELECT 'INDEX', indexrelid::regclass::text, indrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid IN ('shift'::regclass, 'away'::regclass)
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
_QUICKER = ("maintenance_work_mem = '1GB'", "work_mem = '256MB'", "synchronous_commit = off")


def work(engine: Engine, months: list[Month]) -> None:
    """Let everybody work these months, which follow one another, and add them up.

    Nothing looks at each row meanwhile. On PostgreSQL the indexes come after the rows; the one that keeps
    shifts of a member apart takes longer to make than all the rest and stays away: no measure adds a shift.
    """
    with Session(engine) as session, writing(session):
        connection = session.connection()
        is_postgresql = engine.dialect.name == "postgresql"
        put_back = (_taken_off_postgresql if is_postgresql else _taken_off_sqlite)(connection)
        connection.execute(text("CREATE TEMPORARY TABLE bench_day (day DATE, number INTEGER)"))
        days = [day for month in sorted(months) for day in month.days()]
        numbered = [{"day": day.isoformat(), "number": (day - _EPOCH).days} for day in days]
        connection.execute(text("INSERT INTO bench_day VALUES (:day, :number)"), numbered)
        span = {"first": days[0].isoformat(), "last": days[-1].isoformat()}
        connection.execute(text(_SHIFTS))
        connection.execute(text(_AWAY), span)
        connection.execute(text(_CONFIRMATIONS))
        connection.execute(text("DROP TABLE bench_day"))
        for statement in put_back:
            connection.execute(text(statement.replace(":", "\\:")))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    with Session(engine) as session, writing(session):
        recompute_all(session)
    with engine.connect() as connection:
        command = "VACUUM ANALYZE" if is_postgresql else "ANALYZE"
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(command))


def _taken_off_sqlite(connection: Connection) -> list[str]:
    """The triggers are taken off the tables; how to put them back."""
    for statement in (*SUMS_DUE_TRIGGERS_AWAY["sqlite"], *DUTY_INVARIANTS_DROPS["sqlite"]):
        connection.execute(text(statement))
    return [*DUTY_INVARIANTS["sqlite"], *SUMS_DUE_TRIGGERS["sqlite"]]


def _taken_off_postgresql(connection: Connection) -> list[str]:
    """Triggers rest during the transaction, indexes and constraints go; how to put them back."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for setting in _QUICKER:
        connection.execute(text(f"SET LOCAL {setting}"))
    put_back: list[str] = []
    for kind, name, table, statement in connection.execute(text(_HELD_BY)).all():
        drop = f"ALTER TABLE {table} DROP CONSTRAINT {name}" if kind == "CONSTRAINT" else f"DROP INDEX {name}"
        connection.execute(text(drop))
        if name != SHIFTS_APART:
            put_back.append(statement)
    # A foreign key wants the index that it refers to.
    return sorted(put_back, key=lambda statement: "FOREIGN KEY" in statement)
