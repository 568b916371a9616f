"""The law of places: which shape holds a point, what GeoJSON may say, postcodes, streets, and the drawing."""

import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.places.drawing import Ground, Pin, draw
from npt.places.rules import (
    UNIT,
    BadPoint,
    BadPostcode,
    BadShape,
    Box,
    LooksSwapped,
    Point,
    Shape,
    advice_on_postcode,
    cells_over,
    cells_under,
    check_point,
    compact_postcode,
    looks_like_postcode,
    postcode_number,
    postcode_words,
    read_degrees,
    read_ending,
    read_point,
    read_shape,
    street_key,
    streets_sought,
)

SQUARE = Shape.spelt([[(0, 0, 10, 0, 10, 10, 0, 10)]])
RING = Shape.spelt([[(0, 0, 10, 0, 10, 10, 0, 10), (4, 4, 6, 4, 6, 6, 4, 6)]])


# Shapes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lat", "lng", "is_held"),
    [
        (5, 5, True),
        (0, 0, True),  # a corner
        (10, 10, True),
        (0, 5, True),  # a level edge
        (10, 5, True),
        (5, 0, True),  # an upright edge
        (5, 10, True),
        (5, -1, False),
        (5, 11, False),
        (0, -1, False),  # beside a level edge
        (10, 11, False),
        (11, 5, False),
    ],
)
def test_a_square_holds_its_inside_and_its_edge(lat: int, lng: int, is_held: bool) -> None:
    assert SQUARE.holds(Point(lat, lng)) is is_held


@pytest.mark.parametrize(("at", "is_held"), [(5, False), (4, True), (6, True), (3, True)])
def test_a_hole_is_outside_and_its_edge_is_not(at: int, is_held: bool) -> None:
    assert RING.holds(Point(5, at)) is is_held


