"""The code of figures: the same for the same figures, another for any other."""

import dataclasses
import hashlib
import random

import pytest

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.rules import Level
from npt.performance.figures_code import digest, figures_code, is_figures_code
from npt.performance.rules import RateRow

ROWS = [
    RateRow(
        unit=unit,
        level=Level.TEAM,
        group=group,
        reason=None,
        month=Month(2026, 10),
        definition="local-2008",
        abstracted=abstracted,
        denominator=480,
        target=20,
        coverage=Share(1, 2),
    )
    for unit, group, abstracted in (("T1", "officers", 60), ("T1", "pcsos", 0), ("T2", "officers", 96))
]


def test_the_code_does_not_depend_on_the_order_of_the_figures() -> None:
    shuffled = list(ROWS)
    random.Random(1).shuffle(shuffled)
    assert shuffled != ROWS
    assert digest(shuffled) == digest(ROWS)


def test_the_code_is_what_anybody_works_out_from_the_documented_text() -> None:
    text = (
        '[{"abstracted":60,"definition":"local-2008","denominator":480,"group":"officers",'
        '"month":"2026-10","reason":null,"unit":"T1"}]'
    )
    assert digest(ROWS[:1]) == hashlib.sha256(text.encode()).hexdigest()
    assert figures_code(ROWS[:1]) == "1440fafbcecf"


@pytest.mark.parametrize(
    "other",
    [
        {"unit": "T3"},
        {"group": "pcsos"},
        {"reason": "response"},
        {"month": Month(2026, 11)},
        {"definition": "inspectorate"},
        {"abstracted": 61},
        {"denominator": 481},
    ],
)
def test_any_other_figure_gives_another_code(other: dict[str, object]) -> None:
    changed = dataclasses.replace(ROWS[0], **other)  # type: ignore[arg-type]  # a test names real fields
    assert figures_code([changed, *ROWS[1:]]) != figures_code(ROWS)


def test_a_figure_that_is_confirmed_meanwhile_is_the_same_figure() -> None:
    confirmed = [dataclasses.replace(row, coverage=Share(2, 2)) for row in ROWS]
    assert figures_code(confirmed) == figures_code(ROWS)


def test_a_figure_more_or_less_gives_another_code() -> None:
    assert len({figures_code(ROWS[:count]) for count in range(len(ROWS) + 1)}) == len(ROWS) + 1


@pytest.mark.parametrize(
    ("text", "is_so"), [(figures_code(ROWS), True), ("", False), ("x" * 12, False), ("a" * 13, False)]
)
def test_what_could_be_a_code_is_told_from_what_could_not(text: str, is_so: bool) -> None:
    assert is_figures_code(text) is is_so
