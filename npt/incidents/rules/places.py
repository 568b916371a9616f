"""Where an incident is, as one text by which incidents at the same location are told from others."""

from npt.places.rules import UNIT, Point, street_key

LONGEST_REFERENCE = 40
LONGEST_STREET = 120
#: Points nearer than this to each other are one location: a ten-thousandth of a degree, about ten metres.
_FINE = UNIT // 10_000


def spot_of(point: Point | None, street: str | None) -> str | None:
    """The location of an incident: its point to about ten metres, else its street; None without either.

    A street alone is one location in each neighbourhood that it runs through.
    """
    if point is not None:
        return f"@{_rounded(point.lat)} {_rounded(point.lng)}"
    key = "" if street is None else street_key(street)
    return key or None


def spot_point(spot: str) -> Point | None:
    """The point that a location stands for; None for a street."""
    if not spot.startswith("@"):
        return None
    lat, lng = spot[1:].split(" ")
    return Point(int(lat) * _FINE, int(lng) * _FINE)


def _rounded(value: int) -> int:
    return (value + _FINE // 2) // _FINE
