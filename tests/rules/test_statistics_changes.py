"""Before and after, here and elsewhere."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.shares import rounded_half_up
from npt.kit.statistics import NotJudged, Windows, change_beside, count_change, prevented

counts = st.integers(0, 10**6)
days = st.integers(1, 36_525)
windows = st.builds(Windows, counts, counts)


def text(value: Fraction | None, places: int) -> str | None:
    return None if value is None else str(rounded_half_up(value, places))


@pytest.mark.parametrize(
    ("before", "after", "ratio", "low", "high", "p", "has_changed"),
    [
        (25, 12, "0.48", "0.220", "0.991", "0.047", True),
        (9, 3, "0.33", "0.058", "1.336", "0.146", False),
        (5, 0, "0.00", "0.000", "1.091", "0.063", False),
        (0, 3, None, "0.413", None, "0.250", False),
        (0, 0, None, None, None, "1.000", None),
    ],
)
def test_counts_of_equal_times_change_as_the_exact_test_says(
    before: int,
    after: int,
    ratio: str | None,
    low: str | None,
    high: str | None,
    p: str,
    has_changed: bool | None,
) -> None:
    found = count_change(Windows(before, after), before_days=92, after_days=92)
    said = (text(found.ratio, 2), text(found.low, 3), text(found.high, 3), text(found.p, 3))
    assert said == (ratio, low, high, p)
    assert found.has_changed is has_changed


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 9), st.integers(1, 9))
def test_p_is_twice_the_smaller_sum_of_exact_probabilities(
    before: int, after: int, before_days: int, after_days: int
) -> None:
    found = count_change(Windows(before, after), before_days=before_days, after_days=after_days)
    total, share = before + after, Fraction(after_days, before_days + after_days)
    each = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    expected = min(Fraction(1), 2 * sum(each[: after + 1]), 2 * sum(each[after:]))
    assert abs(found.p - expected) < Fraction(1, 10**11)
    if total and abs(expected - Fraction(1, 20)) > Fraction(1, 10**9):
        assert found.has_changed is (expected < Fraction(1, 20))


def test_interval_and_p_agree_for_every_pair_at_three_times_the_exposure() -> None:
    for before in range(40):
        for after in range(1 if before == 0 else 0, 40):
            found = count_change(Windows(before, after), before_days=31, after_days=93)
            assert found.low is not None
            leaves_one = found.low > 1 or (found.high is not None and found.high < 1)
            assert leaves_one is (found.p < Fraction(1, 20)) is found.has_changed


@given(st.integers(1, 10**6), st.integers(1, 10**6), days, days)
def test_the_other_way_about_everything_is_upside_down(
    before: int, after: int, before_days: int, after_days: int
) -> None:
    found = count_change(Windows(before, after), before_days=before_days, after_days=after_days)
    turned = count_change(Windows(after, before), before_days=after_days, after_days=before_days)
    assert found.ratio is not None
    assert turned.ratio == 1 / found.ratio
    assert found.low is not None
    assert found.high is not None
    assert turned.high is not None
    assert turned.low is not None
    assert float(turned.high) == pytest.approx(float(1 / found.low), rel=1e-9)
    assert float(turned.low) == pytest.approx(float(1 / found.high), rel=1e-9)
    assert abs(turned.p - found.p) < Fraction(1, 10**9)
    assert found.low < found.ratio < found.high


def test_an_interval_that_only_touches_one_has_not_left_it() -> None:
    """0 in 39 days, then 1 in 1 day: the tail is 1 in 40, exactly 2.5%."""
    found = count_change(Windows(0, 1), before_days=39, after_days=1)
    assert (text(found.low, 9), text(found.p, 9), found.has_changed) == ("1.000000000", "0.050000000", False)
    assert count_change(Windows(0, 1), before_days=40, after_days=1).has_changed


@given(windows, days, days)
def test_a_rate_counts_days_and_not_only_events(counted: Windows, before_days: int, after_days: int) -> None:
    found = count_change(counted, before_days=before_days, after_days=after_days)
    if counted.before:
        assert found.ratio == Fraction(counted.after, after_days) / Fraction(counted.before, before_days)
    else:
        assert (found.ratio, found.high) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "before_days", "after_days", "field", "says"),
    [
        (-1, 2, 9, 9, "before", "a count cannot be -1"),
        (1, -2, 9, 9, "after", "a count cannot be -2"),
        (1, 10**10, 9, 9, "after", "too large"),
        (1, 2, 0, 9, "before_days", "a window of no days has no rate"),
        (1, 2, 9, 0, "after_days", "a window of no days has no rate"),
        (1, 2, 9, -3, "after_days", "a count cannot be -3"),
        (1, 2, 9, 36_526, "after_days", "too large: give 36,525 at most"),
    ],
)
def test_counts_and_days_that_make_no_sense_are_refused(
    before: int, after: int, before_days: int, after_days: int, field: str, says: str
) -> None:
    with pytest.raises(NotJudged, match=says) as refused:
        count_change(Windows(before, after), before_days=before_days, after_days=after_days)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("here", "there", "said", "differs"),
    [
        (Windows(200, 100), Windows(50, 25), ("1.00", "0.58", "1.71"), False),
        (Windows(207, 110), Windows(308, 318), ("0.51", "0.39", "0.68"), True),
        # A half is added to all four: (0.5 ÷ 5.5) ÷ (4.5 ÷ 5.5).
        (Windows(5, 0), Windows(5, 4), ("0.11", "0.00", "2.60"), False),
    ],
)
def test_a_change_is_held_against_that_of_elsewhere(
    here: Windows, there: Windows, said: tuple[str, str, str], differs: bool
) -> None:
    found = change_beside(here, there)
    assert (text(found.ratio, 2), text(found.low, 2), text(found.high, 2)) == said
    assert found.differs is differs


@given(windows, windows)
def test_here_and_elsewhere_change_places_by_turning_the_ratio_over(here: Windows, there: Windows) -> None:
    found, turned = change_beside(here, there), change_beside(there, here)
    assert turned.ratio == 1 / found.ratio
    assert (turned.low, turned.high) == (1 / found.high, 1 / found.low)
    assert found.low < found.ratio < found.high
    assert not change_beside(here, here).differs


def test_a_window_may_last_a_hundred_years() -> None:
    found = count_change(Windows(1, 1), before_days=36_525, after_days=36_525)
    assert found.ratio == 1


def test_a_negative_count_elsewhere_is_refused() -> None:
    with pytest.raises(NotJudged, match="a count cannot be -1") as refused:
        change_beside(Windows(1, 1), Windows(1, -1))
    assert refused.value.field == "elsewhere_after"


HERE, THERE = Windows(207, 110), Windows(308, 318)
BUFFERS = (Windows(178, 157), Windows(150, 140))


def test_the_number_prevented_is_the_weighted_displacement_difference() -> None:
    found = prevented(HERE, THERE, before_days=365, after_days=365, buffers=BUFFERS)
    assert found is not None
    assert (found.difference, found.variance, text(found.z, 3)) == (-118, 1568, "-2.980")
    assert (text(found.low, 2), text(found.high, 2)) == ("-195.61", "-40.39")


def test_without_buffers_only_the_two_places_are_counted() -> None:
    found = prevented(HERE, THERE, before_days=365, after_days=365)
    assert found is not None
    assert (found.difference, found.variance) == (-107, 943)


@pytest.mark.parametrize(
    ("here", "there", "is_told"),
    [(90, 60, True), (90, 59, False), (60, 90, True), (60, 91, False), (0, 0, True), (0, 1, False)],
)
def test_the_number_prevented_is_told_for_places_alike_in_size(here: int, there: int, is_told: bool) -> None:
    found = prevented(Windows(here, 7), Windows(there, 7), before_days=30, after_days=30)
    assert (found is not None) is is_told


def test_the_number_prevented_is_not_told_for_windows_of_different_length() -> None:
    assert prevented(HERE, THERE, before_days=365, after_days=364) is None


def test_where_nothing_was_counted_nothing_was_prevented_or_added() -> None:
    assert prevented(Windows(0, 0), Windows(0, 0), before_days=30, after_days=30) is None


@pytest.mark.parametrize(
    ("buffers", "field"),
    [
        ((Windows(-1, 0), Windows(0, 0)), "buffer_before"),
        ((Windows(0, 0), Windows(0, -1)), "buffer_elsewhere_after"),
    ],
)
def test_a_negative_count_in_a_buffer_is_refused(buffers: tuple[Windows, Windows], field: str) -> None:
    with pytest.raises(NotJudged) as refused:
        prevented(HERE, THERE, before_days=30, after_days=30, buffers=buffers)
    assert refused.value.field == field
