"""The law of priorities: their wording, their days, and the answer of whoever raised them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.priorities.rules import (
    FEWEST_ATTEMPTS,
    Attempt,
    Ending,
    NotYet,
    OriginatorKind,
    PriorityState,
    ReasonMissing,
    TitleMissing,
    Way,
    Whom,
    check_days,
    check_not_reached,
    check_overruled,
    check_title,
    ending_at_once,
    lacking_attempts,
    people_named,
    review_due,
    state_of,
)
from npt.priorities.rules.priorities import BadDays

DAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def attempts(*told: tuple[Way, int]) -> list[Attempt]:
    """Attempts by these ways, so many days ago."""
    return [Attempt(way, NOON - timedelta(days=days)) for way, days in told]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Racing in Mill Lane", []),
        ("Speak to Mr Smith about his dogs", ["Mr Smith"]),
        ("PC O’Brien to patrol the park", ["PC O’Brien"]),
        ("Dogs of ann  example in the park", ["Ann Example"]),
        ("Dogs of Ann Examples in the park", []),
        ("Litter beside the Green", []),
        ("Nuisance at Dr. J. Patel’s surgery", ["Dr. J. Patel’s"]),
    ],
)
def test_a_wording_that_names_somebody_is_noticed(words: str, named: list[str]) -> None:
    assert people_named(words, ["Ann Example", "Green"]) == named


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_any_words_can_be_looked_through(words: str, known: list[str]) -> None:
    assert set(people_named(words, known)) <= {*known, *people_named(words, [])}


def test_a_priority_is_looked_at_again_within_three_months() -> None:
    assert review_due(date(2026, 11, 16)) == date(2027, 2, 16)
    assert review_due(date(2026, 11, 30)) == date(2027, 2, 28)
    assert review_due(date(2026, 8, 1)) == date(2026, 11, 1)  # over the end of summer time


def test_where_a_priority_stands_follows_from_its_days() -> None:
    assert state_of(agreed_on=None, asked_on=None, closed_on=None) is PriorityState.PROPOSED
    assert state_of(agreed_on=DAY, asked_on=None, closed_on=None) is PriorityState.OPEN
    assert state_of(agreed_on=DAY, asked_on=DAY, closed_on=None) is PriorityState.WAITING
    assert state_of(agreed_on=DAY, asked_on=None, closed_on=DAY) is PriorityState.CLOSED


@pytest.mark.parametrize("title", ["", "  ", "?!", "x" * 201])
def test_a_wording_that_says_nothing_or_too_much_is_refused(title: str) -> None:
    with pytest.raises(TitleMissing):
        check_title(title)


def test_days_to_come_or_out_of_order_are_refused() -> None:
    with pytest.raises(BadDays, match="is to come"):
        check_days(DAY, raised_on=DAY + timedelta(days=1))
    with pytest.raises(BadDays, match="It was raised on"):
        check_days(DAY, raised_on=DAY, agreed_on=DAY - timedelta(days=1))
    with pytest.raises(BadDays, match="It was agreed on"):
        check_days(DAY, raised_on=DAY, agreed_on=DAY, closed_on=DAY - timedelta(days=1))


def test_three_attempts_on_different_days_by_two_ways_are_enough() -> None:
    enough = attempts((Way.EMAIL, 3), (Way.PHONE, 2), (Way.PHONE, 1))
    check_not_reached(enough, [Way.EMAIL, Way.PHONE])
    check_not_reached(attempts((Way.PHONE, 3), (Way.PHONE, 2), (Way.PHONE, 1)), [Way.PHONE])


@pytest.mark.parametrize(
    ("tried", "lacking"),
    [
        ((), "try 3 more days, and also try by email or by phone"),
        (((Way.EMAIL, 1), (Way.EMAIL, 1), (Way.PHONE, 1)), "try 2 more days"),
        (((Way.EMAIL, 1), (Way.EMAIL, 2), (Way.EMAIL, 3)), "also try by phone"),
    ],
)
def test_too_little_tried_says_what_is_lacking(tried: tuple[tuple[Way, int], ...], lacking: str) -> None:
    told = attempts(*tried)
    assert lacking_attempts(told, [Way.EMAIL, Way.PHONE]) == lacking
    with pytest.raises(NotYet, match=lacking):
        check_not_reached(told, [Way.EMAIL, Way.PHONE])


def test_days_are_local_days() -> None:
    """Half past midnight in July is the day after in London, and the same day in UTC."""
    late = datetime(2026, 7, 6, 22, 30, tzinfo=UTC)
    told = [Attempt(Way.PHONE, late + timedelta(hours=each)) for each in (0, 1, 25)]
    assert lacking_attempts(told, [Way.PHONE]) == ""


@given(st.lists(st.tuples(st.sampled_from(Way), st.integers(0, 5))), st.sets(st.sampled_from(Way)))
def test_one_more_attempt_never_makes_it_too_few(told: list[tuple[Way, int]], ways: set[Way]) -> None:
    if not lacking_attempts(attempts(*told), ways):
        assert not lacking_attempts(attempts(*told, (Way.PHONE, 9)), ways)
        assert len({days for _, days in told}) >= FEWEST_ATTEMPTS


@pytest.mark.parametrize(
    ("whom", "ending"),
    [
        (None, Ending.NOBODY_TO_ASK),
        (Whom(OriginatorKind.OFFICER, [Way.PHONE]), Ending.NOBODY_TO_ASK),
        (Whom(OriginatorKind.RESIDENT, [Way.PHONE], is_gone=True), Ending.GONE),
        (Whom(OriginatorKind.CALL, []), Ending.NO_WAY),
        (Whom(OriginatorKind.RESIDENT, [Way.EMAIL]), None),
    ],
)
def test_nobody_is_asked_where_nobody_can_be(whom: Whom | None, ending: Ending | None) -> None:
    assert ending_at_once(whom) is ending


def test_only_a_second_refusal_may_be_overruled_and_for_a_reason() -> None:
    check_overruled(2, "All was done.")
    with pytest.raises(NotYet):
        check_overruled(1, "All was done.")
    with pytest.raises(ReasonMissing):
        check_overruled(2, "  ")


def test_what_nobody_accepted_counts_as_closed_without_acceptance() -> None:
    assert {each for each in Ending if not each.is_without_acceptance} == {
        Ending.ACCEPTED,
        Ending.NOT_CHOSEN,
    }
