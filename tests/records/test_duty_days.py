"""A team's day as it is shown, and its confirmation."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from npt.duty.actions import DayNotYet, confirm_day, withdraw_confirmation
from npt.kit.stamps import Stamp
from npt.people.rules import PolicingRole, PostingKind
from npt.shifts.actions import NotATeam, TeamClosed, change_shift
from tests import make
from tests.records.desk import DAY, NOW, Desk, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def test_a_member_without_a_shift_is_shown_as_such(desk: Desk) -> None:
    make.member(desk.session, team=desk.team, name="Zoe Example", role=PolicingRole.SERGEANT)
    rows = desk.grid().rows
    assert [(row.name, len(row.shifts)) for row in rows] == [
        ("Zoe Example", 0),
        ("Ann Example", 1),
        ("Ben Example", 1),
        ("Cas Example", 1),
    ]


def test_a_member_attached_elsewhere_that_day_is_not_shown(desk: Desk) -> None:
    member = make.member(desk.session, team=desk.team)
    make.posting(desk.session, member=member, kind=PostingKind.ATTACHMENT, starts_on=DAY, ends_on=DAY)
    assert member.number not in [row.number for row in desk.grid().rows]


def test_a_day_is_confirmed_once_however_often_it_is_asked(desk: Desk) -> None:
    confirmed = [
        confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=desk.team, day=DAY)
        for _ in range(2)
    ]
    assert confirmed == [True, False]
    line = desk.grid().confirmation
    assert line is not None
    assert (line.by_name, line.confirmed_at) == (desk.by.name, NOW)


def test_a_confirmation_can_be_withdrawn(desk: Desk) -> None:
    confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=desk.team, day=DAY)
    withdrawn = [withdraw_confirmation(desk.session, unit=desk.team, day=DAY) for _ in range(2)]
    assert withdrawn == [True, False]
    assert not desk.grid().is_confirmed


def test_a_day_that_is_still_to_come_is_not_confirmed(desk: Desk) -> None:
    with pytest.raises(DayNotYet):
        confirm_day(
            desk.session, stamp=Stamp(desk.by.id, NOW), today=date(2026, 11, 15), unit=desk.team, day=DAY
        )


def test_a_unit_without_duty_of_its_own_or_closed_that_day_is_not_confirmed(desk: Desk) -> None:
    closed = make.team(desk.session, closed_on=date(2026, 11, 15))
    for unit, refusal in ((make.bcu(desk.session), NotATeam), (closed, TeamClosed)):
        with pytest.raises(refusal):
            confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=unit, day=DAY)


def test_each_shift_changed_after_a_confirmation_is_counted_until_somebody_confirms_again(desk: Desk) -> None:
    def confirm() -> bool:
        return confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=desk.team, day=DAY)

    def changes() -> int:
        line = desk.grid().confirmation
        return -1 if line is None else line.changes_since

    confirm()
    act = desk.record(desk.entry("15:00", "18:00"), desk.entry("15:00", "18:00", 1))
    assert changes() == 2
    desk.undo(act)
    assert changes() == 4
    assert (confirm(), changes(), confirm()) == (True, 0, False)


def test_what_is_saved_as_it_was_shown_is_no_change_after_a_confirmation(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"), desk.entry("19:00", "20:00"))
    confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=desk.team, day=DAY)
    desk.correct(desk.grid().shifts[0].away[0], "15:00", "18:00")
    shift = desk.grid().shifts[0]
    change_shift(
        desk.session,
        unit=desk.team,
        day=DAY,
        shift_id=shift.id,
        expected_version=shift.version,
        starts=shift.interval.starts,
        ends=shift.interval.ends,
        team=None,
    )
    line = desk.grid().confirmation
    assert line is not None
    assert line.changes_since == 0
