"""The invented county: its neighbourhoods cover it without gap or overlap, and all lies where it should."""

import pytest

from npt.demonstration.force import Force
from npt.demonstration.ground import boundary_rows, inside, shapes, sites
from npt.demonstration.places import areas, teams
from npt.demonstration.streets import postcode_rows, street_rows
from npt.places.geometry import crossing_of, overlaps, union_of
from npt.places.queries import neighbourhood_at, without_boundary
from npt.places.rules import Point
from tests.records.demonstration.loading import TODAY, Loaded


def test_every_neighbourhood_has_its_ground_and_no_two_the_same() -> None:
    drawn = list(shapes().values())
    assert len(drawn) == 88
    assert [shape for shape in drawn if crossing_of(shape)] == []
    assert list(overlaps(drawn, range(len(drawn)))) == []


def test_together_they_are_the_county_without_a_gap() -> None:
    county = union_of(shapes().values())
    assert [len(polygon) for polygon in county.polygons] == [1]  # one outline, no hole


@pytest.mark.parametrize("length", [1, 2, 3], ids=["bcu", "area", "team"])
def test_the_ground_of_a_wider_unit_is_of_one_piece(length: int) -> None:
    by_unit: dict[str, list[str]] = {}
    for code in shapes():
        by_unit.setdefault(code[:length], []).append(code)
    pieces = {
        unit: len(union_of(shapes()[code] for code in codes).polygons) for unit, codes in by_unit.items()
    }
    assert {unit: count for unit, count in pieces.items() if count > 1} == {}


def test_the_same_county_is_drawn_every_time() -> None:
    again = {code: shape for code, _, shape in boundary_rows()}
    shapes.cache_clear()
    sites.cache_clear()
    assert {code: shape for code, _, shape in boundary_rows()} == again


def test_streets_and_postcodes_lie_in_their_neighbourhoods() -> None:
    codes = [each.code for team in teams() for each in team.neighbourhoods]
    assert [
        code for code in codes for number in range(5) if not shapes()[code].holds(inside(code, number))
    ] == []
    assert len(list(areas())) == 10


def test_the_loaded_county_knows_the_neighbourhood_of_each_of_its_points(demonstration: Loaded) -> None:
    found = {
        code: neighbourhood_at(demonstration.session, Point(site.lat, site.lng), as_at=TODAY)
        for code, site in sites().items()
    }
    assert {code for code, unit in found.items() if unit is None or unit.code != code} == set()
    assert without_boundary(demonstration.session, None, as_at=TODAY) == []


def test_its_postcodes_are_of_districts_that_do_not_exist(force: Force) -> None:
    rows = list(postcode_rows(force.calendar))
    assert {row[0].split()[0] for row in rows} == {"LU9", "MK49"}
    assert len({row[0] for row in rows}) == len(rows) == 352
    assert len(list(street_rows())) > 250
