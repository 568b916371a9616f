"""Repeating rosters laid over the calendar."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import local_day, parse_instant, to_local
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.shifts.rules import PatternDay, PatternTimeNeverHappens, ShiftTooLong, pattern_shifts

NIGHT = PatternDay(time(22), time(7))
EARLY = PatternDay(time(7), time(15))
OFF = PatternDay()
OCTOBER_CHANGE = date(2026, 10, 25)
MARCH_CHANGE = date(2026, 3, 29)
FOUR_ON_FOUR_OFF = [EARLY, EARLY, NIGHT, NIGHT, OFF, OFF, OFF, OFF]

days = st.integers(0, 800).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))


def night_of(day: date) -> Interval:
    (shift,) = pattern_shifts([NIGHT], day, day, day)
    return shift


def test_a_night_shift_lasts_nine_hours() -> None:
    assert night_of(date(2026, 5, 4)).minutes == 9 * 60


def test_a_night_shift_across_the_october_change_lasts_ten_hours() -> None:
    assert night_of(OCTOBER_CHANGE - timedelta(days=1)).minutes == 10 * 60


def test_a_night_shift_across_the_march_change_lasts_eight_hours() -> None:
    assert night_of(MARCH_CHANGE - timedelta(days=1)).minutes == 8 * 60


def test_a_night_shift_belongs_to_the_local_day_on_which_it_starts() -> None:
    assert local_day(night_of(date(2026, 5, 4)).starts) == date(2026, 5, 4)


def test_a_cycle_begins_on_its_anchor() -> None:
    anchor = date(2026, 5, 4)
    shifts = pattern_shifts(FOUR_ON_FOUR_OFF, anchor, anchor, anchor + timedelta(days=8))
    assert [local_day(shift.starts).day for shift in shifts] == [4, 5, 6, 7, 12]


def test_a_cycle_runs_backwards_before_its_anchor() -> None:
    anchor = date(2026, 5, 4)
    (shift,) = pattern_shifts(FOUR_ON_FOUR_OFF, anchor, date(2026, 4, 29), date(2026, 4, 29))
    assert to_local(shift.starts).hour == 22


def test_days_off_have_no_shift() -> None:
    assert list(pattern_shifts([OFF], date(2026, 5, 4), date(2026, 5, 4), date(2026, 5, 31))) == []


def test_a_pattern_over_no_days_has_no_shift() -> None:
    assert list(pattern_shifts([EARLY], date(2026, 5, 4), date(2026, 5, 4), date(2026, 5, 3))) == []


@given(days, days, st.integers(0, 60))
def test_every_shift_of_a_pattern_starts_at_its_local_time_on_the_day_of_the_cycle(
    anchor: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    shifts = {
        local_day(shift.starts): shift for shift in pattern_shifts(FOUR_ON_FOUR_OFF, anchor, first, last)
    }
    for offset in range(length + 1):
        day = first + timedelta(days=offset)
        planned = FOUR_ON_FOUR_OFF[(day - anchor).days % 8]
        if planned.starts is None:
            assert day not in shifts
        else:
            assert to_local(shifts[day].starts).time() == planned.starts
            assert to_local(shifts[day].ends).time() == planned.ends


def test_the_same_pattern_laid_in_two_pieces_is_the_pattern_laid_in_one() -> None:
    anchor, first, middle, last = date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 29), date(2026, 11, 1)
    whole = list(pattern_shifts(FOUR_ON_FOUR_OFF, anchor, first, last))
    assert whole == [
        *pattern_shifts(FOUR_ON_FOUR_OFF, anchor, first, middle),
        *pattern_shifts(FOUR_ON_FOUR_OFF, anchor, middle + timedelta(days=1), last),
    ]


def test_a_shift_that_would_start_in_the_skipped_hour_is_refused_with_its_place() -> None:
    half_past_one = PatternDay(time(1, 30), time(9))
    with pytest.raises(
        PatternTimeNeverHappens, match="Day 2 of the pattern: 29 March 2026 01:30 never happens"
    ):
        list(pattern_shifts([EARLY, half_past_one], date(2026, 3, 28), date(2026, 3, 28), MARCH_CHANGE))


def test_a_time_of_a_pattern_that_never_happens_is_a_refusal_a_person_can_read() -> None:
    with pytest.raises(Refusal, match="Change that day's time"):
        list(
            pattern_shifts(
                [PatternDay(time(18), time(1, 30))], MARCH_CHANGE, date(2026, 3, 28), date(2026, 3, 28)
            )
        )


def test_a_shift_that_ends_in_the_hour_that_happens_twice_ends_the_first_time() -> None:
    late = PatternDay(time(18), time(1, 30))
    (shift,) = pattern_shifts([late], OCTOBER_CHANGE, date(2026, 10, 24), date(2026, 10, 24))
    assert shift.ends == parse_instant("2026-10-25T01:30+01:00").instant


def test_a_day_and_night_of_duty_is_over_24_hours_on_the_october_change() -> None:
    noon_to_noon = PatternDay(time(12), time(12))
    with pytest.raises(ShiftTooLong):
        list(pattern_shifts([noon_to_noon], OCTOBER_CHANGE, date(2026, 10, 24), date(2026, 10, 24)))


def test_a_day_of_a_pattern_needs_both_its_times_or_neither() -> None:
    with pytest.raises(ValueError, match="both a start and an end"):
        PatternDay(starts=time(7))


def test_a_pattern_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        list(pattern_shifts([], MARCH_CHANGE, MARCH_CHANGE, MARCH_CHANGE))
