"""XmR limits: what is out of the ordinary in a series."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.statistics import Limits, NotJudged, Rule, limits_of, signals_in

#: mean 10, limits 4 and 16, two thirds of the way to them 6 and 14
LIMITS = Limits(mean=Fraction(10), width=Fraction(6), is_trial=False)
FLOORED = Limits(mean=Fraction(10), width=Fraction(12), is_trial=False)

numbers = st.lists(st.decimals(0, 1000, places=1), min_size=8, max_size=40)


def signals(*values: int | Decimal, limits: Limits = LIMITS) -> list[tuple[int, str]]:
    return [(each.at, each.rule.value) for each in signals_in(values, limits)]


def test_limits_are_2_66_mean_moving_ranges_from_the_mean() -> None:
    drawn = limits_of([10, 12] * 6)
    assert drawn.mean == 11
    assert (drawn.low, drawn.high) == (Fraction("5.68"), Fraction("16.32"))
    assert (drawn.is_trial, drawn.is_floored) == (False, False)


@given(numbers)
def test_limits_are_those_of_the_formula(values: list[Decimal]) -> None:
    drawn = limits_of(values)
    each = [float(value) for value in values]
    width = 2.66 * fmean(abs(after - before) for before, after in pairwise(each))
    assert float(drawn.mean) == pytest.approx(fmean(each))
    if len(set(values)) == 1:
        assert (drawn.low, drawn.high, drawn.is_floored) == (None, None, False)
        return
    assert drawn.low is not None
    assert drawn.high is not None
    assert float(drawn.low) == pytest.approx(max(0.0, fmean(each) - width), abs=1e-9)
    assert float(drawn.high) == pytest.approx(fmean(each) + width)
    assert drawn.is_floored is (drawn.mean < drawn.high - drawn.mean)


@given(numbers, st.integers(1, 50))
def test_the_unit_of_the_values_changes_no_signal(values: list[Decimal], factor: int) -> None:
    larger = [factor * value for value in values]
    assert signals_in(values, limits_of(values)) == signals_in(larger, limits_of(larger))


@pytest.mark.parametrize(("count", "is_trial"), [(8, True), (11, True), (12, False), (13, False)])
def test_limits_are_on_trial_under_twelve_values(count: int, is_trial: bool) -> None:
    assert limits_of(list(range(count))).is_trial is is_trial


@pytest.mark.parametrize("count", [0, 1, 7])
def test_fewer_than_eight_values_draw_no_limits(count: int) -> None:
    with pytest.raises(NotJudged, match=f"{count} is too few: limits need 8 values at least"):
        limits_of(list(range(count)))


def test_without_variation_there_are_no_limits_and_nothing_is_outside() -> None:
    drawn = limits_of([5] * 12)
    assert drawn.mean == 5
    assert (drawn.low, drawn.high) == (None, None)
    assert signals(*[5] * 12, 500, limits=drawn) == []


@pytest.mark.parametrize(
    ("value", "says"),
    [(-1, "value 2, -1, is below 0"), (Decimal("NaN"), "value 2, NaN, is no number")],
)
def test_a_value_that_makes_no_sense_is_refused(value: int | Decimal, says: str) -> None:
    with pytest.raises(NotJudged, match=says):
        limits_of([5, value, *range(8)])
    with pytest.raises(NotJudged, match=says):
        signals(5, value)


def test_beyond_a_limit_is_outside_and_on_it_is_not() -> None:
    assert signals(16, 4) == []
    assert signals(Decimal("16.01"), 10, 10, Decimal("3.99")) == [(1, "outside"), (4, "outside")]


def test_the_seventh_in_a_row_on_one_side_is_a_run() -> None:
    assert signals(*[11, 12] * 3) == []
    assert signals(*[11, 12] * 3, 11) == [(7, "run")]
    assert signals(*[9, 8] * 4) == [(7, "run"), (8, "run")]


def test_a_value_on_the_mean_breaks_a_run() -> None:
    assert signals(11, 12, 11, 10, 12, 11, 12, 11, 12, 11) == []


def test_what_crosses_the_mean_with_every_step_is_neither_run_nor_trend() -> None:
    assert signals(*[9, 11] * 6) == []


def test_the_seventh_in_a_row_that_rises_or_falls_is_a_trend() -> None:
    assert signals(7, 8, 9, 10, 11, 12) == []
    assert signals(7, 8, 9, 10, 11, 12, 13) == [(7, "trend")]
    assert signals(13, 12, 11, 10, 9, 8, 7) == [(7, "trend")]
    assert signals(7, 8, 9, 10, 10, 11, 12, 13) == []


def test_two_of_three_beyond_two_thirds_of_the_way_to_a_limit_on_one_side_are_near_it() -> None:
    assert signals(15, 10, 15) == [(3, "near")]
    assert signals(15, 15) == [(2, "near")]
    assert signals(5, 9, 5) == [(3, "near")]
    # Not on the line, on two sides or further apart; nor the one that comes after them and lies within.
    assert signals(14, 14, 14) == []
    assert signals(15, 5, 10) == []
    assert signals(15, 10, 10, 15) == []
    assert signals(15, 15, 10) == [(2, "near")]


def test_one_value_may_complete_several_rules() -> None:
    assert signals(11, 12, 11, 12, 11, 15, 17) == [(7, "outside"), (7, "run"), (7, "near")]


def test_where_the_lower_limit_is_floored_no_fall_is_outside_or_near() -> None:
    assert FLOORED.is_floored
    assert FLOORED.low == 0
    assert FLOORED.high == 22
    assert signals(0, 0, limits=FLOORED) == []
    assert signals(23, 0, limits=FLOORED) == [(1, "outside")]
    assert signals(0, 1, 0, 1, 0, 1, 0, limits=FLOORED) == [(7, "run")]


def test_a_lower_limit_of_exactly_0_is_not_floored() -> None:
    assert not Limits(Fraction(6), Fraction(6), is_trial=False).is_floored


def test_by_chance_about_two_months_in_a_hundred_are_outside() -> None:
    """Twelve months and the one that is judged, all from one normal distribution that stays above 0."""
    chance, tries = Random(9), 4000
    flagged = 0
    for _ in range(tries):
        values = [round(chance.gauss(10_000, 100)) for _ in range(13)]
        flagged += (13, Rule.OUTSIDE) in {
            (each.at, each.rule) for each in signals_in(values, limits_of(values[:12]))
        }
    assert 0.01 < flagged / tries < 0.03
