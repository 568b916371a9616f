"""Is a group heard in proportion?"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.shares import rounded_half_up
from npt.kit.statistics import NotJudged, Verdict, proportion


@pytest.mark.parametrize(
    ("heard", "of", "share", "expected", "low", "high", "verdict"),
    [
        (0, 60, 12, "7.20", "0.00", "5.96", Verdict.UNDER),
        (3, 40, 18, "7.20", "1.57", "20.39", Verdict.IN_LINE),
        (1, 25, 8, "2.00", "0.10", "20.35", Verdict.TOO_FEW),
        (20, 40, 18, "7.20", "33.80", "66.20", Verdict.OVER),
        # Exactly five expected is enough to be in line; a verdict of under or over needs none.
        (3, 25, 20, "5.00", "2.55", "31.22", Verdict.IN_LINE),
        (3, 3, 10, "0.30", "29.24", "100.00", Verdict.OVER),
        # The ends of what a share can be.
        (0, 10, 0, "0.00", "0.00", "30.85", Verdict.TOO_FEW),
        (1, 10, 0, "0.00", "0.25", "44.50", Verdict.OVER),
        (10, 10, 100, "10.00", "69.15", "100.00", Verdict.IN_LINE),
        (9, 10, 100, "10.00", "55.50", "99.75", Verdict.UNDER),
    ],
)
def test_a_group_is_heard_as_the_exact_interval_says(
    heard: int, of: int, share: int, expected: str, low: str, high: str, verdict: Verdict
) -> None:
    found = proportion(heard=heard, of=of, share=share)
    said = [
        str(rounded_half_up(each, 2))
        for each in (found.expected, 100 * found.ends.low, 100 * found.ends.high)
    ]
    assert (*said, found.verdict) == (expected, low, high, verdict)


@given(st.integers(1, 5000), st.integers(0, 5000), st.decimals(0, 100, places=2))
def test_the_verdict_follows_from_the_interval(of: int, heard: int, share: Decimal) -> None:
    found = proportion(heard=min(heard, of), of=of, share=share)
    known = Fraction(share) / 100
    assert found.expected == of * known
    if abs(found.ends.high - known) < Fraction(1, 10**9) or abs(found.ends.low - known) < Fraction(1, 10**9):
        return
    assert (found.verdict is Verdict.UNDER) is (found.ends.high < known)
    assert (found.verdict is Verdict.OVER) is (found.ends.low > known)
    if found.verdict in {Verdict.IN_LINE, Verdict.TOO_FEW}:
        assert (found.verdict is Verdict.TOO_FEW) is (found.expected < 5)


@pytest.mark.parametrize(
    ("heard", "of", "share", "field", "says"),
    [
        (50, 40, Decimal(18), "heard", "50 of 40 is more than all"),
        (-1, 40, Decimal(18), "heard", "a count cannot be -1"),
        (0, 0, Decimal(18), "of", "a share of nobody is not known: give 1 or more"),
        (3, 40, Decimal("100.1"), "share", "100.1 is no percentage: give one from 0 to 100"),
        (3, 40, Decimal(-1), "share", "-1 is no percentage"),
        (3, 40, Decimal("NaN"), "share", "NaN is no number"),
        (3, 40, Decimal("Infinity"), "share", "Infinity is no number"),
    ],
)
def test_what_makes_no_sense_is_refused(heard: int, of: int, share: Decimal, field: str, says: str) -> None:
    with pytest.raises(NotJudged, match=says) as refused:
        proportion(heard=heard, of=of, share=share)
    assert refused.value.field == field
