"""Whatever merges, splits and moves in whatever order, the force has what its areas and its teams have."""

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from npt.counting.rollup.settle import differences
from npt.counting.rules import DEFAULT_DEFINITION
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.people.rules import RoleGroup
from npt.performance.queries import headroom_page
from tests.records.november import NOVEMBER
from tests.records.reorganisation import build, move, of, summed, take_over

TODAY = date(2026, 11, 16)
#: What is done (to which teams, as chance has it), and on which day.
CHANGES = st.lists(
    st.tuples(
        st.sampled_from([date(2026, 11, day) for day in (2, 3, 10, 15, 20, 25)]),
        st.sampled_from(["merge", "split", "to another area", "transfer"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def engine_name() -> str:
    """Only the engine whose database is a file: each example begins with a copy of the same one."""
    return "sqlite"


@pytest.fixture
def built(session: Session, database_url: str, tmp_path: Path) -> tuple[Path, Path]:
    """The database's file, and a copy of it with the force as it was."""
    build(session)
    session.commit()
    session.close()
    session.get_bind().engine.dispose()
    file, kept = Path(make_url(database_url).database or ""), tmp_path / "kept.sqlite3"
    shutil.copyfile(file, kept)
    return file, kept


def change(session: Session, number: int, on: date, kind: str, one: int, other: int) -> None:
    """One change of teams that stand on its day."""
    standing = select(Unit).where(Unit.level == Level.TEAM, Unit.closed_on.is_(None), Unit.opened_on < on)
    teams = session.scalars(standing.order_by(Unit.path)).all()
    first, second = teams[one % len(teams)], teams[other % len(teams)]
    codes = [f"N{number}{letter}" for letter in "abc"]
    if kind == "transfer":
        asked = select(Posting).where(Posting.unit_id == first.id, Posting.ends_on.is_(None))
        posting = session.scalars(asked.order_by(Posting.id)).first()
        if posting is not None and first is not second:
            move(session, posting, second, on)
    elif kind == "split":
        take_over(session, [first], codes, on)
    elif kind == "merge":
        take_over(session, [first, second] if first is not second else [first], codes[:1], on)
    else:
        areas = session.scalars(select(Unit).where(Unit.level == Level.AREA).order_by(Unit.path)).all()
        take_over(session, [first], codes[:1], on, areas[other % len(areas)])


@given(changes=CHANGES)
# Each example begins by putting the database back.
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_the_force_always_has_what_its_areas_and_teams_have(
    session: Session, built: tuple[Path, Path], changes: list[tuple[date, str, int, int]]
) -> None:
    file, kept = built
    session.close()
    session.get_bind().engine.dispose()
    shutil.copyfile(kept, file)

    force = session.scalars(select(Unit).where(Unit.level == Level.FORCE)).one()
    was = summed(of(session, force, NOVEMBER))
    session.rollback()
    # In the order of their days: what has closed is not changed again.
    for number, (on, kind, one, other) in enumerate(sorted(changes)):
        change(session, number, on, kind, one, other)
    session.commit()

    minutes = {key: value for key, value in was.items() if key[1] != "confirmed"}
    for each in (None, Level.BCU, Level.AREA):
        now = summed(of(session, force, NOVEMBER, each=each))
        assert {key: value for key, value in now.items() if key[1] != "confirmed"} == minutes
    teams = summed(of(session, force, NOVEMBER, each=Level.TEAM, by="role"))
    whole = summed(of(session, force, NOVEMBER, by="role"))
    assert +teams == +Counter({key: value for key, value in whole.items() if "inspector" not in key[0]})
    for area in session.scalars(select(Unit).where(Unit.level == Level.AREA)):
        page = headroom_page(session, area, NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
        for room in (*page.own.values(), *(room for rooms in page.under.values() for room in rooms)):
            found = room.forecast.room
            assert found.left + found.used + found.planned == found.target * found.denominator // 100
        parts = [room.forecast for room in page.under[RoleGroup.PCSOS]]
        own = page.own[RoleGroup.PCSOS].forecast
        assert (own.room.used, own.room.planned, own.room.denominator) == (
            sum(part.room.used for part in parts),
            sum(part.room.planned for part in parts),
            sum(part.room.denominator for part in parts),
        )
    assert differences(session) == []
