"""Two people and more on one day: the second is told, and nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.actions import undo
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.rostering.actions import Clear, change_block
from npt.rostering.rules import Cell
from npt.shifts.actions import AwayEntry, CannotUndo, StaleDay, record_away
from npt.shifts.actions.held_shifts import held_shifts
from npt.shifts.actions.shift_writes import write
from npt.shifts.actions.steps import Step
from npt.shifts.models import Away, Shift
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.desk import DAY, NOW, Desk, at, in_words, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def test_a_second_entry_on_the_same_shift_from_an_old_form_is_stale(desk: Desk) -> None:
    seen = desk.grid().versions
    desk.record(desk.entry("15:00", "16:00"), expected=seen)
    with pytest.raises(StaleDay) as stale:
        desk.record(desk.entry("17:00", "18:00"), expected=seen)
    (away,) = stale.value.grid.shifts[0].away
    assert in_words(away) == "15:00 to 16:00"


def test_an_entry_on_another_shift_of_the_same_day_is_not_stale(desk: Desk) -> None:
    seen = desk.grid().versions
    desk.record(desk.entry("15:00", "16:00", 0), expected=seen)
    desk.record(desk.entry("15:00", "16:00", 1), expected=seen)
    assert len(desk.away()) == 2


def test_a_shift_that_the_form_did_not_show_is_stale(desk: Desk) -> None:
    with pytest.raises(StaleDay):
        desk.record(desk.entry("15:00", "16:00"), expected={})


def test_a_shift_of_another_team_cannot_be_recorded_through_this_one(desk: Desk) -> None:
    elsewhere = make.shift(desk.session)
    with pytest.raises(StaleDay):
        desk.record(AwayEntry(elsewhere.id, at("15:00"), at("16:00")), expected={elsewhere.id: 1})
    assert desk.session.scalars(select(Away)).all() == []


def test_a_shift_that_changed_while_it_was_held_is_stale_after_all(desk: Desk) -> None:
    shift = desk.shifts[0]
    held = held_shifts(desk.session, [shift.id])[shift.id]
    write(desk.session, [Step(held, held.state)])
    with pytest.raises(StaleDay):
        write(desk.session, [Step(held, held.state)])


@pytest.fixture
def another(database_url: str) -> Iterator[Session]:
    """A second person's session on the same database."""
    engine = engine_at(database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_of_two_people_who_save_the_same_shift_the_second_is_told(session: Session, another: Session) -> None:
    with writing(session):
        desk = sit_down(session)
    seen = desk.grid().versions
    entries = [desk.entry("17:00", "18:00")]
    session.rollback()
    by, team_id = desk.by.id, desk.team.id
    session.rollback()
    with writing(another):
        record_away(
            another,
            stamp=Stamp(by, NOW),
            unit=another.get_one(Unit, team_id),
            day=DAY,
            entries=[AwayEntry(entries[0].shift_id, at("15:00"), at("16:00"))],
            reason="custody",
            note=None,
            expected=seen,
        )
    with pytest.raises(StaleDay) as stale, writing(session):
        desk.record(*entries, expected=seen)
    assert [away.reason_code for shift in stale.value.grid.shifts for away in shift.away] == ["custody"]
    assert [reason for _, _, reason, _ in desk.away()] == ["custody"]


def test_of_four_people_who_save_at_the_same_moment_one_is_stored_and_three_are_told(
    session: Session, database_url: str
) -> None:
    with writing(session):
        desk = sit_down(session)
        by, team_id, shift_id = desk.by.id, desk.team.id, desk.shifts[0].id
    ready = Barrier(4)

    def save(hour: int) -> str:
        engine = engine_at(database_url)
        try:
            with Session(engine) as mine:
                ready.wait()
                with writing(mine):
                    record_away(
                        mine,
                        stamp=Stamp(by, NOW),
                        unit=mine.get_one(Unit, team_id),
                        day=DAY,
                        entries=[AwayEntry(shift_id, at(f"{hour}:00"), at(f"{hour + 1}:00"))],
                        reason="response",
                        note=None,
                        expected={shift_id: 1},
                    )
            return "stored"
        except StaleDay:
            return "told"
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(save, (14, 16, 18, 20)))
    assert answers == ["stored", "told", "told", "told"]
    assert len(session.scalars(select(Away.id)).all()) == 1


def test_of_three_who_take_back_the_same_removal_of_shifts_one_does_and_two_are_told(
    session: Session, database_url: str
) -> None:
    with writing(session):
        desk = sit_down(session)
        seen = {Cell(shift.member_id, DAY): {shift.id: shift.version} for shift in desk.shifts}
        cleared = change_block(
            session, stamp=Stamp(desk.by.id, NOW), unit=desk.team, cells=seen, seen=seen, change=Clear()
        )
        team_id, act_id = desk.team.id, cleared.act.id
    ready = Barrier(3)

    def take_back(_: int) -> str:
        engine = engine_at(database_url)
        try:
            with Session(engine) as mine:
                ready.wait()
                with writing(mine):
                    undo(mine, now=NOW, unit=mine.get_one(Unit, team_id), act_id=act_id)
            return "taken back"
        except CannotUndo:
            return "told"
        finally:
            engine.dispose()

    with ThreadPoolExecutor(3) as people:
        assert sorted(people.map(take_back, range(3))) == ["taken back", "told", "told"]
    assert len(session.scalars(select(Shift.id)).all()) == 3
