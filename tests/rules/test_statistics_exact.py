"""Exact intervals and tests, against sums of exact probabilities."""

import math
from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from npt.kit.statistics import NotJudged, count_ends, share_ends
from npt.kit.statistics.exact import share_tails

TAIL = Fraction(1, 40)


@st.composite
def parts(draw: st.DrawFn, most: int = 60) -> tuple[int, int]:
    whole = draw(st.integers(1, most))
    return draw(st.integers(0, whole)), whole


def chance(counts: range, whole: int, share: Fraction) -> Fraction:
    """The exact chance that the count of `whole` is one of `counts`."""
    return sum(
        (comb(whole, each) * share**each * (1 - share) ** (whole - each) for each in counts), Fraction(0)
    )


def is_about(value: Fraction, expected: Fraction) -> bool:
    return abs(value - expected) <= Fraction(1, 10**11)


@given(parts())
def test_under_each_end_of_a_share_the_tail_is_two_and_a_half_per_cent(given: tuple[int, int]) -> None:
    part, whole = given
    ends = share_ends(part, whole)
    if part:
        assert is_about(chance(range(part, whole + 1), whole, ends.low), TAIL)
    if part < whole:
        assert is_about(chance(range(part + 1), whole, ends.high), TAIL)
    assert 0 <= ends.low <= Fraction(part, whole) <= ends.high <= 1


@given(st.integers(1, 2 * 10**9))
@example(2 * 10**9)
def test_of_none_and_of_all_one_end_is_certain_and_the_other_has_a_plain_formula(whole: int) -> None:
    none, all_of_them = share_ends(0, whole), share_ends(whole, whole)
    assert none.low == 0
    assert all_of_them.high == 1
    assert float(none.high) == pytest.approx(-math.expm1(math.log(0.025) / whole), rel=1e-9)
    assert float(all_of_them.low) == pytest.approx(math.exp(math.log(0.025) / whole), rel=1e-9)


@given(parts(10**6))
def test_the_interval_of_the_others_is_the_mirror_image(given: tuple[int, int]) -> None:
    part, whole = given
    ends, mirror = share_ends(part, whole), share_ends(whole - part, whole)
    assert is_about(ends.low, 1 - mirror.high)
    assert is_about(ends.high, 1 - mirror.low)


@given(parts(), st.fractions(0, 1, max_denominator=200))
def test_tails_are_sums_of_exact_probabilities(given: tuple[int, int], share: Fraction) -> None:
    part, whole = given
    tails = share_tails(part, whole, share)
    assert is_about(Fraction(tails.lower), chance(range(part + 1), whole, share))
    assert is_about(Fraction(tails.upper), chance(range(part, whole + 1), whole, share))


@given(parts(10**6), st.fractions(0, 1, max_denominator=1000))
@example((1, 1), Fraction(1, 39))
@example((0, 60), Fraction(12, 100))
def test_interval_and_test_never_contradict_each_other(given: tuple[int, int], share: Fraction) -> None:
    part, whole = given
    ends, tails = share_ends(part, whole), share_tails(part, whole, share)
    assume(min(abs(ends.low - share), abs(ends.high - share)) > Fraction(1, 10**9))
    assert tails.is_low is (ends.high < share)
    assert tails.is_high is (ends.low > share)
    assert (tails.p < 0.05) is (tails.is_low or tails.is_high)


def test_a_tail_of_exactly_two_and_a_half_per_cent_is_not_below_it() -> None:
    tails = share_tails(1, 1, Fraction(1, 40))
    assert (tails.is_high, tails.is_low) == (False, False)
    assert share_tails(1, 1, Fraction(999, 40_000)).is_high


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (0, 0, "a share of nobody is not known"),
        (0, -1, "a count cannot be -1"),
        (-1, 4, "a count cannot be -1"),
        (5, 4, "5 of 4 is more than all: give 4 at most"),
        (1, 2 * 10**9 + 1, "too large: give 2,000,000,000 at most"),
    ],
)
def test_a_share_that_makes_no_sense_is_refused(part: int, whole: int, says: str) -> None:
    with pytest.raises(NotJudged, match=says):
        share_ends(part, whole)


def poisson(counts: range, mean: Fraction) -> Fraction:
    """The chance that a Poisson count of that mean is one of `counts`, to 25 digits."""
    nothing = Fraction((-Decimal(mean.numerator) / Decimal(mean.denominator)).exp())
    return sum((nothing * mean**each / math.factorial(each) for each in counts), Fraction(0))


@given(st.integers(0, 40))
def test_under_each_end_of_a_count_the_tail_is_two_and_a_half_per_cent(count: int) -> None:
    ends = count_ends(count)
    assert is_about(poisson(range(count + 1), ends.high), TAIL)
    assert ends.low == 0 if count == 0 else is_about(1 - poisson(range(count), ends.low), TAIL)
    assert ends.low <= count <= ends.high


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, "0.0000", "3.6889"), (1, "0.0253", "5.5716"), (10, "4.7954", "18.3904")]
)
def test_the_interval_of_a_count_is_that_of_the_tables(count: int, low: str, high: str) -> None:
    ends = count_ends(count)
    assert (f"{float(ends.low):.4f}", f"{float(ends.high):.4f}") == (low, high)


def test_a_count_of_many_millions_still_has_its_interval() -> None:
    ends = count_ends(10**9)
    assert float(ends.low) == pytest.approx(10**9 - 1.96 * 10**4.5, rel=1e-8)
    assert float(ends.high) == pytest.approx(10**9 + 1.96 * 10**4.5, rel=1e-8)


@pytest.mark.parametrize(("count", "says"), [(-1, "a count cannot be -1"), (10**9 + 1, "is too large")])
def test_a_count_out_of_reason_has_no_interval(count: int, says: str) -> None:
    with pytest.raises(NotJudged, match=says):
        count_ends(count)
