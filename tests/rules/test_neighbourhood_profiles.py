"""Profiles: until when one is right, what stands in a part, and how two versions differ."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.profiles.rules import (
    LONGEST_WORDS,
    BadReviewDate,
    BadWords,
    Change,
    Keeping,
    check_review_date,
    check_words,
    compared,
    joined,
    keeping_on,
    review_due,
)

TODAY = date(2026, 11, 16)
CLOSED = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("due", "keeping"),
    [
        (None, Keeping.MISSING),
        (date(2026, 11, 15), Keeping.OVERDUE),
        (date(2026, 11, 16), Keeping.DUE),
        (date(2026, 12, 14), Keeping.DUE),
        (date(2026, 12, 15), Keeping.CURRENT),
    ],
)
def test_a_profile_is_overdue_from_the_day_after_its_review_date(due: date | None, keeping: Keeping) -> None:
    assert keeping_on(due, TODAY) is keeping


def test_a_profile_that_nobody_wrote_counts_as_overdue() -> None:
    assert [each for each in Keeping if each.is_overdue] == [Keeping.MISSING, Keeping.OVERDUE]


def test_a_review_on_29_february_is_due_on_the_28th() -> None:
    assert review_due(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize("due", [date(2026, 11, 15), date(2027, 11, 17)])
def test_a_review_date_in_the_past_or_over_a_year_ahead_is_refused(due: date) -> None:
    with pytest.raises(BadReviewDate):
        check_review_date(due, TODAY)


@pytest.mark.parametrize("due", [TODAY, date(2027, 11, 16)])
def test_a_review_date_from_today_to_a_year_ahead_is_taken(due: date) -> None:
    check_review_date(due, TODAY)


@pytest.mark.parametrize("words", ["", " \n ", "x" * (LONGEST_WORDS + 1)])
def test_a_part_says_something_and_fits_its_paper(words: str) -> None:
    with pytest.raises(BadWords):
        check_words(words)


def test_words_of_a_closed_neighbourhood_come_below_with_where_they_are_from() -> None:
    assert joined("", "The market.", "Old Town", CLOSED) == "The market."
    assert joined("Shops.", "The market.", "Old Town", CLOSED) == (
        "Shops.\n\nFrom Old Town, closed on 31 May 2026:\nThe market."
    )


def test_words_that_do_not_fit_together_are_refused_and_nothing_is_cut() -> None:
    with pytest.raises(BadWords, match="shorten one of the two first"):
        joined("x" * LONGEST_WORDS, "y", "Old Town", CLOSED)


def test_a_changed_word_is_told_as_removed_and_added() -> None:
    told = [(piece.change, piece.text) for piece in compared("One school.", "Two school.")]
    assert told == [(Change.REMOVED, "One"), (Change.ADDED, "Two"), (Change.SAME, " school.")]


TEXTS = st.text(alphabet="ab \n", max_size=80)


@given(TEXTS, TEXTS)
def test_both_versions_are_whole_in_what_is_compared(old: str, new: str) -> None:
    pieces = compared(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
