"""From stage to stage: what is refused, and on whom a problem waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.problems.rules import (
    BadProblemText,
    Lack,
    NotReady,
    OpenAction,
    ReasonMissing,
    SignOff,
    Stage,
    StageRefused,
    check_move,
    check_text,
    waiting_on,
    words_of,
)

TODAY = date(2026, 11, 16)
LACK = Lack("sources", "Give evidence that it keeps happening.")
STAGES = st.sampled_from(list(Stage))


@given(STAGES, STAGES, st.booleans(), st.sampled_from([None, "", "It came back"]))
def test_a_stage_is_entered_only_from_the_one_before_that_lacks_nothing_or_back_with_a_reason(
    before: Stage, after: Stage, is_lacking: bool, reason: str | None
) -> None:
    may = (after.number == before.number + 1 and after is not Stage.CLOSED and not is_lacking) or (
        after.number < before.number and bool(reason)
    )
    try:
        check_move(before, after, [LACK] if is_lacking else [], reason)
    except (StageRefused, ReasonMissing):
        assert not may
    else:
        assert may


def test_a_stage_that_would_be_skipped_is_refused_with_the_one_to_enter_first() -> None:
    with pytest.raises(StageRefused, match="move it on to analysis first"):
        check_move(Stage.SCANNING, Stage.RESPONSE, [], None)


def test_what_is_missing_is_counted() -> None:
    with pytest.raises(NotReady, match="one more thing first: it is listed"):
        check_move(Stage.SCANNING, Stage.ANALYSIS, [LACK], None)
    with pytest.raises(NotReady, match="2 more things first: they are listed"):
        check_move(Stage.SCANNING, Stage.ANALYSIS, [LACK, LACK], None)


def waits(
    stage: Stage,
    *actions: OpenAction,
    lacks: list[Lack] | None = None,
    is_scored: bool = False,
    sign_offs: list[SignOff] | None = None,
) -> list[str]:
    found = waiting_on(
        stage,
        owner="Ann",
        lacks=lacks or [],
        actions=actions,
        today=TODAY,
        is_scored=is_scored,
        sign_offs=sign_offs or [],
    )
    return [f"{each.on}: {each.what}{', overdue' if each.is_overdue else ''}" for each in found]


def action(what: str, days: int) -> OpenAction:
    return OpenAction(what, "Bob", TODAY + timedelta(days=days))


def test_a_problem_waits_on_its_owner_for_what_is_missing() -> None:
    assert waits(Stage.SCANNING, lacks=[LACK]) == ["Ann: Give evidence that it keeps happening"]
    assert waits(Stage.SCANNING) == ["Ann: Move it on to analysis"]
    assert waits(Stage.ASSESSMENT, is_scored=True) == ["Ann: Close it"]


def test_a_response_waits_on_those_who_have_something_to_do_the_first_due_first() -> None:
    assert waits(Stage.RESPONSE, action("Mend it", 3), action("Ask", 0)) == ["Bob: Ask", "Bob: Mend it"]
    assert waits(Stage.RESPONSE) == ["Ann: Move it on to assessment"]


def test_what_is_overdue_comes_first_at_every_stage() -> None:
    late = action("Mend it", -1)
    assert waits(Stage.ANALYSIS, late, lacks=[LACK]) == [
        "Bob: Mend it, overdue",
        "Ann: Give evidence that it keeps happening",
    ]
    assert waits(Stage.RESPONSE, late, action("Ask", 1)) == ["Bob: Mend it, overdue", "Bob: Ask"]
    assert waits(Stage.CLOSED, late, is_scored=True) == ["Bob: Mend it, overdue"]


def test_what_was_asked_of_whoever_raised_it_comes_before_what_the_owner_has_to_do() -> None:
    asked = [SignOff("PR-7", TODAY)]
    answer = "Whoever raised PR-7: Say whether it is solved: asked on 16 November 2026"
    assert waits(Stage.ASSESSMENT, sign_offs=asked, is_scored=True) == [answer, "Ann: Close it"]
    assert waits(Stage.CLOSED, action("Mend it", -1), sign_offs=asked, is_scored=True) == [
        "Bob: Mend it, overdue",
        answer,
    ]
    assert waits(Stage.RESPONSE, sign_offs=asked) == [answer, "Ann: Move it on to assessment"]


def test_a_record_is_scored_at_its_assessment_or_after_and_then_it_waits_for_nothing() -> None:
    assert waits(Stage.ASSESSMENT) == ["Ann: Close it", "A supervisor or an analyst: Score the record"]
    assert waits(Stage.CLOSED) == ["A supervisor or an analyst: Score the record"]
    assert waits(Stage.CLOSED, is_scored=True) == []


@pytest.mark.parametrize("typed", ["", " ", "\u200b", None])
def test_words_that_nobody_can_read_are_no_words(typed: str | None) -> None:
    with pytest.raises(BadProblemText, match="Say where it is"):
        check_text(typed or "", 20, "place", "Say where it is.")


def test_too_many_words_are_refused_with_how_many_there_are() -> None:
    assert words_of("  x ", 1, "place") == "x"
    with pytest.raises(BadProblemText, match="It has 21 characters: use 20 at most"):
        words_of("x" * 21, 20, "place")
