"""Points on the ground: WGS 84, kept in whole ten-millionths of a degree, about a centimetre.

Whole numbers, so that whether a point lies on an edge is exact, and the same on every machine.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from npt.kit.refusals import Refusal

#: how many of our units a degree has
UNIT = 10_000_000
_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,20})?"
_POINT = re.compile(rf"\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*")


class BadPoint(Refusal):
    """Two numbers that are no point on the ground."""


class LooksSwapped(BadPoint):
    """Latitude and longitude stand in each other's place."""


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A point, in units of which `UNIT` make a degree."""

    lat: int
    lng: int

    @classmethod
    def of_degrees(cls, lat: Decimal | float, lng: Decimal | float) -> "Point":
        """The point at so many degrees, rounded to our unit."""
        return cls(round(lat * UNIT), round(lng * UNIT))

    @property
    def words(self) -> str:
        """As a person types it: "51.87910, -0.41750"."""
        return f"{self.lat / UNIT:.5f}, {self.lng / UNIT:.5f}"


@dataclass(frozen=True, slots=True)
class Box:
    """The points from one corner to the other, edges included."""

    south: int
    west: int
    north: int
    east: int

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the box or on its edge."""
        return self.south <= point.lat <= self.north and self.west <= point.lng <= self.east

    @property
    def turned(self) -> "Box":
        """The same with latitude and longitude in each other's place."""
        return Box(self.west, self.south, self.east, self.north)

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return Point((self.south + self.north) // 2, (self.west + self.east) // 2)

    def joined(self, other: "Box") -> "Box":
        """The least box that holds both."""
        return Box(
            min(self.south, other.south),
            min(self.west, other.west),
            max(self.north, other.north),
            max(self.east, other.east),
        )


#: The United Kingdom, the Channel Islands and the Isle of Man, with some sea around.
BRITAIN = Box(49 * UNIT, -9 * UNIT, 61 * UNIT + UNIT // 2, 2 * UNIT + UNIT // 2)


def check_point(point: Point) -> None:
    """Refuse (LooksSwapped, BadPoint) a point that is not in or around Britain."""
    if BRITAIN.holds(point):
        return
    if BRITAIN.holds(Point(point.lng, point.lat)):
        raise LooksSwapped(
            f"Latitude {point.lat / UNIT:g} and longitude {point.lng / UNIT:g} look swapped: latitude comes"
            " first here, and is 49 to 61 in Britain.",
            field="lat",
        )
    raise BadPoint(
        f"{point.words} is not in Britain: give latitude and longitude in degrees (WGS 84), like"
        " 51.8791, -0.4175.",
        field="lat",
    )


def read_point(text: str) -> Point | None:
    """The point of "51.8791, -0.4175"; None for what is not two numbers. BadPoint off the globe."""
    found = _POINT.fullmatch(text)
    if found is None:
        return None
    lat, lng = Decimal(found[1]), Decimal(found[2])
    if abs(lat) > 90 or abs(lng) > 180:
        raise BadPoint(
            "A latitude is from -90 to 90 and a longitude from -180 to 180: write a point like"
            " 51.8791, -0.4175."
        )
    return Point.of_degrees(lat, lng)


def degrees(value: int) -> Decimal:
    """A latitude or longitude in degrees, exactly."""
    return Decimal(value) / UNIT


def read_degrees(text: str) -> int:
    """A cell of a file that holds degrees, in our unit, wherever that is. ValueError."""
    try:
        value = Decimal(text) if re.fullmatch(r"[+-]?[0-9]{1,7}(?:\.[0-9]{0,20})?", text) else None
    except InvalidOperation:  # more digits than are reckoned with
        value = None
    if value is None:
        raise ValueError("is not a number of degrees: write it with a decimal point, like 51.8791")
    if abs(value) > 1000:
        raise ValueError(
            "looks like an easting or northing of the National Grid: give latitude and longitude in degrees"
            " (WGS 84)"
        )
    return round(value * UNIT)
