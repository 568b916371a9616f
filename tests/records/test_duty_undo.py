"""Taking back an act."""

import pytest
from sqlalchemy.orm import Session

from npt.duty.actions import undo
from npt.shifts.actions import CannotUndo, change_shift
from tests import make
from tests.records.desk import DAY, NOW, Desk, at, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def test_undoing_an_entry_takes_it_from_every_member(desk: Desk) -> None:
    desk.record(desk.entry("20:00", "21:00"), reason="court")
    act = desk.record(*(desk.entry("15:00", "18:00", number) for number in range(3)))
    desk.undo(act)
    assert desk.away() == [("1001", "20:00 to 21:00", "court", None)]
    assert act.undone_at == NOW
    assert len(desk.grid().acts) == 1


def test_undoing_a_correction_restores_times_reason_and_note(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"), reason="other", note="Lost child")
    before = desk.away()
    act = desk.correct(desk.only_away(), "14:00", "22:00", reason="custody")
    desk.undo(act)
    assert desk.away() == before


def test_undoing_a_removal_brings_back_what_was_there(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"), note="Football")
    before = desk.away()
    desk.undo(desk.remove(desk.only_away()))
    assert desk.away() == before


def test_acts_can_be_undone_one_after_another_back_to_the_start(desk: Desk) -> None:
    recorded = desk.record(desk.entry("15:00", "18:00"))
    corrected = desk.correct(desk.only_away(), "16:00", "18:00", reason="event")
    removed = desk.remove(desk.only_away())
    left = []
    for act in (removed, corrected, recorded):
        desk.undo(act)
        left.append(desk.away())
    assert left == [
        [("1001", "16:00 to 18:00", "event", None)],
        [("1001", "15:00 to 18:00", "response", None)],
        [],
    ]


def test_an_act_is_not_undone_twice(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    desk.undo(act)
    with pytest.raises(CannotUndo, match="undone already"):
        desk.undo(act)


def test_an_act_is_not_undone_once_somebody_has_changed_its_records(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"), desk.entry("15:00", "18:00", 1))
    desk.correct(desk.grid().shifts[1].away[0], "15:00", "17:00")
    before = desk.away()
    with pytest.raises(CannotUndo, match="changed these records since"):
        desk.undo(act)
    assert desk.away() == before
    assert act.id not in [line.id for line in desk.grid().acts]


def test_a_removal_is_not_undone_where_something_newer_stands(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    act = desk.remove(desk.only_away())
    desk.record(desk.entry("17:00", "19:00"), reason="custody")
    with pytest.raises(CannotUndo, match=r"Ann Example .*no longer fits"):
        desk.undo(act)


def test_a_removal_is_not_undone_into_a_shift_that_has_become_shorter(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    act = desk.remove(desk.only_away())
    shift = desk.grid().shifts[0]
    change_shift(
        desk.session,
        unit=desk.team,
        day=DAY,
        shift_id=shift.id,
        expected_version=shift.version,
        starts=at("14:00"),
        ends=at("17:00"),
        team=None,
    )
    with pytest.raises(CannotUndo, match="no longer fits"):
        desk.undo(act)


def test_an_act_of_another_team_cannot_be_undone_through_this_one(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    with pytest.raises(CannotUndo):
        undo(desk.session, now=NOW, unit=make.team(desk.session), act_id=act.id)
