"""A point to its neighbourhood, in the shape of the public police.uk API."""

from flask import request

from npt.access.rules import Open
from npt.organisation.rules import Lineage
from npt.places.queries import neighbourhood_at
from npt.places.rules import BadPoint, Point, read_point
from npt.places.views.door import pages
from npt.webkit.api import answered, wrong_question
from npt.webkit.pages import Answer
from npt.webkit.problems import Problem
from npt.webkit.visit import Visit


@pages.read(
    "/api/locate-neighbourhood",
    needs=Open("which neighbourhood a place is in is public, and no person is named", asks_who=False),
)
def locate(visit: Visit[None]) -> Answer:
    """The force and the neighbourhood of the point `?q=lat,lng`."""
    point = _point()
    unit = neighbourhood_at(visit.session, point, as_at=visit.today)
    if unit is None:
        raise Problem(404, "Not found", f"No neighbourhood known here has {point.words} in it.")
    force = Lineage.parse(unit.path).codes[0]
    return answered({"force": force.lower(), "neighbourhood": unit.code})


def _point() -> Point:
    try:
        point = read_point(request.args.get("q", "")[:100])
    except BadPoint as refusal:
        wrong_question("q", refusal.message.rstrip("."))
    if point is None:
        wrong_question("q", "give latitude and longitude, like ?q=51.8791,-0.4175")
    return point
