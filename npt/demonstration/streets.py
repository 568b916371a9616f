"""The postcodes and streets of the demonstration: invented, every one of them.

The postcodes are of districts that do not exist beside those of the county (LU9, MK49), so that nobody's own
is among them. Most streets have a name of their own; a Mill Lane runs in every rural neighbourhood.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from npt.demonstration.calendar import Calendar
from npt.demonstration.ground import inside
from npt.demonstration.places import LUTON, Neighbourhood, teams
from npt.places.rules import Point, degrees

#: postcode, lat, lng, terminated, quality
PostcodeRow = tuple[str, Decimal, Decimal, date | None, int]
#: street, lat, lng, neighbourhood
StreetRow = tuple[str, Decimal, Decimal, str | None]

_POSTCODES_EACH = 4
_STREETS_EACH = 3
#: One postcode in so many is no longer in use.
_ENDED_EVERY = 40
#: Letters that end postcodes.
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_RURAL = 4
_NAMES = (
    "Wagtail", "Larkspur", "Bramble", "Kestrel", "Foxglove", "Harebell", "Linnet", "Sorrel", "Tansy",
    "Yarrow", "Plover", "Campion", "Siskin", "Teasel", "Dunnock", "Burnet", "Redwing", "Saffron", "Whinchat",
    "Comfrey", "Fieldfare", "Betony", "Stonecrop", "Goldcrest", "Meadowsweet", "Nightjar", "Pimpernel",
    "Curlew",
)  # fmt: skip
_KINDS = ("Road", "Street", "Close", "Avenue", "Drive", "Gardens", "Way", "Crescent", "Lane", "Walk")


def postcode_rows(calendar: Calendar) -> Iterator[PostcodeRow]:
    """The postcodes of each neighbourhood; some of them ended."""
    counts = {"LU9": 0, "MK49": 0}
    for each in _neighbourhoods():
        for number in range(_POSTCODES_EACH):
            district = "LU9" if each.code.startswith(LUTON.code) else "MK49"
            place = counts[district]
            counts[district] += 1
            rest, last = divmod(place, len(_LETTERS))
            digit, first = divmod(rest, len(_LETTERS))
            ended = calendar.today - timedelta(days=400 + place) if place % _ENDED_EVERY == 7 else None
            point = inside(each.code, number)
            yield f"{district} {digit}{_LETTERS[first]}{_LETTERS[last]}", *_written(point), ended, 1


def street_rows() -> Iterator[StreetRow]:
    """The streets of each neighbourhood."""
    names = product(_KINDS, _NAMES)
    for each in _neighbourhoods():
        for number in range(_STREETS_EACH):
            kind, name = next(names)
            yield f"{name} {kind}", *_written(inside(each.code, number + 1)), None
        if each.priority_class == _RURAL:
            yield "Mill Lane", *_written(inside(each.code, 0)), None


def _neighbourhoods() -> Iterator[Neighbourhood]:
    for team in teams():
        yield from team.neighbourhoods


def _written(point: Point) -> tuple[Decimal, Decimal]:
    return degrees(point.lat), degrees(point.lng)
