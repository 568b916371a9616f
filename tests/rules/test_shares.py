"""Shares of a whole."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.shares import Share, rounded_half_up

counts = st.integers(0, 10**12)
shares = st.builds(Share, counts, counts)


def test_a_share_of_nothing_is_not_known() -> None:
    nothing = Share(0, 0)
    assert (nothing.fraction, nothing.percentage(1), nothing.exceeds(20)) == (None, None, None)


def test_a_share_of_a_negative_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Share(1, -1)


@pytest.mark.parametrize(
    ("part", "whole", "places", "text"),
    [
        (1, 8, 0, "13"),
        (1, 8, 1, "12.5"),
        (1, 800, 2, "0.13"),
        (1, 3, 4, "33.3333"),
        (2, 3, 4, "66.6667"),
        (0, 5, 4, "0.0000"),
        (5, 5, 1, "100.0"),
    ],
)
def test_a_percentage_is_rounded_half_up(part: int, whole: int, places: int, text: str) -> None:
    assert Share(part, whole).percentage(places) == text


def test_exactly_on_a_percentage_does_not_exceed_it() -> None:
    assert Share(20, 100).exceeds(20) is False


def test_one_part_more_exceeds_it() -> None:
    assert Share(20 * 10**9 + 1, 100 * 10**9).exceeds(20) is True


@given(counts, st.integers(1, 10**12), st.integers(0, 100))
def test_exceeding_a_percentage_agrees_with_the_exact_fraction(part: int, whole: int, percent: int) -> None:
    assert Share(part, whole).exceeds(percent) == (Fraction(part, whole) > Fraction(percent, 100))


@given(counts, st.integers(1, 10**12), st.integers(0, 6))
def test_a_percentage_lies_within_half_a_step_of_the_exact_fraction(
    part: int, whole: int, places: int
) -> None:
    text = Share(part, whole).percentage(places)
    assert text is not None
    shortfall = Fraction(part * 100, whole) - Fraction(text)
    assert -Fraction(1, 2) <= shortfall * 10**places < Fraction(1, 2)


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.integers(0, 6))
def test_a_percentage_is_worded_as_the_exact_fraction_is_rounded(part: int, whole: int, places: int) -> None:
    exact = rounded_half_up(Fraction(part * 100, whole), places)
    assert Share(part, whole).percentage(places) == f"{exact:f}"


@given(st.lists(shares))
def test_the_total_is_the_share_of_the_sums(several: list[Share]) -> None:
    total = Share.total(several)
    assert total == Share(sum(share.part for share in several), sum(share.whole for share in several))


def test_two_shares_add_up_to_the_share_of_both() -> None:
    assert Share(1, 10) + Share(2, 30) == Share(3, 40)


@given(st.decimals(-1000, 1000, places=5), st.integers(0, 5))
def test_rounding_agrees_with_rounding_by_hand(value: Decimal, places: int) -> None:
    assert rounded_half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def test_rounding_keeps_the_decimals_asked_for() -> None:
    assert str(rounded_half_up(12, 2)) == "12.00"


def test_what_rounds_to_zero_has_no_minus_sign() -> None:
    assert str(rounded_half_up(Fraction(-1, 100), 1)) == "0.0"


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_not_a_number_is_not_rounded(value: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        rounded_half_up(Decimal(value), 1)
