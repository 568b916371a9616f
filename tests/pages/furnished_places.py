"""Places in the furnished world: every neighbourhood a square in a row, with a street and postcodes."""

from decimal import Decimal

from sqlalchemy.orm import Session

from npt.places.actions import add_street
from npt.places.models import Postcode
from npt.places.rules import UNIT
from tests import make
from tests.world import HomeForce

#: degrees between two squares, which are as wide
_WIDE = Decimal("0.01")


def lay_out(session: Session, force: HomeForce, *, south: float, scale: int) -> None:
    """Give each neighbourhood of the force a boundary and its Mill Lane, and the first one postcodes.

    The last one has no boundary.
    """
    for number, unit in enumerate(force.neighbourhoods[:-1]):
        west = Decimal("-0.5") + number * _WIDE
        make.boundary(session, unit=unit, south=south, west=float(west))
        add_street(
            session,
            name="Mill Lane",
            lat=Decimal(str(south)) + _WIDE / 2,
            lng=west + _WIDE / 2,
            neighbourhood=None,
        )
    if force.force.code == "HOME":
        lat, lng = round((south + 0.005) * UNIT), round(-0.495 * UNIT)
        for letter in "ABCDEFGHJ"[: 3 * scale]:
            ended = make.START if letter == "B" else None
            postcode = f"LU91A{letter}"
            session.add(Postcode(postcode=postcode, lat=lat, lng=lng, terminated_on=ended, quality=1))
    session.flush()