def test_a_slanted_edge_is_held_exactly() -> None:
    third = Shape.spelt([[(0, 0, 3 * UNIT, UNIT, 0, UNIT)]])
    assert third.holds(Point(UNIT // 10 * 3, 3 * (UNIT // 10 * 3)))
    assert not third.holds(Point(UNIT // 10 * 3, 3 * (UNIT // 10 * 3) + 1))


def test_a_shape_of_two_parts_holds_the_points_of_both() -> None:
    two = Shape.spelt([[(0, 0, 1, 0, 1, 1, 0, 1)], [(5, 5, 6, 5, 6, 6, 5, 6)]])
    assert two.holds(Point(1, 1))
    assert two.holds(Point(5, 6))
    assert not two.holds(Point(3, 3))


@given(st.integers(0, 7), st.booleans())
def test_a_shape_has_one_spelling_wherever_its_ring_begins_and_whichever_way_it_runs(
    turn: int, is_reversed: bool
) -> None:
    corners = [(0, 0), (4, 1), (9, 0), (10, 6), (6, 10), (3, 8), (1, 9), (0, 5)]
    turned = [*corners[turn:], *corners[:turn]]
    if is_reversed:
        turned.reverse()
    flat = tuple(value for corner in turned for value in corner)
    first = tuple(value for corner in corners for value in corner)
    assert Shape.spelt([[flat]]) == Shape.spelt([[first]])


def test_a_stored_shape_comes_back_as_it_was() -> None:
    both = Shape.spelt([[(20, 20, 30, 20, 30, 30, 20, 30)], *RING.polygons])
    assert Shape.stored(both.as_stored) == both
    assert both.corners == 12


def test_a_ring_without_an_inside_is_no_shape() -> None:
    with pytest.raises(ValueError, match="no inside"):
        Shape.spelt([[(0, 0, 5, 5, 10, 10)]])


# Cells ------------------------------------------------------------------------------------------------------


@given(
    st.integers(-90 * UNIT, 90 * UNIT),
    st.integers(-180 * UNIT, 180 * UNIT),
    st.integers(0, 4 * UNIT),
    st.integers(0, 4 * UNIT),
)
def test_a_point_of_a_box_is_found_by_one_of_the_cells_of_the_box(
    south: int, west: int, high: int, wide: int
) -> None:
    box = Box(south, west, min(south + high, 90 * UNIT), min(west + wide, 180 * UNIT))
    keys = {key for key, _ in cells_under(box)}
    assert len(keys) <= 64
    for point in (Point(box.south, box.west), Point(box.north, box.east), box.middle):
        assert len(keys.intersection(cells_over(point))) == 1


def test_cells_of_different_sizes_have_different_keys() -> None:
    keys = cells_over(Point(52 * UNIT, -UNIT // 2))
    assert len(set(keys)) == len(keys)


# GeoJSON ----------------------------------------------------------------------------------------------------


def polygon(*rings: list[tuple[float, float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in ring] for ring in rings]}


ISLAND = [(-0.5, 52.0), (-0.4, 52.0), (-0.4, 52.1), (-0.5, 52.1), (-0.5, 52.0)]
POND = [(-0.46, 52.04), (-0.44, 52.04), (-0.44, 52.06), (-0.46, 52.06), (-0.46, 52.04)]


def test_rings_in_either_direction_are_the_same_shape() -> None:
    assert read_shape(polygon(ISLAND)) == read_shape(polygon(ISLAND[::-1]))


def test_holes_and_several_polygons_are_taken() -> None:
    shape = read_shape({"type": "MultiPolygon", "coordinates": [polygon(ISLAND, POND)["coordinates"]]})
    assert shape is not None
    assert not shape.holds(Point.of_degrees(52.05, -0.45))
    assert shape.holds(Point.of_degrees(52.01, -0.45))


def test_a_height_over_the_sea_is_left_out() -> None:
    high = [(*corner, 80.0) for corner in ISLAND]
    assert read_shape({"type": "Polygon", "coordinates": [[list(corner) for corner in high]]}) == read_shape(
        polygon(ISLAND)
    )


@pytest.mark.parametrize(
    "geometry",
    [None, {"type": "Polygon", "coordinates": []}, {"type": "MultiPolygon", "coordinates": [[], []]}],
)
def test_a_geometry_that_is_null_or_empty_outlines_nothing(geometry: object) -> None:
    assert read_shape(geometry) is None


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        (polygon([(lat, lng) for lng, lat in ISLAND]), "look swapped"),
        (polygon([(502000.0, 221000.0), (503000.0, 221000.0), (503000.0, 222000.0), (502000.0, 221000.0)]),
         "National Grid"),
        (polygon([(-0.5, 99.0), (-0.4, 99.0), (-0.4, 99.1), (-0.5, 99.0)]), "off the globe"),
        (polygon(ISLAND[:-1]), "not closed"),
        (polygon(ISLAND[:2]), "not closed"),
        (polygon([]), "not closed"),
        (polygon([(-0.5, 52.0), (-0.4, 52.1), (-0.3, 52.2), (-0.5, 52.0)]), "without an inside"),
        ({"type": "Polygon", "coordinates": [[["-0.5", "52"]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[True, 52.0]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[-0.5]]]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[-0.5, 52.0]]}, "not nested"),
        ({"type": "Polygon"}, "not nested"),
        ({"type": "LineString", "coordinates": []}, "a LineString"),
        ({"type": "GeometryCollection", "geometries": []}, "a GeometryCollection"),
        ({"type": ["Polygon"]}, "no geometry of GeoJSON"),
        ("Polygon", "no geometry of GeoJSON"),
    ],
)  # fmt: skip
def test_a_geometry_that_is_no_outline_is_refused_with_the_cure(geometry: object, told: str) -> None:
    with pytest.raises(BadShape, match=told):
        read_shape(geometry)


# Points -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["51.8791,-0.4175", " 51.8791 , -0.4175 ", "51.8791 -0.4175", "51.8791;-0.4175", "+51.87910,-.4175"],
)
def test_a_point_is_read_with_a_comma_or_a_blank(text: str) -> None:
    expected = None if "-." in text else Point(518_791_000, -4_175_000)
    assert read_point(text) == expected


@pytest.mark.parametrize(
    "text", ["", "51.9", "51.9,x", "1e1,2", "NaN,0", "51.9,0,0", "٥١,٠", "0x1,1", "51,9,0,4"]
)
def test_what_is_not_two_numbers_is_no_point(text: str) -> None:
    assert read_point(text) is None


def test_a_point_off_the_globe_is_refused() -> None:
    with pytest.raises(BadPoint, match="-90 to 90"):
        read_point("91, 0")


def test_latitude_and_longitude_that_are_swapped_are_told() -> None:
    with pytest.raises(LooksSwapped, match="look swapped"):
        check_point(Point.of_degrees(Decimal("-0.4175"), Decimal("51.8791")))


def test_a_point_far_from_britain_is_refused() -> None:
    with pytest.raises(BadPoint, match="not in Britain"):
        check_point(Point.of_degrees(0, 0))


def test_an_easting_is_no_degree() -> None:
    with pytest.raises(ValueError, match="National Grid"):
        read_degrees("507300")


# Postcodes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["LU1 2AB", "lu12ab", "Lu1  2aB", " LU1\u00a02AB ", "LU1-2AB", "l u 1 2 a b"]
)
def test_a_postcode_has_one_spelling_whatever_its_spacing_and_case(typed: str) -> None:
    assert compact_postcode(typed) == "LU12AB"
    assert postcode_words("LU12AB") == "LU1 2AB"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("LU1 OAB", "did you mean LU1 0AB?"),
        ("lui 2ab", "did you mean LU1 2AB?"),
        ("MK4O 1AA", "did you mean MK40 1AA?"),
        ("0X1 2AB", "did you mean OX1 2AB?"),
        ("LU1", "type the whole of it"),
        ("LU1 1", "type the whole of it"),
        ("MK40 1A", "type the whole of it"),
        ("Poole", ""),
        ("Luton", ""),
        ("Mill Lane", ""),
        ("", ""),
    ],
)
def test_part_of_a_postcode_and_a_letter_for_a_number_are_told_what_to_do(typed: str, advice: str) -> None:
    given = advice_on_postcode(typed)
    assert (advice in given, bool(given)) == (True, bool(advice))


