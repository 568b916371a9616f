"""Many people saving at once: what was acknowledged is stored, exactly, and nothing else is."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.journal.queries import verify
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.actions import AwayEntry, record_away
from npt.shifts.models import Away, Shift
from npt.shifts.queries import day_grid
from npt.store.transaction import engine_at, writing
from tests import make

WRITERS = 200
DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


def _team_of(session: Session, members: int) -> tuple[int, int, list[int]]:
    """A team whose members all work 08:00 to 18:00: its key, an account's, and the shifts'."""
    team = make.team(session)
    account = make.account(session)
    posted = [make.member(session, role=PolicingRole.PCSO, team=team) for _ in range(members)]
    shifts = [
        make.shift(session, member=member, starts="2026-11-16T08:00", ends="2026-11-16T18:00")
        for member in posted
    ]
    keys = team.id, account.id, [shift.id for shift in shifts]
    session.commit()  # and read nothing afterwards: SQLite's rollback journal lets no writer past a reader
    return keys


def _write_at_once(
    database_url: str, team_id: int, account_id: int, wanted: list[tuple[int, datetime, datetime]]
) -> list[bool]:
    """Every wanted entry saved by a writer of its own, all let go together; whether each was acknowledged."""
    engine = engine_at(database_url)
    ready = Barrier(len(wanted))

    def save(entry: tuple[int, datetime, datetime]) -> bool:
        shift_id, starts, ends = entry
        ready.wait()
        with Session(engine) as session:
            try:
                with writing(session):
                    team = session.get_one(Unit, team_id)
                    shown = day_grid(session, team, DAY).versions
                    record_away(
                        session,
                        stamp=Stamp(account_id, NOW),
                        unit=team,
                        day=DAY,
                        entries=[AwayEntry(shift_id, starts, ends)],
                        reason="response",
                        note=None,
                        expected={shift_id: shown[shift_id]},
                    )
            except Refusal:
                return False
        return True

    with ThreadPoolExecutor(len(wanted)) as pool:
        acknowledged = list(pool.map(save, wanted))
    engine.dispose()
    return acknowledged


def _stored(session: Session) -> Counter[tuple[int, datetime, datetime]]:
    return Counter((away.shift_id, away.starts_at, away.ends_at) for away in session.scalars(select(Away)))


def test_two_hundred_writers_store_exactly_what_each_was_told_is_saved(
    session: Session, app: Flask, database_url: str
) -> None:
    team_id, account_id, shifts = _team_of(session, WRITERS)
    starts = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    wanted = [(shift_id, starts, starts + timedelta(hours=2)) for shift_id in shifts]
    acknowledged = _write_at_once(database_url, team_id, account_id, wanted)
    assert _stored(session) == Counter(
        entry for entry, is_stored in zip(wanted, acknowledged, strict=True) if is_stored
    )
    assert all(acknowledged)
    assert verify(session, None).is_whole


def test_of_writers_who_want_the_same_hour_of_the_same_shift_exactly_one_is_told_it_is_saved(
    session: Session, app: Flask, database_url: str
) -> None:
    team_id, account_id, shifts = _team_of(session, 10)
    starts = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    wanted = [(shifts[number % 10], starts, starts + timedelta(hours=2)) for number in range(100)]
    acknowledged = _write_at_once(database_url, team_id, account_id, wanted)
    told = Counter(entry[0] for entry, is_saved in zip(wanted, acknowledged, strict=True) if is_saved)
    assert told == Counter(dict.fromkeys(shifts, 1))
    assert sum(_stored(session).values()) == 10
    versions = session.scalar(select(func.sum(Shift.version)))
    assert versions == 20
