"""The law of communities: codes of ethnicity, figures that hold together, and what has been said when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.communities.rules import (
    BadCount,
    BadShare,
    BadText,
    CodeSystem,
    EthnicGroup,
    Figures,
    Flag,
    InTheFuture,
    NoFigures,
    PartsOverWhole,
    Said,
    Saying,
    Standing,
    UnknownEthnicity,
    check_community_code,
    check_ethnicity,
    check_figures,
    code_for,
    group_of,
    known_share,
    last_valid_day,
    standing_of,
    summed,
)
from npt.kit.shares import Share
from npt.kit.spans import Span

EIGHTEEN, SIXTEEN = CodeSystem.EIGHTEEN, CodeSystem.SIXTEEN
DAY, OPENED = date(2026, 11, 16), date(2008, 4, 1)
VULNERABLE = Flag.VULNERABLE


# Codes ------------------------------------------------------------------------------------------------------


def test_18_1_has_eighteen_codes_and_16_1_sixteen_and_both_not_stated() -> None:
    assert (len(EIGHTEEN.codes), len(SIXTEEN.codes)) == (18, 16)
    for system in CodeSystem:
        check_ethnicity("NS", system)
        assert "NS" not in system.codes


def test_every_code_of_both_systems_is_in_one_of_the_five_groups() -> None:
    for system in CodeSystem:
        grouped = [code for group in EthnicGroup for code in system.codes_in(group)]
        assert sorted(grouped) == sorted(system.codes)


def test_chinese_people_count_as_asian_whatever_the_code() -> None:
    assert group_of("O1") is group_of("A4") is EthnicGroup.ASIAN


@pytest.mark.parametrize(
    ("code", "system", "cure"),
    [
        ("O1", EIGHTEEN, "O1 of 16+1 is A4 of 18+1"),
        ("A4", SIXTEEN, "A4 of 18+1 is O1 of 16+1"),
        ("W3", SIXTEEN, "W3 of 18+1 counts as W9 in 16+1"),
        ("O2", SIXTEEN, "O2 of 18+1 counts as O9 in 16+1"),
        ("W4", EIGHTEEN, "give one of W1, W2"),
        ("1", EIGHTEEN, "is no code of 18+1"),
    ],
)
def test_a_code_of_the_other_system_is_refused_with_what_it_is_called_here(
    code: str, system: CodeSystem, cure: str
) -> None:
    with pytest.raises(UnknownEthnicity) as refused:
        check_ethnicity(code, system)
    assert cure in refused.value.message


def test_what_is_no_code_has_no_group() -> None:
    assert [group_of(text) for text in ("NS", "ALL", "W4", "WHITE", "")] == [None] * 5


# Figures ----------------------------------------------------------------------------------------------------


def figures(**people: int) -> Figures:
    return Figures(EIGHTEEN, people)


def whole(**other: int) -> Figures:
    """Figures of all five groups."""
    return figures(**{"W": 60, "M": 5, "A": 20, "B": 10, "O": 5, **other})


def test_a_group_is_what_was_given_or_the_sum_of_all_its_codes_and_else_not_known() -> None:
    assert figures(B=30).of(EthnicGroup.BLACK) == 30
    assert figures(B1=10, B2=20, B9=0).of(EthnicGroup.BLACK) == 30
    assert figures(B1=10, B2=20).of(EthnicGroup.BLACK) is None
    assert figures(B1=0, B2=0, B9=0).of(EthnicGroup.BLACK) == 0


def test_who_did_not_state_their_ethnicity_stands_in_no_denominator() -> None:
    found = whole(NS=900)
    assert (found.stated, found.not_stated, found.everybody) == (100, 900, 1000)
    assert found.share(EthnicGroup.ASIAN) == Share(20, 100)


def test_without_one_of_the_groups_there_is_no_share() -> None:
    found = figures(W=60, A=20)
    assert found.stated is None
    assert not found.share(EthnicGroup.ASIAN).is_known


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            {"A": 10, "A1": 6, "A2": 5},
            "The parts are Indian (A1) 6, Pakistani (A2) 5.",
        ),
        (
            {"W": 60, "NS": 50, "ALL": 100},
            "The parts are White (W) 60, Not stated (NS) 50.",
        ),
        ({"W1": 60, "W2": 50, "ALL": 100}, "The parts are White (W) 110."),
    ],
)
def test_parts_over_their_whole_are_refused_with_the_numbers(wrong: dict[str, int], words: str) -> None:
    with pytest.raises(PartsOverWhole) as refused:
        check_figures(figures(**wrong))
    assert words in refused.value.message


def test_parts_that_leave_some_of_the_whole_unexplained_are_taken() -> None:
    check_figures(figures(A=12, A1=6, A2=5, ALL=100))


def test_fewer_people_than_none_and_no_figure_at_all_are_refused() -> None:
    with pytest.raises(BadCount):
        check_figures(figures(W1=-1))
    with pytest.raises(NoFigures):
        check_figures(figures())


COUNTS = st.fixed_dictionaries(
    {}, optional={code: st.integers(0, 500) for code in (*EIGHTEEN.codes, "NS", *"WMABO")}
)


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_a_sum_never_knows_a_group_that_one_of_its_parts_does_not_know(several: list[dict[str, int]]) -> None:
    parts = [Figures(EIGHTEEN, people) for people in several]
    found = summed(parts)
    assert found is not None
    for group in EthnicGroup:
        counts = [part.of(group) for part in parts]
        known = [count for count in counts if count is not None]
        assert found.of(group) == (sum(known) if len(known) == len(counts) else None)


def test_figures_of_different_codes_are_added_up_by_the_groups_alone() -> None:
    new = Figures(EIGHTEEN, dict.fromkeys(EIGHTEEN.codes, 10))
    old = Figures(SIXTEEN, dict.fromkeys(SIXTEEN.codes, 10))
    both = summed([new, old])
    assert both is not None
    assert set(both.people) == set("WMABO")
    assert both.of(EthnicGroup.ASIAN) == 100  # five codes of each, Chinese people among them
    same = summed([new, new])
    assert same is not None
    assert same.people["A4"] == 20


# Communities ------------------------------------------------------------------------------------------------


def test_a_share_is_from_0_to_100_percent_and_of_no_day_to_come() -> None:
    for percent in (Decimal("100.1"), Decimal("-0.1")):
        with pytest.raises(BadShare):
            known_share(percent, DAY, "census", DAY)
    with pytest.raises(InTheFuture):
        known_share(Decimal(4), DAY + timedelta(days=1), "census", DAY)
    assert known_share(None, None, None, DAY) is None


def test_a_code_is_made_of_the_name_and_never_twice() -> None:
    assert code_for("Polish", ()) == "polish"
    assert code_for("Polish", {"polish"}) == "polish-2"
    assert (
        code_for("People of the new estates by the river", {"people-of-the-new-es"}) == "people-of-the-new-2"
    )
    assert code_for("پاکستانی", ()) == "community"


def test_no_community_has_the_code_of_no_community() -> None:
    assert code_for("None", ()) == "none-2"
    with pytest.raises(BadText, match="stands for no community"):
        check_community_code("none")


# What was said ----------------------------------------------------------------------------------------------


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def stands(flags: list[Span], *sayings: Saying, day: date = DAY) -> Standing:
    return standing_of(VULNERABLE, flags, sayings, day=day, since=OPENED)


def test_silence_is_not_none() -> None:
    found = stands([])
    assert (found.said, found.is_said, found.silent_from) == (Said.SILENT, False, OPENED)


def test_what_was_said_counts_up_to_the_same_day_twelve_months_later() -> None:
    said = date(2025, 11, 16)
    assert last_valid_day(said) == DAY
    assert stands([], Saying(said, is_none=True)).said is Said.NONE
    next_day = stands([], Saying(said, is_none=True), day=DAY + timedelta(days=1))
    assert (next_day.said, next_day.silent_from) == (Said.LAPSED, DAY + timedelta(days=1))


def test_a_flag_says_its_list_and_asks_to_be_re_confirmed_after_twelve_months() -> None:
    assert stands([Span(ago(100))]).said is Said.NAMED
    assert stands([Span(ago(400))]).said is Said.LAPSED
    assert stands([Span(ago(400))], Saying(ago(10), is_none=False)).on == ago(10)


def test_a_new_flag_says_nothing_of_an_old_one() -> None:
    found = stands([Span(ago(400)), Span(ago(3))])
    assert (found.said, found.named, found.on) == (Said.LAPSED, 2, ago(400))


def test_a_re_confirmation_says_nothing_of_a_flag_that_was_set_later() -> None:
    found = stands([Span(ago(500)), Span(ago(370))], Saying(ago(380), is_none=False))
    assert found.on == ago(380)
    assert stands([Span(ago(3))], Saying(ago(300), is_none=False)).on == ago(3)


def test_none_that_was_signed_holds_no_longer_once_a_flag_was_set_and_ended() -> None:
    signed = Saying(ago(60), is_none=True)
    assert stands([Span(ago(40), ago(20))], signed).said is Said.SILENT
    assert stands([Span(ago(40), ago(20))], signed).silent_from == ago(19)
    assert stands([Span(ago(40), ago(20))], signed, Saying(ago(10), is_none=True)).said is Said.NONE


def test_these_are_ours_does_not_say_none_once_the_last_of_them_has_ended() -> None:
    assert stands([Span(ago(40), ago(20))], Saying(ago(30), is_none=False)).said is Said.SILENT


def test_a_day_knows_nothing_of_what_came_after_it() -> None:
    found = stands([Span(ago(10))], Saying(ago(5), is_none=True), day=ago(20))
    assert found.said is Said.SILENT


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 300) | st.none()), max_size=4),
    st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=4),
)
def test_one_more_word_never_makes_a_list_older(
    flags: list[tuple[int, int | None]], said: list[tuple[int, bool]]
) -> None:
    spans = [
        Span(ago(first), None if length is None else ago(first) + timedelta(days=length))
        for first, length in flags
    ]
    sayings = [Saying(ago(days), is_none=is_none) for days, is_none in said]
    before = stands(spans, *sayings)
    after = stands(spans, *sayings, Saying(DAY, is_none=not before.named))
    assert after.is_said
    assert (after.on or OPENED) >= (before.on or OPENED)
