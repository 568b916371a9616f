"""Circles on the ground: whether a point lies within so many metres of another, in whole numbers."""

import math
from dataclasses import dataclass
from functools import cached_property

from npt.places.rules.points import UNIT, Box, Point

#: Metres of a degree of latitude, on a sphere of the Earth's mean radius (6,371,009 m).
METRES_A_DEGREE = 111_195
#: Parts of 1 in which the narrowing of longitudes is reckoned: so few that squares of distances up to 30 km
#: stay within the 64 bits of a database.
PARTS = 1_000


@dataclass(frozen=True)
class Circle:
    """The points within `metres` of the middle, those at just that distance included.

    A plane is laid on the ground at the middle, and longitudes are narrowed in thousandths: right to a
    thousandth of the distance.
    """

    middle: Point
    metres: int

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the circle. No float is compared: the same on every machine."""
        north = (point.lat - self.middle.lat) * PARTS
        east = (point.lng - self.middle.lng) * self.narrow
        return north * north + east * east <= self.reach * self.reach

    @property
    def box(self) -> Box:
        """A box that holds the circle, for a database to look in first."""
        high = -(-self.reach // PARTS)
        wide = -(-self.reach // self.narrow)
        lat, lng = self.middle.lat, self.middle.lng
        return Box(lat - high, lng - wide, lat + high, lng + wide)

    @property
    def doubled(self) -> "Circle":
        """The circle twice as wide, whose rim is the surroundings of this one."""
        return Circle(self.middle, 2 * self.metres)

    @cached_property
    def narrow(self) -> int:
        """How long a degree of longitude is here, in parts of one of latitude."""
        return round(math.cos(math.radians(self.middle.lat / UNIT)) * PARTS)

    @cached_property
    def reach(self) -> int:
        """The radius, in the parts in which distances are reckoned."""
        return self.metres * UNIT * PARTS // METRES_A_DEGREE
