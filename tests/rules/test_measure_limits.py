"""The limits of a month of a measure: from which of the months before it they are drawn."""

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.measures.rules import UNKNOWN, Figure
from npt.measures.rules.limits import limits_before

OCTOBER = Month(2026, 10)
BEFORE = OCTOBER.plus(-12).until(OCTOBER.previous)


def _figures(*counts: int | None) -> dict[Month, Figure]:
    """The last months before October, one count each."""
    months = BEFORE[len(BEFORE) - len(counts) :]
    return {month: Figure(count, 100) for month, count in zip(months, counts, strict=True)}


def test_they_come_from_the_twelve_months_before_and_not_from_the_month_itself() -> None:
    found = limits_before({**_figures(*[10, 12] * 6), OCTOBER: Figure(90, 100)}, OCTOBER)
    assert found.limits is not None
    assert found.used == tuple(BEFORE)
    assert (found.limits.mean * 100, found.limits.is_trial) == (11, False)


def test_unknown_and_unconfirmed_months_are_left_out_and_told() -> None:
    figures = _figures(*[10, 12] * 6)
    figures[BEFORE[0]] = UNKNOWN
    figures[BEFORE[3]] = Figure(99, 100, coverage=Share(89, 100))
    figures[BEFORE[4]] = Figure(10, 100, coverage=Share(90, 100))
    found = limits_before(figures, OCTOBER)
    assert (found.unknown, found.unconfirmed) == ((BEFORE[0],), (BEFORE[3],))
    assert found.limits is not None
    assert found.limits.is_trial


def test_of_three_months_there_are_none_and_it_says_so() -> None:
    found = limits_before(_figures(10, 12, 11), OCTOBER)
    assert found.limits is None
    assert found.why == "Limits need 8 months that are known and confirmed; there are 3."


def test_without_variation_there_are_none() -> None:
    assert limits_before(_figures(*[10] * 12), OCTOBER).why == "All months before are the same."


def test_after_a_rebase_older_months_are_not_asked() -> None:
    found = limits_before(_figures(*[10, 12] * 6), OCTOBER, since=BEFORE[4])
    assert found.used == tuple(BEFORE[4:])
    assert found.unknown == ()
