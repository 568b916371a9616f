"""How a definition changes from a day on, and which days that moves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.counting.rules import (
    SINCE,
    BadDefinitionCode,
    MarkChange,
    check_definition_code,
    counts_on,
    moved,
    planned_change,
    with_mark,
)
from npt.shifts.rules import ReasonClosed, check_open

MARCH = date(2026, 3, 1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MARKS = st.dictionaries(DAYS, st.booleans(), max_size=6).map(lambda marks: tuple(sorted(marks.items())))
ALWAYS = ((SINCE, True),)


def days_of_2026() -> list[date]:
    return [date(2025, 12, 31) + timedelta(days=number) for number in range(368)]


@given(MARKS, DAYS, st.booleans())
def test_a_change_holds_from_its_day_to_the_next_mark_and_moves_no_other_day(
    marks: tuple[tuple[date, bool], ...], day: date, counts: bool
) -> None:
    change = planned_change("event", marks, day, counts)
    if change is None:
        assert counts_on(marks, day) is counts
        return
    after = with_mark(marks, day, change.counts)
    following = min((starts_on for starts_on, _ in marks if starts_on > day), default=date.max)
    for each in days_of_2026():
        is_moved = day <= each < following
        assert counts_on(after, each) is (counts if is_moved else counts_on(marks, each))


@given(MARKS, DAYS, st.booleans())
def test_what_is_said_to_move_is_what_moves(
    marks: tuple[tuple[date, bool], ...], day: date, counts: bool
) -> None:
    change = planned_change("event", marks, day, counts)
    spans = [] if change is None else moved(change, marks)
    after = marks if change is None else with_mark(marks, day, change.counts)
    for each in days_of_2026():
        comes_to = [
            span.counts for span in spans if span.first <= each and (span.last is None or each <= span.last)
        ]
        expected = [] if counts_on(after, each) is counts_on(marks, each) else [counts_on(after, each)]
        assert comes_to == expected


@given(MARKS, DAYS, st.booleans())
def test_a_change_taken_back_leaves_the_marks_as_they_were(
    marks: tuple[tuple[date, bool], ...], day: date, counts: bool
) -> None:
    change = planned_change("event", marks, day, counts)
    if change is not None:
        after = with_mark(marks, day, change.counts)
        assert with_mark(after, day, change.undone.counts) == marks


def test_what_is_so_already_is_no_change() -> None:
    assert planned_change("event", ALWAYS, MARCH, True) is None


def test_a_change_of_mind_on_the_same_day_leaves_no_mark_behind() -> None:
    marks = with_mark(ALWAYS, MARCH, False)
    assert planned_change("event", marks, MARCH, True) == MarkChange("event", MARCH, False, None)


def test_a_reason_of_which_nothing_is_said_yet_gets_a_mark_of_its_own() -> None:
    assert planned_change("event", (), MARCH, True) == MarkChange("event", MARCH, None, True)


@pytest.mark.parametrize("code", ["public-order", "a", "2026", "local-2008"])
def test_a_code_is_small_letters_and_digits_with_single_hyphens(code: str) -> None:
    check_definition_code(code)


@pytest.mark.parametrize("code", ["", "Public", "public order", "-a", "a-", "a--b", "a" * 31, "é", "a\x00"])
def test_anything_else_is_no_code(code: str) -> None:
    with pytest.raises(BadDefinitionCode, match="like public-order"):
        check_definition_code(code)


def test_a_closed_reason_may_be_recorded_to_its_last_day() -> None:
    check_open("Event", MARCH, MARCH)
    check_open("Event", None, MARCH)
    with pytest.raises(ReasonClosed, match="after 1 March 2026"):
        check_open("Event", MARCH, MARCH + timedelta(days=1))
