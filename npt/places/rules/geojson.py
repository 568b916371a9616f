"""The geometry of a GeoJSON feature (RFC 7946) as a shape, with all that can be wrong with one told."""

import math
from collections.abc import Iterator

from npt.kit.refusals import Refusal
from npt.places.rules.points import BRITAIN, UNIT, Point
from npt.places.rules.shapes import Ring, Shape

_DRAW = "draw the outline as a Polygon or MultiPolygon"


class BadShape(Refusal):
    """A geometry that is no outline of a unit."""


def _refuse(message: str) -> BadShape:
    return BadShape(message, field="geometry")


def read_shape(geometry: object) -> Shape | None:
    """The shape of a geometry; None where it is null or empty, and outlines nothing. BadShape."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(geometry, dict):
        named = f"a {kind[:40]}" if isinstance(kind, str) else "no geometry of GeoJSON"
        raise _refuse(f"is {named}, not an outline: {_DRAW}.")
    polygons = _list(geometry.get("coordinates"))
    if kind == "Polygon":
        polygons = [polygons]
    read = [tuple(_ring(ring) for ring in rings) for rings in map(_list, polygons) if rings]
    if not read:
        return None
    _check_degrees([point for rings in read for ring in rings for point in _points(ring)])
    try:
        return Shape.spelt(read)
    except ValueError:
        first = next(_points(read[0][0]))
        raise _refuse(f"has a ring without an inside, near {first.words}: {_DRAW}.") from None


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _refuse(f"has coordinates that are not nested as GeoJSON nests them: {_DRAW}.")
    return value


def _ring(ring: object) -> Ring:
    positions = [_position(position) for position in _list(ring)]
    if len(positions) < 4 or positions[0] != positions[-1]:
        near = f" near {Point(positions[0][1], positions[0][0]).words}" if positions else ""
        raise _refuse(
            f"has a ring{near} that is not closed: give at least four positions, the last the same as the"
            " first."
        )
    return tuple(value for position in positions[:-1] for value in position)


def _position(position: object) -> tuple[int, int]:
    values = _list(position)
    numbers = [
        value for value in values[:2] if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if len(numbers) < 2 or not all(math.isfinite(number) for number in numbers):
        raise _refuse("has a position that is not two numbers: give longitude and latitude in degrees.")
    x, y = numbers
    if abs(x) > 180 or abs(y) > 180:
        raise _refuse(
            f"has the position {x:g}, {y:g}, which looks like an easting and northing of the National Grid:"
            " convert the file to longitude and latitude (WGS 84)."
        )
    return round(x * UNIT), round(y * UNIT)


def _points(ring: Ring) -> Iterator[Point]:
    return (Point(lat, lng) for lng, lat in zip(ring[0::2], ring[1::2], strict=True))


def _check_degrees(points: list[Point]) -> None:
    """Refuse what has latitude first, and what is off the globe."""
    if all(BRITAIN.holds(Point(point.lng, point.lat)) for point in points):
        raise _refuse(
            f"begins with the position {points[0].lng / UNIT:g}, {points[0].lat / UNIT:g}: these look"
            " swapped. GeoJSON has longitude before latitude: swap them."
        )
    for point in points:
        if abs(point.lat) > 90 * UNIT:
            raise _refuse(
                f"has the latitude {point.lat / UNIT:g}, which is off the globe: give longitude and latitude"
                " in degrees, in this order."
            )