@pytest.mark.parametrize("typed", ["", "LU1", "1LU 2AB", "LU1 2AB 3", "Mill Lane", "ЛУ1 2АВ", "LU1 2A\x00"])
def test_other_words_are_no_postcode(typed: str) -> None:
    assert not looks_like_postcode(typed)
    with pytest.raises(BadPostcode):
        compact_postcode(typed)


@given(st.sets(st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", fullmatch=True), max_size=8))
def test_every_postcode_has_a_number_of_its_own(postcodes: set[str]) -> None:
    numbers = {postcode_number(each) for each in postcodes}
    assert len(numbers) == len(postcodes)
    assert all(number < 2**63 for number in numbers)


def test_the_end_of_a_postcode_is_a_day_or_the_month_of_a_directory() -> None:
    assert [read_ending(text).isoformat() for text in ("201903", "2019-03", "2019-03-31")] == [
        "2019-03-01",
        "2019-03-01",
        "2019-03-31",
    ]


# Streets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Wagtail Rd", "wagtail road"),
        ("Wagtail Rd.", "wagtail road"),
        ("St. John’s St", "st johns street"),
        ("ST JOHNS STREET", "st johns street"),
        ("Église Cl", "eglise close"),
        ("Close", "close"),
    ],
)
def test_a_street_is_known_however_it_is_written(typed: str, key: str) -> None:
    assert street_key(typed) == key


def test_a_street_may_come_with_the_number_of_a_house_and_a_town() -> None:
    sought = [(each.key, each.place) for each in streets_sought("12a Mill Ln Flitwick")]
    assert ("mill lane", ("flitwick",)) in sought
    assert [(each.key, each.place) for each in streets_sought("Mill Ln, Flitwick")] == [
        ("mill lane", ("flitwick",))
    ]


# The drawing ------------------------------------------------------------------------------------------------


def test_nothing_to_draw_is_no_map() -> None:
    assert draw([]) is None


def test_neighbours_share_their_edge_on_the_drawing() -> None:
    west = Shape.spelt([[(0, 0, 7 * UNIT, 0, 6 * UNIT, 9 * UNIT, 0, 9 * UNIT)]])
    east = Shape.spelt([[(7 * UNIT, 0, 11 * UNIT, 0, 11 * UNIT, 9 * UNIT, 6 * UNIT, 9 * UNIT)]])
    drawn = draw([Ground("west", [west]), Ground("east", [east])])
    assert drawn is not None
    assert len(set(corners_of(drawn.grounds[0].path)) & set(corners_of(drawn.grounds[1].path))) == 2


def corners_of(path: str) -> list[tuple[int, int]]:
    start, steps = path.removeprefix("M").removesuffix("z").split("l")
    x, y = _numbers(start)
    found = [(x, y)]
    numbers = _numbers(steps)
    for right, down in zip(numbers[0::2], numbers[1::2], strict=True):
        x, y = x + right, y + down
        found.append((x, y))
    return found


def _numbers(words: str) -> list[int]:
    return [int(each) for each in re.findall(r"-?\d+", words)]


def test_a_drawing_of_a_hundred_thousand_corners_stays_small() -> None:
    chance = random.Random(9)
    grounds = []
    for number in range(100):
        west = number % 10 * UNIT // 10
        south = 52 * UNIT + number // 10 * UNIT // 10
        high = [(west + x * UNIT // 10_000, south + chance.randrange(UNIT // 20)) for x in range(1000)]
        ring = (west, south - UNIT // 10, *(value for corner in reversed(high) for value in corner))
        grounds.append(Ground(str(number), [Shape.spelt([[ring]])]))
    drawn = draw(grounds)
    assert drawn is not None
    assert sum(len(each.path) for each in drawn.grounds) < 40_000


def test_a_drawing_is_never_higher_than_wide_and_holds_its_pins() -> None:
    slim = Shape.spelt([[(0, 50 * UNIT, UNIT // 10, 50 * UNIT, UNIT // 10, 52 * UNIT, 0, 52 * UNIT)]])
    drawn = draw([Ground("slim", [slim])], [Pin("here", Point(51 * UNIT, UNIT // 20))])
    assert drawn is not None
    assert drawn.height <= drawn.width + 1
    assert [(pin.x, pin.y) for pin in drawn.pins] == [("50.00%", "50.00%")]
    assert drawn.labels == []  # one ground needs no number
