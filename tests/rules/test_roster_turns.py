"""What shifts are called on the wall: early, late and night, with a number where their times differ."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import parse_instant
from npt.kit.intervals import Interval
from npt.rostering.rules import Turn, times_of, wall_codes
from npt.rostering.rules.turns import turn_of


def shift(starts: str, ends: str) -> Interval:
    return Interval(parse_instant(starts).instant, parse_instant(ends).instant)


@pytest.mark.parametrize(
    ("starts", "turn"),
    [
        (time(3, 59), Turn.NIGHT),
        (time(4), Turn.EARLY),
        (time(11, 59), Turn.EARLY),
        (time(12), Turn.LATE),
        (time(19, 59), Turn.LATE),
        (time(20), Turn.NIGHT),
        (time(0), Turn.NIGHT),
    ],
)
def test_the_start_of_a_shift_says_what_it_is_called(starts: time, turn: Turn) -> None:
    assert turn_of(starts) is turn
    assert f"{starts:%H:%M}" in turn.wording or starts == time(0)


def test_shifts_of_other_times_have_a_number_and_one_alone_has_none() -> None:
    early, later = (
        shift("2026-11-16T07:00", "2026-11-16T17:00"),
        shift("2026-11-16T08:00", "2026-11-16T17:30"),
    )
    night = shift("2026-11-16T22:00", "2026-11-17T07:00")
    codes = wall_codes([later, early, night, early])
    assert [(code.turn.value, code.number, code.times) for code in codes.values()] == [
        ("E", 1, "07:00 to 17:00"),
        ("E", 2, "08:00 to 17:30"),
        ("N", None, "22:00 to 07:00"),
    ]


def test_the_times_on_the_wall_are_local_in_summer_and_in_winter() -> None:
    june, november = (shift(f"2026-{day}T07:00", f"2026-{day}T15:00") for day in ("06-01", "11-16"))
    assert len(wall_codes([june, november])) == 1


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 12)), max_size=20))
def test_every_shift_has_a_code_and_no_two_times_share_one(shifts: list[tuple[int, int]]) -> None:
    made = [
        shift(
            f"2026-11-16T{hour:02}:00", f"2026-11-{16 + (hour + length) // 24}T{(hour + length) % 24:02}:00"
        )
        for hour, length in shifts
    ]
    codes = wall_codes(made)
    assert {times_of(each) for each in made} == set(codes)
    assert len({(code.turn, code.number) for code in codes.values()}) == len(codes)
