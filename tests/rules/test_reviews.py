"""What makes a figure an exception, how units are ranked, and what chance alone would flag."""

from decimal import Decimal
from fractions import Fraction

import pytest

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.measures.rules import UNKNOWN, Better, CountedIn, Figure, Measure, MonthTarget, Target
from npt.reviews.rules import (
    Below,
    Reading,
    ReviewRefused,
    Why,
    check_month,
    exceptions_first,
    flagged_by_chance,
    month_referred,
    ranked,
    reading_of,
    reference_of,
)
from npt.signals.rules import drawn_for

OCTOBER = Month(2026, 10)
USUAL = (12, 14, 11, 13, 12, 15, 13, 12, 14, 11, 13, 12)


def measure(
    code: str = "away",
    counted_in: CountedIn = CountedIn.COUNT,
    better: Better = Better.LOWER,
    is_of_things: bool = True,
) -> Measure:
    return Measure(code, code.capitalize(), "", counted_in, better, "", "", is_of_things=is_of_things)


def reading(figure: Figure, of: Measure | None = None, target: int | None = None) -> Reading:
    """October after twelve usual months."""
    months = {OCTOBER.plus(place - 12): Figure(count) for place, count in enumerate(USUAL)}
    series = {**months, OCTOBER: figure}
    return reading_of(
        of or measure(),
        OCTOBER,
        series,
        MonthTarget(Target(None if target is None else Decimal(target))),
        drawn_for(series, OCTOBER),
    )


def test_a_figure_exactly_on_its_target_is_within() -> None:
    assert not reading(Figure(13), target=13).is_missed
    assert reading(Figure(14), target=13).is_missed


@pytest.mark.parametrize("figure", [UNKNOWN, Figure(3, 0)], ids=["unknown", "of nothing"])
def test_what_is_not_known_misses_no_target_and_is_an_exception(figure: Figure) -> None:
    found = reading(figure, target=0)
    assert found.whys == (Why.UNKNOWN,)


def test_a_figure_that_nobody_confirmed_is_an_exception_whatever_it_says() -> None:
    assert reading(Figure(12, coverage=Share(8, 10))).whys == (Why.UNKNOWN,)


def test_the_weightiest_reason_comes_first() -> None:
    assert reading(Figure(99), target=20).whys == (Why.TARGET, Why.LIMIT)


def test_a_measure_that_only_informs_misses_nothing_and_is_still_told_out_of_its_limits() -> None:
    found = reading(Figure(99), measure(better=Better.NEITHER), target=20)
    assert (found.whys, found.is_better) == ((Why.LIMIT,), None)


def test_a_fall_of_what_should_be_low_is_good_news() -> None:
    assert reading(Figure(0)).is_better is True
    assert reading(Figure(99)).is_better is False


def test_exceptions_go_from_a_target_missed_to_what_is_not_known() -> None:
    usual, high = reading(Figure(13)), reading(Figure(99))
    unknown, missed = reading(UNKNOWN), reading(Figure(13), target=10)
    assert exceptions_first([usual, unknown, high, missed]) == [missed, high, unknown]


def test_chance_is_reckoned_for_what_is_judged_alone() -> None:
    assert flagged_by_chance([reading(Figure(13)), reading(Figure(99)), reading(UNKNOWN)]) == (
        2,
        2 * Fraction(28, 1000),
    )


# Units beside one another -----------------------------------------------------------------------------------

SHARE = measure(counted_in=CountedIn.SHARE)
MINUTES = measure(counted_in=CountedIn.SHARE, is_of_things=False)


def below(path: str, figure: Figure) -> Below:
    months = {OCTOBER.plus(place - 12): Figure(count, 100) for place, count in enumerate(USUAL)}
    return Below(path, {**months, OCTOBER: figure})


def test_units_are_ranked_the_worst_first_and_equal_ones_alike() -> None:
    found = ranked(
        SHARE, OCTOBER, [below("a", Figure(5, 50)), below("b", Figure(30, 100)), below("c", Figure(6, 60))]
    )
    assert [(each.path, each.rank) for each in found] == [("b", 1), ("a", 2), ("c", 2)]


def test_of_what_should_be_high_the_lowest_is_the_worst() -> None:
    high = measure(counted_in=CountedIn.SHARE, better=Better.HIGHER)
    found = ranked(high, OCTOBER, [below("a", Figure(40, 50)), below("b", Figure(30, 100))])
    assert [each.path for each in found] == ["b", "a"]


def test_a_share_of_fewer_than_thirty_is_not_ranked_and_says_so() -> None:
    (found,) = ranked(SHARE, OCTOBER, [below("a", Figure(29, 29))])
    assert (found.rank, found.why_not) == (None, "Too few to rank: 29 in all, and 30 are needed.")


def test_the_interval_of_a_share_of_things_is_exact() -> None:
    (found,) = ranked(SHARE, OCTOBER, [below("a", Figure(0, 100))])
    assert found.low == 0
    assert found.high == pytest.approx(Fraction(362, 10_000), abs=1e-4)  # the rule of three, more exactly


def test_minutes_are_no_trials_so_their_interval_is_that_of_the_units_own_months() -> None:
    figure = Figure(5_000, 40_000, coverage=Share(100, 100))
    (found,) = ranked(MINUTES, OCTOBER, [below("a", figure)])
    limits = drawn_for(below("a", figure).series, OCTOBER).limits
    assert limits is not None
    assert (found.low, found.high) == (limits.low, limits.high)


def test_posts_are_no_trials_either() -> None:
    unit = below("a", Figure(7_00, 38_00))
    (found,) = ranked(MINUTES, OCTOBER, [unit])
    limits = drawn_for(unit.series, OCTOBER).limits
    assert limits is not None
    assert found.high == limits.high


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (UNKNOWN, "Not known."),
        (
            Figure(None, why_unknown="The unit was not open in the month."),
            "The unit was not open in the month.",
        ),
        (Figure(10, 40, coverage=Share(8, 10)), "Not confirmed yet."),
    ],
    ids=["unknown", "closed", "unconfirmed"],
)
def test_what_cannot_be_ranked_comes_last_and_says_why(figure: Figure, why: str) -> None:
    found = ranked(SHARE, OCTOBER, [below("a", figure), below("b", Figure(30, 100))])
    assert [(each.path, each.why_not) for each in found] == [("b", ""), ("a", why)]


def test_a_month_that_has_not_begun_is_not_reviewed() -> None:
    check_month(OCTOBER, OCTOBER)
    with pytest.raises(ReviewRefused, match="November 2026 has not begun"):
        check_month(OCTOBER.next, OCTOBER)


def test_a_review_is_referred_to_by_unit_and_month() -> None:
    assert reference_of("C", OCTOBER) == "REV-C-2026-10"
    assert month_referred("REV-C-2026-10") == OCTOBER
