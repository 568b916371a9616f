"""The mix of voices: groups held against their share of the population."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.communities.rules import Group, Part, mix_of, share_together
from npt.communities.wording import mix_bars, mix_columns
from npt.kit.shares import rounded_half_up
from npt.kit.statistics import NotJudged


def _percent(end: Fraction) -> Decimal:
    return rounded_half_up(end * 100, 2)


@pytest.mark.parametrize(
    ("heard", "of", "share", "expected", "low", "high", "words"),
    [
        (0, 60, 12, "7.20", "0.00", "5.96", "under"),
        (3, 40, 18, "7.20", "1.57", "20.39", "in line"),
        (1, 25, 8, "2.00", "0.10", "20.35", "too few to say"),
    ],
)
def test_a_group_is_held_against_its_share_as_the_design_says(
    heard: int, of: int, share: int, expected: str, low: str, high: str, words: str
) -> None:
    (row,) = mix_of([Group("Polish", Fraction(share, 100), heard)], of=of).rows
    assert row.expected is not None
    assert row.ends is not None
    assert rounded_half_up(row.expected, 2) == Decimal(expected)
    assert (_percent(row.ends.low), _percent(row.ends.high)) == (Decimal(low), Decimal(high))
    assert row.in_words == words


def test_a_group_whose_share_is_not_known_is_counted_and_not_judged() -> None:
    (row,) = mix_of([Group("Anglers", None, 2)], of=17).rows
    assert (row.expected, row.ends, row.in_words) == (None, None, "share not known")


def test_nothing_is_judged_where_nobody_was_heard() -> None:
    mix = mix_of([Group("Polish", Fraction(1, 10), 0)], of=0)
    assert [row.in_words for row in mix.rows] == ["nobody heard yet"]
    assert [row.name for row in mix.nobody] == ["Polish"]


def test_what_is_under_comes_first_and_a_group_without_anybody_is_listed() -> None:
    groups = [
        Group("White", Fraction(8, 10), 48),
        Group("Asian", Fraction(12, 100), 0),
        Group("Anglers", None, 3),
    ]
    mix = mix_of(groups, of=60, not_stated=2, not_asked=7)
    assert [row.name for row in mix.rows] == ["Asian", "White", "Anglers"]
    assert [row.name for row in mix.under] == ["Asian"]
    assert [row.name for row in mix.nobody] == ["Asian"]
    assert (mix.of, mix.not_stated, mix.not_asked) == (60, 2, 7)


def test_somebody_who_speaks_for_two_communities_counts_in_each() -> None:
    half = Fraction(1, 2)
    mix = mix_of([Group("Polish", half, 2), Group("Traders", half, 2)], of=2)
    assert [row.heard_share.fraction for row in mix.rows] == [1, 1]


def test_more_heard_of_a_group_than_of_everybody_is_refused() -> None:
    with pytest.raises(NotJudged):
        mix_of([Group("Polish", Fraction(1, 10), 3)], of=2)


def test_the_share_in_two_neighbourhoods_is_that_of_their_people_together() -> None:
    parts = [Part(1_000, Fraction(1, 10)), Part(3_000, Fraction())]
    assert share_together(parts) == Fraction(100, 4_000)


@pytest.mark.parametrize("unknown", [Part(None, Fraction(1, 10)), Part(500, None)])
def test_the_share_is_not_known_where_a_part_of_it_is_not(unknown: Part) -> None:
    assert share_together([Part(1_000, Fraction(1, 10)), unknown]) is None


def test_the_share_of_one_neighbourhood_needs_no_count_of_its_people() -> None:
    assert share_together([Part(None, Fraction(1, 10))]) == Fraction(1, 10)
    assert share_together([]) is None


@given(
    st.lists(
        st.tuples(st.integers(1, 9_999), st.fractions(0, 1, max_denominator=1_000)), min_size=1, max_size=6
    )
)
def test_a_share_together_lies_between_the_least_and_the_greatest(parts: list[tuple[int, Fraction]]) -> None:
    together = share_together([Part(*each) for each in parts])
    shares = [share for _, share in parts]
    assert together is not None
    assert min(shares) <= together <= max(shares)


def test_bars_reach_as_far_as_their_shares_and_what_is_not_known_has_none() -> None:
    mix = mix_of([Group("Asian", Fraction(1, 2), 1), Group("Anglers", None, 0)], of=4)
    asian, anglers = mix_bars(mix)
    assert (asian.expected, asian.heard) != ("", "")
    assert (anglers.expected, anglers.high, anglers.heard) == ("", "", "0.00%")


def test_the_table_says_the_interval_beside_the_share() -> None:
    (row,) = mix_of([Group("Polish", Fraction(12, 100), 0)], of=60).rows
    cells = [str(column.drawn(row)) for column in mix_columns("Community")]
    assert any("between 0.0% and 6.0%" in cell for cell in cells)
    assert [column.plain(row) for column in mix_columns("Community")][1] == "under"
