"""What the figures show of a problem, and what a measure can show at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.statistics import Windows
from npt.outcomes.rules import Figures, after_by_default, can_show, check_after, figures_of, is_same_ground
from npt.places.rules import UNIT, Circle, Point
from npt.problems.rules import BadWindows, Counted, Window

SPRING = Window(date(2026, 3, 1), date(2026, 5, 31))
AUTUMN = Window(date(2026, 8, 1), date(2026, 10, 31))
TODAY = date(2026, 11, 30)
MIDDLE = Point(52 * UNIT, -UNIT // 2)


def held(before: int, after: int, **other: Windows) -> Figures:
    """The figures of two windows of 92 days."""
    return figures_of(SPRING.counted(before), AUTUMN.counted(after), **other)


def rounded(*ends: object) -> tuple[float, ...]:
    """Ends of an interval to two decimals."""
    return tuple(round(float(end), 2) for end in ends)  # type: ignore[arg-type]  # fractions, checked by their sum


# Which days -------------------------------------------------------------------------------------------------


def test_the_days_after_begin_once_the_last_action_has_ended_and_are_as_many_as_before() -> None:
    assert after_by_default(SPRING, date(2026, 7, 31)) == AUTUMN


def test_a_day_cannot_count_both_before_and_after() -> None:
    with pytest.raises(BadWindows, match="overlap") as refused:
        check_after(Window(date(2026, 5, 31), date(2026, 8, 1)), SPRING, TODAY)
    assert refused.value.field == "after_from"


def test_days_that_have_not_gone_by_are_not_counted_yet() -> None:
    with pytest.raises(BadWindows, match="wait until then") as refused:
        check_after(Window(date(2026, 11, 1), date(2026, 12, 1)), SPRING, TODAY)
    assert refused.value.field == "after_to"


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(BadWindows, match="first day or later"):
        check_after(Window(date(2026, 10, 2), date(2026, 10, 1)), SPRING, TODAY)


def test_days_after_do_not_come_before_those_of_before() -> None:
    with pytest.raises(BadWindows, match="come before"):
        check_after(Window(date(2026, 1, 1), date(2026, 2, 1)), SPRING, TODAY)


def test_days_after_may_be_today_and_need_no_baseline() -> None:
    check_after(Window(TODAY, TODAY), None, TODAY)


def test_the_same_days_a_year_before_are_as_many_across_a_leap_day() -> None:
    leap = Window(date(2028, 2, 29), date(2028, 3, 31))
    assert leap.year_before == Window(date(2027, 2, 28), date(2027, 3, 31))
    assert AUTUMN.year_before == Window(date(2025, 8, 1), date(2025, 10, 31))


# What may be said -------------------------------------------------------------------------------------------


def test_twenty_five_to_twelve_is_a_fall() -> None:
    change = held(25, 12).change
    assert change.has_changed
    assert rounded(change.ratio, change.low, change.high) == (0.48, 0.22, 0.99)


def test_from_nothing_before_no_ratio_is_told() -> None:
    change = held(0, 4).change
    assert (change.ratio, change.high, change.has_changed) == (None, None, False)
    assert held(0, 0).change.has_changed is None


def test_windows_that_differ_in_length_give_rates_and_no_number() -> None:
    longer = Window(date(2026, 6, 1), date(2026, 11, 30))
    found = figures_of(SPRING.counted(25), longer.counted(50), elsewhere=Windows(24, 50))
    assert not found.is_same_length
    assert found.change.ratio is not None
    assert rounded(found.change.ratio) == (1.01,)
    assert found.fewer is None
    assert found.why_no_number is not None
    assert "differ in length" in found.why_no_number


def test_the_ratio_of_ratios_comes_with_areas_unlike_in_size_and_the_number_does_not() -> None:
    found = held(200, 100, elsewhere=Windows(50, 25))
    assert found.beside is not None
    assert rounded(found.beside.ratio, found.beside.low, found.beside.high) == (1.0, 0.58, 1.71)
    assert found.fewer is None
    assert found.why_no_number is not None
    assert "one and a half times" in found.why_no_number


def test_an_area_with_ten_times_as_many_is_told_to_be_too_unlike() -> None:
    assert "so unlike in size" in str(held(20, 10, elsewhere=Windows(200, 180)).why_no_number)
    assert "so unlike in size" in str(held(200, 180, elsewhere=Windows(20, 10)).why_no_number)


def test_the_number_prevented_comes_with_areas_alike_and_with_what_moved() -> None:
    found = held(
        207,
        110,
        elsewhere=Windows(308, 318),
        around=Windows(178, 157),
        around_elsewhere=Windows(150, 140),
    )
    assert found.fewer is not None
    assert (found.fewer.difference, found.fewer.variance) == (-118, 1568)
    assert rounded(found.fewer.z, found.fewer.low, found.fewer.high) == (-2.98, -195.61, -40.39)
    assert found.beside is not None
    assert rounded(found.beside.ratio, found.beside.low, found.beside.high) == (0.51, 0.39, 0.68)


def test_surroundings_of_one_place_alone_are_judged_by_themselves() -> None:
    found = held(20, 8, elsewhere=Windows(20, 20), around=Windows(5, 20))
    assert found.fewer is not None
    assert found.fewer.variance == 68
    assert found.around_change is not None
    assert found.around_change.has_changed
    assert held(20, 8).around_change is None


@pytest.mark.parametrize(
    ("elsewhere", "has_point", "is_same"),
    [
        ("F/B/A/T1/", True, True),
        ("F/B/A/", True, False),
        ("F/B/A/T1/N1/", True, False),
        ("F/B/A/T1/", False, True),
        ("F/B/A/", False, True),
        ("F/B/A/T1/N1/", False, True),
        ("F/B/A/T2/", False, False),
    ],
)
def test_an_area_is_never_compared_with_itself(elsewhere: str, has_point: bool, is_same: bool) -> None:
    assert is_same_ground("F/B/A/T1/", elsewhere, has_point=has_point) is is_same


# What a measure can show ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "most_after"),
    [(0, None), (5, None), (6, 0), (10, 2), (20, 8), (50, 31), (100, 73), (200, 161)],
)
def test_how_far_a_count_has_to_fall_to_be_known(before: int, most_after: int | None) -> None:
    assert can_show(SPRING.counted(before)).most_after == most_after


def test_a_count_too_small_for_half_to_show_is_told_how_many_days_would_do() -> None:
    few = can_show(SPRING.counted(9))
    assert not few.is_enough
    assert few.days is not None
    longer = can_show(Counted(SPRING.first, SPRING.first + timedelta(days=few.days - 1), few.enough))
    assert longer.is_enough
    assert longer.most_after is not None
    assert longer.most_after >= few.enough // 2


def test_of_nothing_no_longer_window_shows_more() -> None:
    assert can_show(SPRING.counted(0)).days is None
    assert can_show(SPRING.counted(50)).days is None


# Which points -----------------------------------------------------------------------------------------------


@given(st.integers(25, 5000), st.integers(-50_000_000, 50_000_000), st.integers(-50_000_000, 50_000_000))
def test_what_a_circle_holds_its_box_holds(metres: int, north: int, east: int) -> None:
    circle = Circle(MIDDLE, metres)
    point = Point(MIDDLE.lat + north % 500_000 - 250_000, MIDDLE.lng + east % 900_000 - 450_000)
    assert circle.box.holds(point) or not circle.holds(point)
    assert circle.doubled.holds(point) or not circle.holds(point)


@pytest.mark.parametrize(("north", "east"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_a_circle_ends_after_its_metres_in_every_direction(north: int, east: int) -> None:
    circle = Circle(MIDDLE, 250)
    # A degree of longitude at 52 degrees is 0.6157 of one of latitude.
    a_metre = UNIT / 111_195
    across = a_metre / 0.616

    def away(metres: float) -> Point:
        return Point(MIDDLE.lat + round(north * metres * a_metre), MIDDLE.lng + round(east * metres * across))

    assert circle.holds(away(249.9))
    assert not circle.holds(away(250.1))
