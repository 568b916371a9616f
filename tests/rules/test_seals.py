"""The seal of figures: the same for the same figures, another for any other."""

import dataclasses
import hashlib
import random

import pytest

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.rules import Level
from npt.performance.rules import RateRow
from npt.performance.seals import digest, is_seal, seal

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


def test_the_seal_does_not_depend_on_the_order_of_the_figures() -> None:
    shuffled = list(ROWS)
    random.Random(1).shuffle(shuffled)
    assert shuffled != ROWS
    assert digest(shuffled) == digest(ROWS)


def test_the_seal_is_what_anybody_works_out_from_the_documented_text() -> None:
    text = (
        '[{"abstracted":60,"definition":"local-2008","denominator":480,"group":"officers",'
        '"month":"2026-10","reason":null,"unit":"T1"}]'
    )
    assert digest(ROWS[:1]) == hashlib.sha256(text.encode()).hexdigest()
    assert seal(ROWS[:1]) == "1440fafbcecf"


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
def test_any_other_figure_gives_another_seal(other: dict[str, object]) -> None:
    changed = dataclasses.replace(ROWS[0], **other)  # type: ignore[arg-type]  # a test names real fields
    assert seal([changed, *ROWS[1:]]) != seal(ROWS)


def test_a_figure_that_is_confirmed_meanwhile_is_the_same_figure() -> None:
    confirmed = [dataclasses.replace(row, coverage=Share(2, 2)) for row in ROWS]
    assert seal(confirmed) == seal(ROWS)


def test_a_figure_more_or_less_gives_another_seal() -> None:
    assert len({seal(ROWS[:count]) for count in range(len(ROWS) + 1)}) == len(ROWS) + 1


@pytest.mark.parametrize(
    ("text", "is_so"), [(seal(ROWS), True), ("", False), ("x" * 12, False), ("a" * 13, False)]
)
def test_what_could_be_a_seal_is_told_from_what_could_not(text: str, is_so: bool) -> None:
    assert is_seal(text) is is_so
