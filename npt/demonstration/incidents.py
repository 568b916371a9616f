"""Twenty-five months of incidents of the demonstration force: all invented, more where it is denser.

Some come back to the same places. In Bury Park anti-social behaviour has fallen since last year, in
Biggleswade South burglary has risen; elsewhere nothing but chance and the season moves them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from random import Random

from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.queries import categories
from npt.demonstration.calendar import OPENED_ON, Calendar, at
from npt.demonstration.chance import stream
from npt.demonstration.ground import shapes, sites
from npt.demonstration.places import Neighbourhood, teams
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.places.rules import Point
from npt.store.batches import batches

_MONTHS = 25
#: incidents in a month, and places at which they happen, by priority class
_RATES = {1: 44, 2: 26, 3: 14, 4: 7}
_SPOTS = {1: 110, 2: 90, 3: 70, 4: 50}
#: of a hundred incidents
_MIX = {
    "asb": 34,
    "noise": 9,
    "criminal-damage": 9,
    "drugs": 3,
    "alcohol": 3,
    "burglary": 7,
    "vehicle-crime": 9,
    "theft": 11,
    "violence": 9,
    "speeding": 3,
    "litter": 2,
    "other": 1,
}
#: where a category changed over the last four months: neighbourhood, category, by what it is multiplied
_CHANGED = {("C121", "asb"): 0.45, ("J412", "burglary"): 4.0}
#: what streets are called that have no name of their own in the list of streets
_STREETS = (
    "Church Street", "Station Road", "School Lane", "Market Place", "Park Avenue", "Bridge Street",
    "The Green", "North Street", "Orchard Way", "Albert Road", "Queen Street", "Chapel Lane",
    "Manor Road", "West Street",
)  # fmt: skip
#: one month of anti-social behaviour against another: the evenings are long in summer
_SEASON = (0.8, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.3, 1.1, 1.0, 0.9, 0.8)


def record_incidents(session: Session, seed: int, calendar: Calendar) -> int:
    """Record them all, past the files that would take twice as long. How many there are."""
    recording = IncidentRecording(session, local_midnight(calendar.today))
    known = {each.code: each for each in categories(session)}
    count = 0
    for some in batches(_incidents(seed, calendar, known)):
        count += recording.take(some, _not_refused).added
    return count


def _not_refused(_place: int, refusal: Refusal) -> None:
    raise refusal


def _incidents(seed: int, calendar: Calendar, known: Mapping[str, Category]) -> Iterator[WantedIncident]:
    number = 0
    first = max(calendar.month.plus(1 - _MONTHS), Month.of(OPENED_ON))
    months = first.until(calendar.month)
    for team in teams():
        for place in team.neighbourhoods:
            chance = stream(seed, "incidents", place.code)
            spots = [_spot(chance, place.code) for _ in range(_SPOTS[place.priority_class])]
            # Some places come back and back, most are met once in a while.
            weights = list(accumulate(1 / (spot + 6) for spot in range(len(spots))))
            for month in months:
                for day, code in _of_month(chance, place, month, calendar):
                    number += 1
                    point, street = chance.choices(spots, cum_weights=weights)[0]
                    yield WantedIncident(
                        number,
                        f"{day.year % 100:02}-{number:06}",
                        at(day, chance.randrange(12, 96) / 4),  # never in an hour that a clock change takes
                        known[code],
                        point.lat,
                        point.lng,
                        None,
                        street,
                    )


def _spot(chance: Random, code: str) -> tuple[Point, str]:
    """A point of the neighbourhood, anywhere but at its rim, and the street there."""
    site, shape = sites()[code], shapes()[code]
    ring = shape.polygons[0][0]
    while True:
        corner = chance.randrange(len(ring) // 2)
        part = 0.8 * chance.random() ** 0.5
        lng, lat = ring[2 * corner], ring[2 * corner + 1]
        point = Point(round(site.lat + (lat - site.lat) * part), round(site.lng + (lng - site.lng) * part))
        if shape.holds(point):  # an outline that bends inwards may leave some out
            return point, chance.choice(_STREETS)


def _of_month(
    chance: Random, place: Neighbourhood, month: Month, calendar: Calendar
) -> Iterator[tuple[date, str]]:
    """The days and categories of the incidents of a month, of the present one those before today."""
    days: Sequence[date] = [day for day in month.days() if day < calendar.today]
    if not days:
        return
    is_late = month >= calendar.month.plus(-4)
    weights = [
        share
        * (_SEASON[month.month - 1] if code == "asb" else 1)
        * (_CHANGED.get((place.code, code), 1) if is_late else 1)
        for code, share in _MIX.items()
    ]
    whole = (month.last - month.first).days + 1
    expected = _RATES[place.priority_class] * sum(weights) / 100 * len(days) / whole
    # The sum of many small chances is as good as a Poisson count.
    count = sum(chance.random() < expected / 100 for _ in range(100))
    for code in chance.choices(list(_MIX), weights, k=count):
        yield chance.choice(days), code
