"""The ground of the demonstration: an invented county, cut into its neighbourhoods without gap or overlap.

None of it is copied from a map. Every neighbourhood has an invented point, near those of its team and area;
the ground nearest to a point is the neighbourhood's (a Voronoi diagram). Corners are put on one grid, and
every edge is bent in the same way for both its neighbours, so that they share it exactly. The code draws the
same county every time.
"""

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from npt.demonstration.places import areas
from npt.demonstration.units import SPLIT_CODE, SPLIT_NAME, SPLIT_TEAM
from npt.places.geometry import union_of
from npt.places.rules import UNIT, Point, Shape

#: code, name, shape
BoundaryRow = tuple[str, str, Shape]

_Corner = tuple[int, int]

#: Corners lie on multiples of this, about a metre.
_GRID = 100
#: A degree of longitude is shorter than one of latitude by so much here.
_NARROW = math.cos(math.radians(52.05))
#: The outline, as latitude and longitude.
_COUNTY = (
    (52.318, -0.470), (52.300, -0.395), (52.262, -0.330), (52.246, -0.262), (52.190, -0.215),
    (52.128, -0.176), (52.070, -0.180), (52.020, -0.220), (51.968, -0.280), (51.935, -0.320),
    (51.885, -0.328), (51.842, -0.362), (51.822, -0.450), (51.812, -0.540), (51.842, -0.610),
    (51.880, -0.668), (51.938, -0.702), (51.990, -0.664), (52.040, -0.652), (52.098, -0.640),
    (52.158, -0.658), (52.220, -0.640), (52.268, -0.585), (52.300, -0.535),
)  # fmt: skip


class _Layout(NamedTuple):
    """Where the teams of an area lie: around a point, at a distance in degrees of latitude."""

    lat: float
    lng: float
    spread: float


_AREAS = {
    "C1": _Layout(51.888, -0.428, 0.014),
    "C2": _Layout(51.930, -0.440, 0.020),
    "C3": _Layout(51.880, -0.378, 0.016),
    "J1": _Layout(52.137, -0.462, 0.018),
    "J2": _Layout(52.214, -0.450, 0.050),
    "J3": _Layout(52.096, -0.540, 0.030),
    "J4": _Layout(52.098, -0.290, 0.044),
    "J5": _Layout(52.006, -0.520, 0.034),
    "J6": _Layout(51.876, -0.534, 0.024),
    "J7": _Layout(51.936, -0.610, 0.038),
}


@cache
def sites() -> Mapping[str, Point]:
    """The point of each neighbourhood, by code."""
    found = {}
    for area in areas():
        layout = _AREAS[area.code]
        for number, team in enumerate(area.teams):
            team_at = _around(layout, number, len(area.teams), _chance(team.code) * 0.4)
            near = _Layout(*team_at, layout.spread * 0.44)
            for place, each in enumerate(team.neighbourhoods):
                lat, lng = _around(near, place, len(team.neighbourhoods), number + _chance(each.code))
                found[each.code] = Point(_snapped(lat * UNIT), _snapped(lng * UNIT))
    return found


@cache
def shapes() -> Mapping[str, Shape]:
    """The shape of each neighbourhood, by code."""
    import shapely

    outline = shapely.Polygon([(lng * UNIT, lat * UNIT * 1.0) for lat, lng in _COUNTY])
    stretched = {code: (point.lng * _NARROW, float(point.lat)) for code, point in sites().items()}
    county = shapely.transform(outline, lambda corners: corners * [_NARROW, 1])
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(list(stretched.values())), extend_to=county, ordered=True
    )
    found = {}
    for code, cell in zip(stretched, cells.geoms, strict=True):
        cut = shapely.intersection(cell, county)
        corners = [(_snapped(x / _NARROW), _snapped(y)) for x, y in cut.exterior.coords]
        ring = [each for corner, following in pairwise(corners) for each in _edge(corner, following)]
        found[code] = Shape.spelt([[tuple(value for corner in ring for value in corner)]])
    return found


def boundary_rows() -> Iterator[BoundaryRow]:
    """The boundary of every neighbourhood, also of that which was split into three."""
    for area in areas():
        for team in area.teams:
            if team.code == SPLIT_TEAM:
                whole = union_of(shapes()[each.code] for each in team.neighbourhoods)
                yield SPLIT_CODE, SPLIT_NAME, whole
            for each in team.neighbourhoods:
                yield each.code, each.name, shapes()[each.code]


def inside(code: str, number: int) -> Point:
    """A point of the neighbourhood; other numbers give others, the first ones each another."""
    site = sites()[code]
    ring = shapes()[code].polygons[0][0]
    corners = list(zip(ring[0::2], ring[1::2], strict=True))
    lng, lat = corners[number * 7 % len(corners)]
    part = 0.12 + 0.09 * (number % 3)
    return Point(round(site.lat + (lat - site.lat) * part), round(site.lng + (lng - site.lng) * part))


def _around(layout: _Layout, number: int, count: int, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * number / count + turn
    distance = 0.0 if count == 1 else layout.spread
    return (
        layout.lat + distance * math.sin(angle),
        layout.lng + distance * math.cos(angle) / _NARROW,
    )


def _snapped(value: float) -> int:
    return round(value / _GRID) * _GRID


def _chance(text: str) -> float:
    """From 0 to 1, always the same of the same text."""
    return zlib.crc32(text.encode()) / 2**32


def _edge(one: _Corner, other: _Corner) -> Sequence[_Corner]:
    """The edge from one corner up to the other, bent: the same corners whichever way it is walked."""
    if one > other:
        return [one, *reversed(_bent(other, one, 3))]
    return [one, *_bent(one, other, 3)]


def _bent(one: _Corner, other: _Corner, depth: int) -> list[_Corner]:
    (x0, y0), (x1, y1) = one, other
    if not depth or math.hypot((x1 - x0) * _NARROW, y1 - y0) < 0.003 * UNIT:
        return []
    off = (_chance(f"{one}{other}") - 0.5) * 0.18
    middle = (
        _snapped((x0 + x1) / 2 - (y1 - y0) * off / _NARROW),
        _snapped((y0 + y1) / 2 + (x1 - x0) * off * _NARROW),
    )
    return [*_bent(one, middle, depth - 1), middle, *_bent(middle, other, depth - 1)]
