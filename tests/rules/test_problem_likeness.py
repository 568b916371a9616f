"""Which problems may be the same, and which are like each other."""

import pytest

from npt.places.rules import UNIT, Point
from npt.problem_search.rules import is_nearby, likeness, streets_in

HERE = Point(52 * UNIT, 0)


@pytest.mark.parametrize(("metres", "nearby"), [(0, True), (249, True), (251, False)])
def test_a_problem_within_250_metres_may_be_the_same(metres: int, nearby: bool) -> None:
    there = Point(HERE.lat + metres * UNIT // 111_195, HERE.lng)
    assert is_nearby(("Shops", HERE), ("Park", there)) is nearby


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mill Road", "outside the shop, Mill Rd"),
        ("12 Mill Road", "Mill Road by the bridge"),
        ("St. John’s Street", "corner of Bell Lane and St Johns St"),
    ],
)
def test_a_problem_in_the_same_street_may_be_the_same_however_it_is_written(one: str, other: str) -> None:
    assert is_nearby((one, None), (other, None))


@pytest.mark.parametrize(("one", "other"), [("Mill Road", "Mill Lane"), ("The park", "The park"), ("", "")])
def test_without_a_street_or_a_point_nothing_is_the_same(one: str, other: str) -> None:
    assert not is_nearby((one, None), (other, None))


def test_what_is_no_street_is_none() -> None:
    assert streets_in("the bus station, road") == frozenset()


def test_texts_are_as_like_as_the_words_they_share() -> None:
    assert likeness({"moped", "race"}, {"moped", "noise", "race", "park"}) == 500
    assert likeness((), ()) == 0
