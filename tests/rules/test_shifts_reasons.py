"""Reasons for being away, and the definitions that count them."""

import pytest

from npt.counting.rules import DEFAULT_DEFINITION, SHIPPED_DEFINITIONS, Definition
from npt.shifts.rules import SHIPPED_REASONS, NoteMissing, ReasonKind, check_note

DEFINITIONS = {definition.code: definition for definition in SHIPPED_DEFINITIONS}


def codes(kind: ReasonKind) -> set[str]:
    return {reason.code for reason in SHIPPED_REASONS if reason.kind is kind}


def counted(definition: Definition) -> set[str]:
    return {reason.code for reason in SHIPPED_REASONS if definition.counts(reason.code, reason.kind)}


def test_the_shipped_reasons_of_abstraction_are_those_people_script_against() -> None:
    assert codes(ReasonKind.ABSTRACTION) == {
        "response",
        "custody",
        "scene-guard",
        "constant-watch",
        "night-time-economy",
        "event",
        "public-order",
        "control-room",
        "enquiry",
        "court",
        "training",
        "station",
        "other",
    }


def test_the_shipped_reasons_of_absence_are_those_people_script_against() -> None:
    assert codes(ReasonKind.ABSENCE) == {"leave", "sickness", "rest-day", "other-absence"}


def test_no_two_shipped_reasons_share_a_code() -> None:
    assert len({reason.code for reason in SHIPPED_REASONS}) == len(SHIPPED_REASONS)


def test_only_other_needs_a_note() -> None:
    assert [reason.code for reason in SHIPPED_REASONS if reason.needs_note] == ["other"]


def test_three_definitions_are_shipped_and_the_local_one_is_the_default() -> None:
    assert list(DEFINITIONS) == ["local-2008", "inspectorate", "all-time-lost"]
    assert DEFAULT_DEFINITION == "local-2008"


def test_the_local_definition_leaves_out_training_and_court() -> None:
    assert counted(DEFINITIONS["local-2008"]) == codes(ReasonKind.ABSTRACTION) - {"training", "court"}


def test_the_inspectorate_counts_every_abstraction() -> None:
    assert counted(DEFINITIONS["inspectorate"]) == codes(ReasonKind.ABSTRACTION)


def test_all_time_lost_counts_absence_too() -> None:
    assert counted(DEFINITIONS["all-time-lost"]) == codes(ReasonKind.ABSTRACTION) | codes(ReasonKind.ABSENCE)


@pytest.mark.parametrize("note", [None, "", "  \n"])
def test_an_empty_note_is_refused_where_the_reason_needs_one(note: str | None) -> None:
    with pytest.raises(NoteMissing, match="say in a few words") as refused:
        check_note("Other abstraction", True, note)
    assert refused.value.field == "note"


def test_a_note_satisfies_the_reason_that_needs_one() -> None:
    check_note("Other abstraction", True, "Lent to the licensing team")


def test_a_reason_that_needs_no_note_stands_without() -> None:
    check_note("Custody", False, None)
