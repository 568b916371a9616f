"""The law of a review of boundaries."""

from datetime import date

import pytest

from npt.kit.refusals import Refusal
from npt.organisation.rules import ReasonMissing, check_reason, review_due
from npt.reorganisation.rules import (
    CodeTwice,
    NotYet,
    Opening,
    Plan,
    ReviewKind,
    SameTeam,
    WrongNumber,
    check_day,
    check_openings,
    opened_by,
)

DAY = date(2026, 11, 16)


def opening(code: str, team: str = "T1") -> Opening:
    return Opening(code, f"Neighbourhood {code}", team, None)


def test_what_closes_in_a_merge_is_taken_over_by_the_one_that_opens() -> None:
    plan = Plan(ReviewKind.MERGE, DAY, ("N1", "N2"), (opening("N9"),))
    assert {code: plan.taking_over(code) for code in plan.closing} == {"N1": ("N9",), "N2": ("N9",)}
    assert plan.last_day == date(2026, 11, 15)


def test_what_closes_in_a_split_is_taken_over_by_each_part() -> None:
    plan = Plan(ReviewKind.SPLIT, DAY, ("N1",), (opening("N8"), opening("N9")))
    assert plan.taking_over("N1") == ("N8", "N9")


def test_each_neighbourhood_that_goes_to_another_team_has_its_own_successor() -> None:
    plan = Plan(ReviewKind.TRANSFER, DAY, ("N1", "N2"), (opening("N8"), opening("N9")))
    assert [plan.taking_over(code) for code in plan.closing] == [("N8",), ("N9",)]


@pytest.mark.parametrize(
    ("kind", "chosen", "opened"),
    [(ReviewKind.MERGE, 3, 1), (ReviewKind.SPLIT, 1, 4), (ReviewKind.TRANSFER, 3, 3)],
)
def test_so_many_neighbourhoods_open(kind: ReviewKind, chosen: int, opened: int) -> None:
    assert opened_by(kind, chosen, 4) == opened


@pytest.mark.parametrize(
    ("kind", "chosen"), [(ReviewKind.MERGE, 1), (ReviewKind.SPLIT, 2), (ReviewKind.TRANSFER, 13)]
)
def test_too_few_or_too_many_are_refused(kind: ReviewKind, chosen: int) -> None:
    with pytest.raises(WrongNumber) as refused:
        opened_by(kind, chosen, 2)
    assert refused.value.field == "places"


def test_a_review_takes_effect_today_or_took_it_before() -> None:
    check_day(DAY, DAY)
    with pytest.raises(NotYet) as refused:
        check_day(date(2026, 11, 17), DAY)
    assert refused.value.field == "on"


@pytest.mark.parametrize(
    ("openings", "refusal", "field"),
    [
        ([opening("N8", "T2"), opening("N8", "T2")], CodeTwice, "code-1"),
        ([opening("N8", "T2"), opening("N9", "T1")], SameTeam, "team-1"),
    ],
)
def test_what_cannot_open_is_refused_beside_its_field(
    openings: list[Opening], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check_openings(ReviewKind.TRANSFER, openings, {0: "T1", 1: "T1"})
    assert refused.value.field == field


# Priority classes -------------------------------------------------------------------------------------------


def test_a_priority_class_is_reviewed_twelve_months_after_the_last_time() -> None:
    assert review_due(date(2024, 2, 29), DAY) == date(2025, 2, 28)
    assert review_due(None, date(2026, 1, 5)) == date(2027, 1, 5)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_priority_class_has_a_reason_that_can_be_read(reason: str) -> None:
    with pytest.raises(ReasonMissing):
        check_reason(reason)
