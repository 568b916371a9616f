"""Which months draw the limits of a measure, and what they say of a month."""

import random
from fractions import Fraction

import pytest

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.kit.statistics import Rule, limits_of, signals_in
from npt.measures.rules import UNKNOWN, Figure
from npt.signals.rules import (
    BY_CHANCE,
    MONTHS_BEFORE,
    Drawn,
    LeftOut,
    RebaseRefused,
    check_rebase,
    drawn_for,
    signals_for,
)
from npt.webkit.charts import LimitsChart, LimitsLines, LimitsPoint, limits_chart

OCTOBER = Month(2026, 10)
USUAL = (12, 14, 11, 13, 12, 15, 13, 12, 14, 11, 13, 12)


def series(*counts: int | None, last: Month = OCTOBER.previous) -> dict[Month, Figure]:
    """The months up to the last one; None is not known."""
    first = last.plus(1 - len(counts))
    return {
        first.plus(place): UNKNOWN if count is None else Figure(count) for place, count in enumerate(counts)
    }


def judged(months: dict[Month, Figure], figure: Figure) -> tuple[Drawn, tuple[Rule, ...]]:
    months = {**months, OCTOBER: figure}
    drawn = drawn_for(months, OCTOBER)
    return drawn, signals_for(months, OCTOBER, drawn)


def test_limits_come_from_the_twelve_months_before_and_not_from_the_month_itself() -> None:
    drawn, _ = judged(series(99, *USUAL), Figure(500))
    assert drawn.months == tuple(OCTOBER.plus(-12).until(OCTOBER.previous))
    assert drawn.limits == limits_of(USUAL)


def test_a_month_far_above_its_limits_is_told() -> None:
    assert judged(series(*USUAL), Figure(30))[1] == (Rule.OUTSIDE,)


def test_a_month_like_those_before_is_not_told() -> None:
    assert judged(series(*USUAL), Figure(13))[1] == ()


def test_a_series_of_three_months_draws_no_limits_and_says_so() -> None:
    drawn, signals = judged(series(12, 14, 11), Figure(99))
    assert (drawn.limits, signals) == (None, ())
    assert drawn.why_none == "No limits: 3 months to draw them from, and 8 are needed."


def test_months_that_are_all_the_same_draw_no_limits_and_say_so() -> None:
    drawn, signals = judged(series(*[7] * 12), Figure(8))
    assert (drawn.limits, signals) == (None, ())
    assert "all the same" in drawn.why_none


def test_unknown_months_are_left_out_and_named() -> None:
    drawn, _ = judged(series(*USUAL[:5], None, *USUAL[6:]), Figure(13))
    assert drawn.left_out == ((Month(2026, 3), LeftOut.UNKNOWN),)
    assert drawn.limits is not None
    assert drawn.limits.is_trial


def test_a_month_without_any_figure_is_left_out_as_unknown() -> None:
    drawn, _ = judged(series(*USUAL[:11]), Figure(13))
    assert drawn.left_out == ((Month(2025, 10), LeftOut.UNKNOWN),)


def test_a_month_not_confirmed_is_left_out_and_named() -> None:
    months = series(*USUAL) | {Month(2026, 9): Figure(12, coverage=Share(89, 100))}
    drawn, _ = judged(months, Figure(13))
    assert drawn.left_out == ((Month(2026, 9), LeftOut.UNCONFIRMED),)


def test_a_month_confirmed_for_nine_shifts_in_ten_draws_limits() -> None:
    months = series(*USUAL) | {Month(2026, 9): Figure(12, coverage=Share(90, 100))}
    assert judged(months, Figure(13))[0].left_out == ()


@pytest.mark.parametrize("figure", [UNKNOWN, Figure(500, coverage=Share(1, 2)), Figure(-5)], ids=str)
def test_a_month_that_cannot_be_judged_gives_no_signal(figure: Figure) -> None:
    assert judged(series(*USUAL), figure)[1] == ()


def test_a_figure_below_nothing_draws_no_limits() -> None:
    drawn, _ = judged(series(-1, *USUAL[1:]), Figure(13))
    assert drawn.limits is None
    assert "below 0" in drawn.why_none


def test_limits_drawn_anew_leave_earlier_months_alone() -> None:
    drawn = drawn_for(series(99, 98, *USUAL[2:]), OCTOBER, since=Month(2025, 12))
    assert drawn.months[0] == Month(2025, 12)
    assert drawn.left_out == ()


def test_limits_cannot_be_drawn_anew_from_a_month_after_the_review() -> None:
    with pytest.raises(RebaseRefused, match="November 2026 comes after October 2026"):
        check_rebase(OCTOBER.next, OCTOBER, "New shifts")


def test_limits_are_not_drawn_anew_without_a_reason() -> None:
    with pytest.raises(RebaseRefused, match="say why"):
        check_rebase(OCTOBER, OCTOBER, "  ")


@pytest.mark.parametrize("months", [8, MONTHS_BEFORE])
def test_how_often_chance_alone_flags_a_month_is_as_simulated(months: int) -> None:
    chance, tries = random.Random(months), 2_000
    flagged = 0
    for _ in range(tries):
        values = [round(chance.gauss(10_000, 500)) for _ in range(months + 1)]
        limits = limits_of(values[:-1])
        flagged += bool(signals_in(values, limits, since=len(values)))
    assert abs(Fraction(flagged, tries) - BY_CHANCE[months]) < Fraction(13, 1_000)  # three standard errors


def test_what_chance_alone_raises_is_nothing_where_nothing_is_judged() -> None:
    assert drawn_for(series(1, 2, 3), OCTOBER).by_chance == 0


# As it is drawn ---------------------------------------------------------------------------------------------


def chart_of(*values: int | None, **lines: int) -> LimitsChart:
    points = [
        LimitsPoint(OCTOBER.plus(place), None if value is None else Fraction(value))
        for place, value in enumerate(values)
    ]
    return limits_chart(points, LimitsLines(**{name: Fraction(value) for name, value in lines.items()}))


def test_a_month_that_is_not_known_leaves_a_gap_and_is_marked() -> None:
    chart = chart_of(4, None, 4)
    assert (chart.line, chart.unknown) == ("M5 8M25 8", ("50.00%",))


def test_months_far_above_nothing_are_drawn_large_between_their_limits() -> None:
    assert chart_of(30, 31, low=29, high=32).band == (8, 64)
    assert chart_of(0, 31, low=0, high=32).base == 88


def test_a_month_that_is_not_confirmed_is_a_box_and_no_dot() -> None:
    chart = limits_chart([LimitsPoint(OCTOBER, Fraction(1), is_settled=False)], LimitsLines())
    assert (chart.dots, bool(chart.hollow)) == ("", True)


def test_a_chart_of_nothing_known_is_drawn_all_the_same() -> None:
    chart = chart_of(None, None)
    assert (chart.line, chart.last, chart.band) == ("", "", None)
