"""Calendar months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.months import Month, month_range, thirteen_months_to

OCTOBER = Month(2026, 10)
months = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))


def test_a_month_is_written_as_year_and_month() -> None:
    assert str(OCTOBER) == "2026-10"


def test_a_month_is_titled_in_words() -> None:
    assert OCTOBER.title == "October 2026"


@given(months)
def test_a_month_reads_back_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "0000-01",
        "1899-12",
        "2200-01",
        "2026",
        "2026-1",
        "26-10",
        "2026-10-01",
        "",
        "٢٠٢٦-١٠",
    ],
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|year"):
        Month.parse(text)


def test_a_refused_month_says_how_to_write_one() -> None:
    with pytest.raises(ValueError, match="write the year and the month, like 2026-10"):
        Month.parse("October 2026")


def test_a_month_knows_its_first_and_last_day() -> None:
    assert (Month(2028, 2).first, Month(2028, 2).last) == (date(2028, 2, 1), date(2028, 2, 29))


@given(months)
def test_the_days_of_a_month_are_exactly_those_that_belong_to_it(month: Month) -> None:
    days = list(month.days())
    assert days[0] == month.first
    assert days[-1] == month.last
    assert {Month.of(day) for day in days} == {month}
    assert len(days) == month.last.day


def test_the_month_after_december_is_january() -> None:
    assert Month(2026, 12).next == Month(2027, 1)


def test_the_month_before_january_is_december() -> None:
    assert Month(2026, 1).previous == Month(2025, 12)


@given(months, st.integers(-290, 290), st.integers(-290, 290))
def test_going_two_distances_is_going_their_sum(month: Month, one: int, other: int) -> None:
    assert month.plus(one).plus(other) == month.plus(one + other)


@given(months, st.integers(1, 500))
def test_a_later_month_orders_after_an_earlier_one_and_starts_later(month: Month, distance: int) -> None:
    later = month.plus(distance)
    assert later > month
    assert later.first > month.last


def test_a_month_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(ValueError, match="2200"):
        Month(2199, 12).plus(1)


def test_a_range_of_months_includes_both_ends() -> None:
    assert [str(month) for month in month_range(Month(2026, 11), Month(2027, 2))] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_a_range_that_ends_before_it_starts_is_empty() -> None:
    assert OCTOBER.until(Month(2026, 9)) == []


def test_thirteen_months_end_with_the_month_and_begin_with_the_same_month_a_year_ago() -> None:
    thirteen = thirteen_months_to(OCTOBER)
    assert (len(thirteen), thirteen[0], thirteen[-1]) == (13, Month(2025, 10), OCTOBER)
