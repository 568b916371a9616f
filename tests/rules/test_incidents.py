"""Incidents: which location one is at, which months are known, and what a change is called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.incidents.rules import (
    BadRepeats,
    Reach,
    Repeats,
    check_repeats,
    compared,
    judged,
    spot_of,
    spot_point,
)
from npt.incidents.wording import (
    change_in_words,
    direction_in_words,
    headline,
    interval_in_words,
    months_in_words,
)
from npt.kit.months import Month, month_range
from npt.kit.statistics import Windows, count_change
from npt.places.rules import BRITAIN, UNIT, Point

#: A year and a half of files.
REACH = Reach(date(2025, 3, 1), date(2026, 10, 31))
TODAY = date(2026, 11, 16)
OPENED = date(2008, 4, 1)
POINTS = st.builds(
    Point,
    st.integers(BRITAIN.south, BRITAIN.north),
    st.integers(BRITAIN.west, BRITAIN.east),
)


# Locations --------------------------------------------------------------------------------------------------


def test_a_point_comes_before_the_street_it_is_in() -> None:
    point = Point(51 * UNIT, 0)
    assert spot_of(point, "Mill Lane") == spot_of(point, "High Street") == "@510000 0"


def test_a_street_is_one_location_however_it_is_written() -> None:
    assert spot_of(None, "St. John’s Rd") == spot_of(None, "ST JOHNS ROAD") == "st johns road"


@pytest.mark.parametrize("street", [None, "", "–", "…"])
def test_without_point_and_street_there_is_no_location(street: str | None) -> None:
    assert spot_of(None, street) is None


@given(POINTS)
def test_the_location_of_a_point_is_within_ten_metres_of_it(point: Point) -> None:
    spot = spot_of(point, None)
    assert spot is not None
    found = spot_point(spot)
    assert found is not None
    assert abs(found.lat - point.lat) <= UNIT // 20_000
    assert abs(found.lng - point.lng) <= UNIT // 20_000


def test_a_street_is_no_point() -> None:
    assert spot_point("mill lane") is None


# Repeats ----------------------------------------------------------------------------------------------------


def test_ninety_days_end_with_today_and_begin_eighty_nine_days_before() -> None:
    assert Repeats(3, 90).first_day(date(2026, 3, 31)) == date(2026, 1, 1)


@pytest.mark.parametrize("rule", [Repeats(1, 90), Repeats(101, 90), Repeats(3, 6), Repeats(3, 367)])
def test_a_rule_that_finds_everything_or_nothing_is_refused(rule: Repeats) -> None:
    with pytest.raises(BadRepeats):
        check_repeats(rule)


# Known months -----------------------------------------------------------------------------------------------


def test_a_month_is_known_when_the_files_reach_over_it_but_for_a_week_at_either_end() -> None:
    october = Month(2026, 10)
    assert Reach(date(2026, 10, 8), date(2026, 10, 24)).knows(october)
    assert not Reach(date(2026, 10, 9), date(2026, 10, 31)).knows(october)
    assert not Reach(date(2026, 10, 1), date(2026, 10, 23)).knows(october)


def test_the_last_three_whole_months_are_compared_with_the_same_months_a_year_before() -> None:
    found = compared(REACH, OPENED, TODAY)
    assert found is not None
    assert found.after == month_range(Month(2026, 8), Month(2026, 10))
    assert found.before == month_range(Month(2025, 8), Month(2025, 10))
    assert found.days == (92, 92)


def test_while_the_file_of_the_last_month_is_missing_the_three_before_it_are_compared() -> None:
    found = compared(Reach(REACH.first, date(2026, 10, 9)), OPENED, TODAY)
    assert found is not None
    assert found.after[-1] == Month(2026, 9)


def test_a_month_that_ends_today_is_not_over() -> None:
    found = compared(Reach(REACH.first, date(2026, 10, 31)), OPENED, date(2026, 10, 31))
    assert found is not None
    assert found.after[-1] == Month(2026, 9)


def test_a_leap_february_is_a_day_longer() -> None:
    reach = Reach(date(2027, 1, 1), date(2028, 3, 31))
    found = compared(reach, OPENED, date(2028, 4, 1))
    assert found is not None
    assert found.days == (90, 91)


def test_nothing_is_compared_before_a_year_is_known() -> None:
    assert compared(None, OPENED, TODAY) is None
    assert compared(Reach(date(2025, 9, 1), REACH.last), OPENED, TODAY) is None


def test_a_neighbourhood_that_opened_within_the_year_is_not_compared_with_another_ground() -> None:
    assert compared(REACH, date(2025, 8, 1), TODAY) is not None
    assert compared(REACH, date(2025, 8, 2), TODAY) is None


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 2_000), st.dates(date(2021, 1, 1)))
def test_whatever_the_files_only_known_months_that_are_over_are_compared(
    first: date, days: int, today: date
) -> None:
    today = min(today, date(2199, 1, 1))
    reach = Reach(first, first + timedelta(days=days))
    found = compared(reach, OPENED, today)
    if found is not None:
        assert found.after[-1].last < today
        assert all(map(reach.knows, (*found.before, *found.after)))
        assert [month.plus(-12) for month in found.after] == found.before


# Words ------------------------------------------------------------------------------------------------------


def test_the_counts_of_the_house_say_changed_and_by_how_much() -> None:
    comparison = compared(REACH, OPENED, TODAY)
    assert comparison is not None
    counts = {Month(2025, 8): 20, Month(2025, 10): 5, Month(2026, 9): 12, Month(2026, 1): 500}
    windows, change = comparison.windows(counts), judged(comparison, counts)
    assert windows == Windows(25, 12)
    assert change_in_words(change, windows) == "down 52%"
    assert interval_in_words(change) == "0.22 to 0.99"
    assert headline(comparison, windows, change) == (
        "August to October 2026: 12 incidents, against 25 in August to October 2025: down 52%, more than"
        " chance explains."
    )


@pytest.mark.parametrize(
    ("windows", "words", "direction"),
    [
        (Windows(9, 3), "no clear change", "down 67%"),
        (Windows(5, 0), "no clear change: zero is not proof", "down 100%"),
        (Windows(0, 9), "up from none", "up from none"),
        (Windows(0, 0), "none in either", "none"),
        (Windows(40, 40), "no clear change", "level"),
        (Windows(10, 40), "up 300%", "up 300%"),
    ],
)
def test_a_change_is_told_in_words(windows: Windows, words: str, direction: str) -> None:
    change = count_change(windows, before_days=92, after_days=92)
    assert (change_in_words(change, windows), direction_in_words(change)) == (words, direction)


def test_a_change_that_rounds_to_nothing_is_not_called_a_change_of_nothing() -> None:
    change = count_change(Windows(1_000, 1_001), before_days=92, after_days=92)
    assert direction_in_words(change) == "up less than 1%"


def test_months_that_span_new_year_have_both_years() -> None:
    assert (
        months_in_words([Month(2025, 12), Month(2026, 1), Month(2026, 2)]) == "December 2025 to February 2026"
    )
    assert months_in_words(month_range(Month(2026, 8), Month(2026, 10))) == "August to October 2026"
