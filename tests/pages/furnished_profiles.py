"""Incidents and profiles in the furnished world: months of incidents, parts written and left behind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.incidents.actions import IncidentRecording, WantedIncident, set_repeats
from npt.incidents.rules import Repeats
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Lineage
from npt.places.queries import shape_of
from npt.places.rules import Shape
from npt.profiles.actions import write_part
from npt.profiles.rules import Part
from tests.world import HomeForce

#: so many days ago the files of incidents begin
_REACH = 480


def write_profiles(
    session: Session, force: HomeForce, team: Unit, closed: str, *, now: datetime, today: date, count: int
) -> None:
    """Write parts of the profile of the team's first neighbourhoods, twice, and of the closed one."""
    stamp = Stamp(force.accounts[Role.SERGEANT].id, now)
    places = [unit for unit in force.neighbourhoods if unit.path.startswith(team.path)]
    for place in places[:-1] or places:
        for number in range(count + 1):
            for part in (Part.ABOUT, Part.CRIME):
                words = f"Two parades of shops.\nOne school, version {number}."
                write_part(session, place, part, words=words, stamp=stamp, today=today)
    gone = unit_at(session, closed)
    assert gone is not None, "the furnished world has no closed neighbourhood"
    before = today - timedelta(days=10)
    for part in list(Part)[:count]:
        write_part(session, gone, part, words="The old market.", stamp=stamp, today=before)


def report_incidents(session: Session, place: Unit, *, now: datetime, count: int) -> None:
    """Incidents of the neighbourhood over fifteen months, and locations that repeat: points and streets."""
    shape, known = shape_of(session, place), categories(session)
    wanted = [
        _incident(place, number, now - timedelta(days=days), spot, shape, known)
        for spot in range(2 * count)
        for number, days in enumerate((1, 20, 40, 200, 400, _REACH))
    ]

    def tell(_place: int, refusal: Refusal) -> None:
        raise refusal

    IncidentRecording(session, now).take(wanted, tell)
    force = unit_at(session, Lineage.parse(place.path).codes[0])
    assert force is not None, "the furnished world has a force"
    set_repeats(session, force, Repeats(3, 60), stamp=Stamp(None, now))


def _incident(
    place: Unit, number: int, at: datetime, spot: int, shape: Shape | None, known: Sequence[Category]
) -> WantedIncident:
    """One of the incidents at a spot: every other spot is a point, where the neighbourhood has a boundary."""
    reference, category = f"{place.code}/{spot}/{number}", known[spot // 2 % 2]
    if shape is None or spot % 2:
        return WantedIncident(1, reference, at, category, None, None, place, f"Mill Lane {spot}")
    middle = shape.box.middle
    return WantedIncident(1, reference, at, category, middle.lat + spot * 2_000, middle.lng, None, None)
