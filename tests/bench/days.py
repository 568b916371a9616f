"""What it costs to save a day of twelve, held against the driver writing the same rows bare.

One entry for all twelve of a team, as the day grid saves it: looked at, written as an act that can be undone,
journalled, added up again for the team and all above it, and committed. Bare writes the very rows that this
left (time away, versions of shifts, the act and its changes, the journal's entries, the sums), in one
transaction on another day of the team, by `executemany`; the triggers of the tables run for both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions import AwayEntry, record_away
from npt.shifts.models import Shift
from npt.store.transaction import engine_at, writing
from npt.store.types import minute_number
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.nation import Extent, populate, work
from tests.bench.place import TODAY, Place

_FORCE = Extent(forces=1, bcus=4, areas=15, teams=60, members=15 + 60 * 12)
_MONTHS = 4
_WARM_UP = 3
_HEADCOUNT = 12
#: the last hours of the shift
_AWAY = timedelta(hours=3)

Values = tuple[Any, ...]

_ACT = "unit_id, first_on, last_on, account_id, done_at, summary"
_ENTRY = "at, account_id, act, change, record_type, record_id, record_count, details, previous_hash, hash"
_SUM = "unit_id, starts_on, is_whole, role, reason_id, minutes"
_CHANGES = (
    "INSERT INTO away_change (act_id, shift_id, member_id, after_starts_at, after_ends_at, after_reason_id)"
    " VALUES"
)
#: what stands after the values of an INSERT into the table
_ON_CONFLICT = {
    "away_sum": " ON CONFLICT (unit_id, starts_on, is_whole, role, reason_id)"
    " DO UPDATE SET minutes = excluded.minutes"
}


@dataclass(frozen=True)
class _Day:
    """A day of the team and its twelve shifts, with the versions that they have."""

    on: date
    shifts: Sequence[Shift]


def _days(engine: Engine, unit_id: int) -> list[_Day]:
    with Session(engine, expire_on_commit=False) as session:
        by_day: dict[date, list[Shift]] = {}
        asked = select(Shift).where(Shift.unit_id == unit_id).order_by(Shift.on_date, Shift.id)
        for shift in session.scalars(asked):
            by_day.setdefault(shift.on_date, []).append(shift)
    return [_Day(on, shifts) for on, shifts in by_day.items()]


@dataclass
class _Saving:
    """Days of a team, of which the product and the bare driver take the next in turn."""

    engine: Engine
    unit_id: int
    account_id: int
    days: Iterator[_Day]

    def __post_init__(self) -> None:
        self._day = _Day(TODAY, ())
        self._ready: list[tuple[str, list[Values]]] = []
        self._act: Values = ()
        self._changes: list[Values] = []

    def next_day(self) -> None:
        """Go on to the next day."""
        self._day = next(self.days)

    def save(self) -> None:
        """Save the day as the product does."""
        day = self._day
        with Session(self.engine) as session, writing(session):
            session.info["actor"] = (self.account_id, "duty.record_away")
            record_away(
                session,
                stamp=Stamp(self.account_id, local_midnight(TODAY)),
                unit=session.get_one(Unit, self.unit_id),
                day=day.on,
                entries=[AwayEntry(each.id, each.ends_at - _AWAY, each.ends_at) for each in day.shifts],
                reason="response",
                note=None,
                expected={each.id: each.version for each in day.shifts},
            )

    def make_ready(self) -> None:
        """Go on to the next day, and make the rows ready that a save of it leaves."""
        self.next_day()
        day = self._day
        first = Month.of(day.on).first.isoformat()
        with self.engine.connect() as connection:

            def rows(asked: str, **values: object) -> list[Values]:
                return [tuple(row) for row in connection.execute(text(asked), values)]

            reason = rows("SELECT id FROM reason WHERE code = 'response'")[0][0]
            last = rows("SELECT max(id) FROM duty_act")[0][0]
            self._act = rows(f"SELECT {_ACT} FROM duty_act WHERE id = :last", last=last)[0]  # noqa: S608  ours
            times = [
                (each.id, minute_number(each.ends_at - _AWAY), minute_number(each.ends_at), reason)
                for each in day.shifts
            ]
            entries = rows(
                f"SELECT {_ENTRY} FROM journal_entry WHERE at = (SELECT max(at) FROM journal_entry)"  # noqa: S608
                " ORDER BY sequence"
            )
            end = rows("SELECT max(sequence) FROM journal_entry")[0][0]
            chain = rows("SELECT path FROM unit WHERE id = :team", team=self.unit_id)[0][0].split("/")[:-1]
            sums = rows(
                f"SELECT {_SUM} FROM away_sum WHERE reason_id = :reason AND starts_on = :first AND unit_id IN"  # noqa: S608
                f" (SELECT id FROM unit WHERE code IN ({', '.join(repr(code) for code in chain)}))",
                reason=reason,
                first=first,
            )
        self._changes = [
            (each.id, each.member_id, *values) for each, (_, *values) in zip(day.shifts, times, strict=True)
        ]
        away = [(*each, (each[2] - each[1]), 1) for each in times]
        self._ready = [
            ("INSERT INTO away (shift_id, starts_at, ends_at, reason_id, minutes, version) VALUES", away),
            (
                f"INSERT INTO journal_entry (sequence, {_ENTRY}) VALUES",
                [(end + place, *each) for place, each in enumerate(entries, start=1)],
            ),
            (f"INSERT INTO away_sum ({_SUM}) VALUES", [(*each[:-1], each[-1] + 1) for each in sums]),
        ]

    def write(self) -> None:
        """Write the rows that are ready, and commit."""
        marks = "?" if self.engine.dialect.name == "sqlite" else "%s"
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            if self.engine.dialect.name == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            for insert, rows in self._ready:
                places = ", ".join([marks] * len(rows[0]))
                cursor.executemany(f"{insert} ({places}){_ON_CONFLICT.get(insert.split()[2], '')}", rows)
            cursor.executemany(
                f"UPDATE shift SET version = version + 1 WHERE id = {marks}",  # noqa: S608  ours
                [(each.id,) for each in self._day.shifts],
            )
            places = ", ".join([marks] * len(self._act))
            cursor.execute(f"INSERT INTO duty_act ({_ACT}) VALUES ({places}) RETURNING id", self._act)  # noqa: S608
            (act_id,) = cursor.fetchone() or (None,)
            cursor.executemany(
                f"{_CHANGES} ({', '.join([marks] * 6)})", [(act_id, *each) for each in self._changes]
            )
            cursor.execute("DELETE FROM sum_due")
            connection.commit()
        finally:
            connection.close()


def _timings(place: Place, *, engine_name: str) -> Iterator[Pair]:
    url = place.database(engine_name, "days")
    place.app(url)
    engine = engine_at(url)
    populate(engine, _FORCE)
    work(engine, [Month.of(TODAY).plus(-before) for before in range(_MONTHS)])
    with Session(engine) as session:
        unit_id = session.scalars(select(Unit.id).where(Unit.code == "T30")).one()
        account_id = session.scalars(select(Account.id)).one()
    days = [day for day in _days(engine, unit_id) if len(day.shifts) == _HEADCOUNT]
    saving = _Saving(engine, unit_id, account_id, iter(days))
    for _ in range(_WARM_UP):
        saving.next_day()
        saving.save()
        saving.make_ready()
        saving.write()
    yield from interleaved(
        saving.save,
        saving.write,
        before=saving.next_day,
        before_against=saving.make_ready,
        pairs=(len(days) - 2 * _WARM_UP) // 2,
        clock=WAITING,
    )
    engine.dispose()


MEASURES = [
    Measure(
        name=f"day-save-{engine_name}",
        work=f"Saving a day of {_HEADCOUNT} with journal and roll-up, {words}",
        against="the bare driver writing the same rows",
        counted="time",
        reach=Decimal(2),
        timings=partial(_timings, engine_name=engine_name),
    )
    for engine_name, words in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
]
