"""Abstractions that go on and have no end yet: to the end of the shift until somebody says otherwise."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from npt.counting.rollup.settle import differences, settle
from npt.duty.actions import StillRunning, confirm_day
from npt.kit.stamps import Stamp
from npt.reporting.queries import own_running, running_on
from npt.rostering.actions import record_span
from npt.shifts.actions import NotRunning, StaleDay, change_shift, come_back, record_away
from npt.shifts.models import Act, Shift
from npt.shifts.rules import NotBackYet
from tests.records.desk import DAY, NOW, Desk, at, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def take_off(desk: Desk, starts: str = "15:00", number: int = 0) -> Act:
    """Record that a member is away from then on, until nobody knows when."""
    return record_away(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        unit=desk.team,
        day=DAY,
        entries=[desk.entry(starts, "22:00", number)],
        reason="constant-watch",
        note=None,
        expected=desk.grid().versions,
        is_end_open=True,
    )


def back(desk: Desk, now: datetime, version: int | None = None) -> Act:
    away = desk.only_away()
    return come_back(
        desk.session,
        stamp=Stamp(desk.by.id, now),
        unit=desk.team,
        day=DAY,
        away_id=away.id,
        expected_version=away.version if version is None else version,
    )


def running(desk: Desk, now: datetime = NOW) -> int:
    here = len(running_on(desk.session, desk.team.id, DAY, now))
    assert here == sum(len(own_running(desk.session, shift.member_id, now)) for shift in desk.shifts)
    return here


def confirm(desk: Desk, now: datetime) -> bool:
    return confirm_day(desk.session, stamp=Stamp(desk.by.id, now), today=DAY, unit=desk.team, day=DAY)


def test_it_runs_until_the_member_is_back_and_counts_to_that_minute(desk: Desk) -> None:
    take_off(desk)
    assert running(desk) == 1
    back(desk, NOW + timedelta(seconds=59))
    assert (desk.away(), running(desk)) == ([("1001", "15:00 to 18:00", "constant-watch", None)], 0)
    settle(desk.session)
    assert differences(desk.session) == []


def test_it_ends_by_itself_with_the_shift(desk: Desk) -> None:
    take_off(desk)
    assert running(desk, at("21:59")) == 1
    assert running(desk, at("22:00")) == 0
    with pytest.raises(NotRunning, match="ended at 22:00"):
        back(desk, at("22:00"))
    assert desk.away()[0][1] == "15:00 to 22:00"


def test_nobody_is_back_before_a_minute_has_passed(desk: Desk) -> None:
    take_off(desk, "18:00")
    with pytest.raises(NotBackYet):
        back(desk, NOW)


def test_what_was_changed_meanwhile_is_not_ended(desk: Desk) -> None:
    take_off(desk)
    with pytest.raises(StaleDay):
        back(desk, NOW, version=9)


def test_to_take_the_return_back_is_to_let_it_run_again(desk: Desk) -> None:
    take_off(desk)
    before = desk.away()
    desk.undo(back(desk, NOW))
    assert (desk.away(), running(desk)) == (before, 1)


def test_a_removal_taken_back_lets_it_run_again(desk: Desk) -> None:
    take_off(desk)
    desk.undo(desk.remove(desk.only_away()))
    assert running(desk) == 1


def test_what_was_removed_leaves_no_open_end_to_what_is_recorded_in_its_place(desk: Desk) -> None:
    take_off(desk)
    desk.remove(desk.only_away())
    desk.record(desk.entry("15:00", "22:00"))
    assert running(desk) == 0


def test_an_absence_on_the_roster_takes_over_no_open_end(desk: Desk) -> None:
    take_off(desk, "14:00")
    desk.remove(desk.only_away())
    record_span(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        unit=desk.team,
        member_ids=[desk.shifts[0].member_id],
        first=DAY,
        last=DAY,
        reason="sickness",
        note=None,
    )
    assert running(desk) == 0


def test_it_runs_on_from_a_corrected_start(desk: Desk) -> None:
    take_off(desk)
    act = desk.correct(desk.only_away(), "16:00", "22:00", reason="custody")
    assert running(desk) == 1
    desk.undo(act)
    assert running(desk) == 1
    assert desk.away()[0][1] == "15:00 to 22:00"


def test_an_end_that_is_typed_ends_it(desk: Desk) -> None:
    take_off(desk)
    desk.correct(desk.only_away(), "15:00", "20:00")
    assert running(desk) == 0


def test_what_was_taken_back_leaves_no_open_end_behind(desk: Desk) -> None:
    desk.undo(take_off(desk))
    desk.record(desk.entry("15:00", "22:00"))
    assert running(desk) == 0


def test_it_goes_on_to_the_new_end_of_a_shift_that_lasts_longer_or_shorter(desk: Desk) -> None:
    take_off(desk)
    for end, words in (("23:00", "15:00 to 23:00"), ("19:00", "15:00 to 19:00")):
        shift = desk.session.get_one(Shift, desk.shifts[0].id, populate_existing=True)
        change_shift(
            desk.session,
            unit=desk.team,
            day=DAY,
            shift_id=shift.id,
            expected_version=shift.version,
            starts=shift.starts_at,
            ends=at(end),
            team=None,
        )
        assert desk.away()[0][1] == words
        assert running(desk) == 1


def test_a_day_is_not_confirmed_while_somebody_is_away_without_an_end_but_after_their_shift(
    desk: Desk,
) -> None:
    take_off(desk)
    with pytest.raises(StillRunning, match=r"Ann Example is away \(Constant watch, since 15:00\)"):
        confirm(desk, at("21:59"))
    assert confirm(desk, at("22:00"))


def test_a_day_is_confirmed_at_once_when_the_member_is_back(desk: Desk) -> None:
    take_off(desk)
    back(desk, NOW)
    assert confirm(desk, NOW)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(started=st.integers(0, 478), returned=st.integers(1, 600))
def test_it_never_counts_past_the_return_or_the_shift(desk: Desk, started: int, returned: int) -> None:
    with desk.session.begin_nested() as kept:
        begins = at("14:00") + timedelta(minutes=started)
        act = take_off(desk, f"{14 + started // 60:02}:{started % 60:02}")
        now = begins + timedelta(minutes=returned)
        try:
            back(desk, now)
        except NotRunning:
            assert now >= at("22:00")
        assert desk.only_away().minutes == min(returned, 480 - started)
        assert act.id
        kept.rollback()
