"""The geometry of charts: what is drawn where."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.intervals import Interval
from npt.kit.months import Month, thirteen_months_to
from npt.kit.shares import Share
from npt.webkit import charts


def figures(*tenths: int | None) -> list[charts.MonthFigure]:
    """Months ending with May 2026, each a rate in tenths of a per cent, or not known."""
    months = thirteen_months_to(Month(2026, 5))[-len(tenths) :]
    return [
        charts.MonthFigure(month, Share(rate or 0, 0 if rate is None else 1000), "words")
        for month, rate in zip(months, tenths, strict=True)
    ]


def span(first: datetime, hours: int) -> Interval:
    return Interval(first, first + timedelta(hours=hours))


def number(percentage: str) -> float:
    return float(percentage.removesuffix("%"))


@given(st.lists(st.none() | st.integers(0, 3000), min_size=1, max_size=13), st.integers(1, 60))
def test_every_bar_and_the_target_lie_inside_the_chart(tenths: list[int | None], target: int) -> None:
    chart = charts.trend(figures(*tenths), target)
    assert chart.top <= chart.target_y < chart.base
    for bar in chart.bars:
        assert chart.top <= bar.y <= bar.y + bar.height == chart.base
        assert 0 <= bar.x < bar.x + charts.BAR_WIDTH <= chart.width


def test_a_rate_exactly_on_target_reaches_the_line_and_is_not_over() -> None:
    (bar,) = charts.trend(figures(200), 20).bars
    assert not bar.is_over
    assert bar.y == charts.trend(figures(200), 20).target_y


def test_a_rate_just_over_target_is_marked() -> None:
    chart = charts.trend(figures(100, 201), 20)
    assert [bar.is_over for bar in chart.bars] == [False, True]
    assert chart.has_over


def test_a_month_that_is_not_known_is_no_bar_of_zero() -> None:
    chart = charts.trend(figures(None, 0), 20)
    assert [(month.bar.is_known, month.value) for month in chart.months] == [(False, ""), (True, "0.0")]
    assert chart.has_unknown


def test_the_last_month_is_the_one_in_question() -> None:
    assert [bar.is_current for bar in charts.trend(figures(100, 110, 120), 20).bars] == [False, False, True]


def test_a_trend_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        charts.trend([], 20)


def test_bars_that_look_alike_are_drawn_at_once_and_what_is_not_known_is_not_drawn() -> None:
    chart = charts.trend(figures(100, None, 100, 300), 20)
    assert [(shape.is_over, shape.is_current, shape.path.count("z")) for shape in chart.shapes] == [
        (False, False, 2),
        (True, True, 1),
    ]


def test_a_miniature_says_of_each_month_whether_it_is_over_or_provisional() -> None:
    rates = [(Share(1, 10), False), (Share(3, 10), True), (Share(0, 0), False)]
    small = charts.small_multiple("T1", "/t1", "30.0%, over 20%", rates, 20)
    assert [(bar.is_known, bar.is_over, bar.is_provisional) for bar in small.bars] == [
        (True, False, False),
        (True, True, True),
        (False, False, False),
    ]
    assert small.bars[1].y < small.target_y < small.bars[0].y


def test_the_hours_of_an_october_night_are_drawn_in_real_time() -> None:
    night = span(datetime(2026, 10, 24, 21, 0, tzinfo=UTC), 10)  # 22:00 to 07:00 across the change
    axis = charts.hour_axis([night])
    assert axis.ends - axis.starts == timedelta(hours=10)
    assert [tick.words for tick in axis.ticks] == ["22:00", "00:00", "02:00", "04:00", "06:00"]


def test_the_hours_of_a_march_day_stay_even_where_one_is_skipped() -> None:
    axis = charts.hour_axis([span(datetime(2026, 3, 29, 0, 0, tzinfo=UTC), 23)])
    assert [tick.words for tick in axis.ticks] == ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"]
    assert axis.ticks[1].x == "13.04%"  # three hours of 23


def test_a_shift_takes_up_its_part_of_the_axis() -> None:
    day = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
    axis = charts.hour_axis([span(day, 10)])
    away = charts.Away(span(day + timedelta(hours=5), 1), "response", is_absence=False)
    strip = axis.strip(span(day, 10), [away])
    assert (strip.shift.x, strip.shift.width, strip.shift.words) == ("0.00%", "100.00%", "07:00–17:00")
    assert (strip.away[0].x, strip.away[0].width) == ("50.00%", "10.00%")
    assert strip.away[0].words == "12:00–13:00 response"


def test_time_away_outside_the_axis_is_cut_at_its_end() -> None:
    day = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
    axis = charts.hour_axis([span(day, 8)])
    part = axis.part(span(day + timedelta(hours=6), 5), "late")
    assert (part.x, part.width) == ("75.00%", "25.00%")


@given(*[st.integers(0, 100_000)] * 4)
def test_a_headroom_bar_is_over_exactly_when_more_is_taken_than_allowed(
    allowance: int, used: int, planned: int, entry: int
) -> None:
    bar = charts.headroom_bar(allowance=allowance, used=used, planned=planned, entry=entry)
    assert bar.is_over == (used + planned + entry > allowance)
    ends = number(bar.entry.x) + number(bar.entry.width)
    assert ends <= 100.02
    assert number(bar.allowance_x) <= 100


def test_the_parts_of_a_headroom_bar_follow_one_another() -> None:
    bar = charts.headroom_bar(allowance=400, used=100, planned=100, entry=100)
    assert [(part.x, part.width) for part in (bar.used, bar.planned, bar.entry)] == [
        ("0.00%", "25.00%"),
        ("25.00%", "25.00%"),
        ("50.00%", "25.00%"),
    ]
    assert bar.allowance_x == "100.00%"
