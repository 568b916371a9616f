"""Shapes of units: polygons of whole numbers, and the exact answer whether a point lies in one.

A ring is x, y, x, y, … (longitude, latitude) in our unit, without its first point again at the end; the first
ring of a polygon is its outside, the others are holes. One shape has one spelling: outsides run against the
clock and holes with it (RFC 7946), every ring begins at its least point, and polygons stand in order.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from npt.places.rules.points import Box, Point

Ring = tuple[int, ...]
Polygon = tuple[Ring, ...]

#: By how much of the smaller of two shapes they may overlap (ours): neighbours drawn by hand are never exact.
SLIVER = Fraction(1, 1000)


@dataclass(frozen=True)
class Shape:
    """One or several polygons."""

    polygons: tuple[Polygon, ...]

    @classmethod
    def spelt(cls, polygons: Iterable[Iterable[Ring]]) -> "Shape":
        """The shape of these polygons in its one spelling. ValueError for a ring without an inside."""
        spelt = []
        for outside, *holes in polygons:
            turned = sorted(_turned(hole, is_hole=True) for hole in holes)
            spelt.append((_turned(outside, is_hole=False), *turned))
        return cls(tuple(sorted(spelt)))

    @classmethod
    def stored(cls, text: bytes) -> "Shape":
        """The shape that `as_stored` made these bytes of."""
        numbers = array("i")
        numbers.frombytes(text)
        if sys.byteorder == "big":
            numbers.byteswap()
        return cls(tuple(_polygons(numbers.tolist())))

    @property
    def as_stored(self) -> bytes:
        """As a database keeps it: counts and coordinates as 32-bit whole numbers, the least byte first."""
        numbers = array("i")
        for polygon in self.polygons:
            numbers.append(len(polygon))
            for ring in polygon:
                numbers.append(len(ring))
                numbers.extend(ring)
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers.tobytes()

    @property
    def rings(self) -> Iterator[Ring]:
        """All rings, holes too."""
        for polygon in self.polygons:
            yield from polygon

    @property
    def corners(self) -> int:
        """How many corners all rings have."""
        return sum(len(ring) for ring in self.rings) // 2

    @cached_property
    def box(self) -> Box:
        """The least box that holds it."""
        outsides = [polygon[0] for polygon in self.polygons]
        return Box(
            min(min(ring[1::2]) for ring in outsides),
            min(min(ring[0::2]) for ring in outsides),
            max(max(ring[1::2]) for ring in outsides),
            max(max(ring[0::2]) for ring in outsides),
        )

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the shape or on an edge of it, that of a hole too. Exact."""
        return any(_in_polygon(polygon, point.lng, point.lat) for polygon in self.polygons)


def doubled_area(ring: Ring) -> int:
    """Twice the area of the ring in square units; negative where it runs with the clock."""
    xs, ys = ring[0::2], ring[1::2]
    return sum(
        x0 * y1 - x1 * y0 for x0, y0, x1, y1 in zip(xs, ys, (*xs[1:], xs[0]), (*ys[1:], ys[0]), strict=True)
    )


def _turned(ring: Ring, *, is_hole: bool) -> Ring:
    """The ring in its one spelling. ValueError where it has no inside."""
    points = list(zip(ring[0::2], ring[1::2], strict=True))
    kept = [point for number, point in enumerate(points) if point != points[number - 1]]
    area = doubled_area(tuple(value for point in kept for value in point)) if len(kept) >= 3 else 0
    if not area:
        raise ValueError("a ring has no inside")
    if (area > 0) is is_hole:
        kept.reverse()
    first = kept.index(min(kept))
    return tuple(value for point in (*kept[first:], *kept[:first]) for value in point)


def _polygons(numbers: list[int]) -> Iterator[Polygon]:
    place = 0
    while place < len(numbers):
        rings = []
        count, place = numbers[place], place + 1
        for _ in range(count):
            end = place + 1 + numbers[place]
            rings.append(tuple(numbers[place + 1 : end]))
            place = end
        yield tuple(rings)


def _in_polygon(polygon: Polygon, x: int, y: int) -> bool:
    is_inside = False
    for ring in polygon:
        crossed = _crossings(ring, x, y)
        if crossed is None:
            return True
        is_inside ^= crossed
    return is_inside


def _crossings(ring: Ring, x: int, y: int) -> bool | None:
    """Whether a line from the point to the east crosses the ring an odd number of times; None on an edge."""
    is_odd = False
    x0, y0 = ring[-2], ring[-1]
    was_above = y0 > y
    for x1, y1 in zip(ring[0::2], ring[1::2], strict=True):
        is_above = y1 > y
        if is_above is not was_above:
            side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
            if not side:
                return None
            if (side > 0) is is_above:
                is_odd = not is_odd
        elif y1 == y and (x1 == x or (y0 == y and (x0 > x) is not (x1 > x))):
            return None
        x0, y0, was_above = x1, y1, is_above
    return is_odd
