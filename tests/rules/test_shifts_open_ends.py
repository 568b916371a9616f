"""Running abstractions and repeated ones: they never leave their shift, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.duty.rules import NothingToRepeat, Repeated, repeated
from npt.kit.clock import parse_instant, to_local
from npt.kit.intervals import Interval
from npt.reporting.rules import Verdict, check_verdict
from npt.shifts.rules import LossKind, NotBackYet, WordsMissing, check_loss, ended, is_running


def span(starts: str, ends: str) -> Interval:
    return Interval(parse_instant(starts).instant, parse_instant(ends).instant)


LATE = span("2026-11-16T14:00", "2026-11-16T22:00")


# Running ----------------------------------------------------------------------------------------------------


def test_it_runs_from_its_start_to_the_end_of_its_shift() -> None:
    away = span("2026-11-16T15:00", "2026-11-16T22:00")
    moments = [away.starts - timedelta(minutes=1), away.starts, away.ends - timedelta(minutes=1), away.ends]
    assert [is_running(LATE, away, is_end_open=True, now=now) for now in moments] == [
        False, True, True, False
    ]  # fmt: skip


def test_what_ends_before_its_shift_is_over_and_a_known_end_never_runs() -> None:
    shorter = span("2026-11-16T15:00", "2026-11-16T21:00")
    assert not is_running(LATE, shorter, is_end_open=True, now=shorter.starts)
    whole = span("2026-11-16T15:00", "2026-11-16T22:00")
    assert not is_running(LATE, whole, is_end_open=False, now=whole.starts)


def test_a_night_that_runs_over_the_october_change_counts_real_minutes() -> None:
    night = span("2026-10-24T22:00", "2026-10-25T07:00")
    away = Interval(night.starts + timedelta(hours=1), night.ends)
    second_half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert ended(away, second_half_past_one).minutes == 210


@given(st.integers(0, 479), st.integers(-300, 900), st.integers(0, 59))
def test_who_is_back_was_away_for_at_least_a_minute_and_never_past_the_shift(
    started: int, returned: int, seconds: int
) -> None:
    away = Interval(LATE.starts + timedelta(minutes=started), LATE.ends)
    now = away.starts + timedelta(minutes=returned, seconds=seconds)
    if returned < 1:
        with pytest.raises(NotBackYet):
            ended(away, now)
    else:
        assert ended(away, now).minutes == min(returned, away.minutes)


# Repeating --------------------------------------------------------------------------------------------------

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


def test_the_same_times_stand_on_the_later_day() -> None:
    then = span("2026-11-16T15:00", "2026-11-16T17:30")
    shift = span("2026-11-17T14:00", "2026-11-17T22:00")
    assert repeated(MONDAY, then, TUESDAY, shift) == Repeated(
        span("2026-11-17T15:00", "2026-11-17T17:30"), is_cut=False
    )


def test_what_the_later_shift_has_no_room_for_is_cut_and_said_to_be() -> None:
    then = span("2026-11-16T12:00", "2026-11-16T17:30")
    shift = span("2026-11-17T14:00", "2026-11-17T22:00")
    assert repeated(MONDAY, then, TUESDAY, shift) == Repeated(
        span("2026-11-17T14:00", "2026-11-17T17:30"), is_cut=True
    )


def test_nothing_is_repeated_outside_the_later_shift() -> None:
    then = span("2026-11-16T08:00", "2026-11-16T12:00")
    with pytest.raises(NothingToRepeat, match="outside the shift"):
        repeated(MONDAY, then, TUESDAY, span("2026-11-17T14:00", "2026-11-17T22:00"))


def test_the_small_hours_of_a_night_stay_after_midnight() -> None:
    then = span("2026-11-17T01:00", "2026-11-17T03:00")
    night = span("2026-11-17T22:00", "2026-11-18T07:00")
    found = repeated(MONDAY, then, TUESDAY, night)
    assert found.interval == span("2026-11-18T01:00", "2026-11-18T03:00")


def test_an_hour_that_the_clocks_skip_is_not_repeated() -> None:
    then = span("2026-03-28T01:30", "2026-03-28T03:00")
    night = span("2026-03-28T22:00", "2026-03-29T07:00")
    with pytest.raises(NothingToRepeat, match="never happens"):
        repeated(date(2026, 3, 27), then, date(2026, 3, 28), night)


TWICE_2025 = Interval(datetime(2025, 10, 26, 0, 45, tzinfo=UTC), datetime(2025, 10, 26, 1, 15, tzinfo=UTC))


def test_in_the_hour_that_happens_twice_the_second_end_is_meant_where_the_first_leaves_no_length() -> None:
    night = span("2026-10-24T22:00", "2026-10-25T07:00")
    found = repeated(date(2025, 10, 25), TWICE_2025, date(2026, 10, 24), night)
    assert found.interval == Interval(
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    )


def test_times_that_leave_no_length_on_another_night_are_not_repeated() -> None:
    night = span("2026-10-17T22:00", "2026-10-18T07:00")
    with pytest.raises(NothingToRepeat, match="no length"):
        repeated(date(2025, 10, 25), TWICE_2025, date(2026, 10, 17), night)


@given(
    st.dates(date(2026, 3, 20), date(2026, 11, 10)),
    st.integers(1, 14),
    st.integers(0, 1439),
    st.integers(1, 900),
    st.integers(0, 1439),
    st.integers(1, 720),
)
def test_what_is_repeated_lies_in_the_shift_at_the_same_local_times_unless_it_is_cut(
    then_day: date, later: int, begins: int, lasts: int, shift_begins: int, shift_lasts: int
) -> None:
    day = then_day + timedelta(days=later)

    def at(of: date, minutes: int) -> datetime:
        noon = datetime(of.year, of.month, of.day, tzinfo=UTC)
        return noon + timedelta(minutes=minutes)

    then = Interval(at(then_day, begins), at(then_day, begins + lasts))
    shift = Interval(at(day, shift_begins), at(day, shift_begins + shift_lasts))
    local_day_of_then = to_local(then.starts).date()
    try:
        found = repeated(local_day_of_then, then, day, shift)
    except NothingToRepeat:
        return
    assert shift.contains(found.interval)
    if not found.is_cut:
        assert [to_local(found.interval.starts).time(), to_local(found.interval.ends).time()] == [
            to_local(then.starts).time(),
            to_local(then.ends).time(),
        ]


# Words ------------------------------------------------------------------------------------------------------


def test_only_what_says_nothing_by_itself_needs_words() -> None:
    check_loss(LossKind.SURGERY, None)
    check_verdict(Verdict.APPROPRIATE, None)
    check_verdict(None, None)
    with pytest.raises(WordsMissing):
        check_loss(LossKind.OTHER, "")
    with pytest.raises(WordsMissing):
        check_verdict(Verdict.AVOIDABLE, "  ")
