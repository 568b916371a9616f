"""Recording streets."""

from decimal import Decimal

from sqlalchemy.orm import Session

from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.places.models import Street
from npt.places.rules import Point, check_point, street_key


class NotANeighbourhood(Refusal):
    """A street was put into a unit that is no neighbourhood."""


def add_street(
    session: Session, *, name: str, lat: Decimal, lng: Decimal, neighbourhood: Unit | None
) -> Street:
    """Record a point of a street. BadName, BadPoint, LooksSwapped, NotANeighbourhood."""
    check_name(name)
    point = Point.of_degrees(lat, lng)
    check_point(point)
    _check(neighbourhood)
    street = Street(
        name=name,
        search_key=street_key(name),
        lat=point.lat,
        lng=point.lng,
        neighbourhood=neighbourhood,
    )
    session.add(street)
    return street


def change_street(_session: Session, street: Street, *, neighbourhood: Unit | None) -> None:
    """Say which neighbourhood answers for the street. NotANeighbourhood."""
    _check(neighbourhood)
    street.neighbourhood = neighbourhood


def _check(unit: Unit | None) -> None:
    if unit is not None and unit.level is not Level.NEIGHBOURHOOD:
        raise NotANeighbourhood(
            f"{unit.code} is a unit of level {unit.level.value}: name a neighbourhood, or none.",
            field="neighbourhood",
        )
