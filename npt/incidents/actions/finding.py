"""Which neighbourhood an incident was in: by its point, by what the file says, or by its street.

On the day on which it happened. A file has points by the hundred thousand and days by the hundred: between
two days on which neighbourhoods change the ground is the same, so points are looked up by such stretches,
each once.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import successions_of
from npt.organisation.rules import Level
from npt.places.models import Street
from npt.places.queries import neighbourhoods_at
from npt.places.rules import Point, check_point, street_key
from npt.store.batches import found_by

#: More points than this are not remembered from one piece of a file to the next.
_MOST_REMEMBERED = 200_000


class PlaceMissing(Refusal):
    """An incident without a place, or with half a point."""


class NowhereHere(Refusal):
    """A point that lies in no neighbourhood."""


class PointElsewhere(Refusal):
    """A point that lies in another neighbourhood than the file says."""


class NeighbourhoodNotThere(Refusal):
    """A unit that is no neighbourhood, or did not stand on the day."""


class StreetUnclear(Refusal):
    """A street that is not known, or runs through several neighbourhoods."""


class Placed(Protocol):
    """What is to be found: an incident as a file tells it."""

    @property
    def lat(self) -> int | None: ...
    @property
    def lng(self) -> int | None: ...
    @property
    def neighbourhood(self) -> Unit | None: ...
    @property
    def street(self) -> str | None: ...
    @property
    def on(self) -> date: ...


@dataclass
class Ground:
    """The neighbourhoods by point and street, remembered while a file is read."""

    session: Session
    _changes: list[date] | None = None
    _points: dict[tuple[int, Point], Unit | None] = field(default_factory=dict)
    _streets: dict[tuple[int, str], Sequence[Unit]] = field(default_factory=dict)

    def meet(self, wanted: Iterable[Placed]) -> None:
        """Look up where these are, together."""
        if len(self._points) > _MOST_REMEMBERED:
            self._points.clear()
        points: dict[int, set[Point]] = {}
        streets: dict[int, set[str]] = {}
        days: dict[int, date] = {}
        for each in wanted:
            point, stretch = point_of(each), self._stretch(each.on)
            days[stretch] = each.on
            if point is not None:
                points.setdefault(stretch, set()).add(point)
            elif each.neighbourhood is None and each.street is not None:
                streets.setdefault(stretch, set()).add(street_key(each.street))
        for stretch, met in points.items():
            new = sorted(point for point in met if (stretch, point) not in self._points)
            units = neighbourhoods_at(self.session, new, as_at=days[stretch])
            self._points.update(((stretch, point), unit) for point, unit in zip(new, units, strict=True))
        for stretch, keys in streets.items():
            self._meet_streets(stretch, days[stretch], keys)

    def unit_of(self, each: Placed) -> Unit:
        """The neighbourhood of an incident that was met.

        LooksSwapped, BadPoint; PlaceMissing, NowhereHere, PointElsewhere, StreetUnclear;
        NeighbourhoodNotThere.
        """
        point, said = point_of(each), each.neighbourhood
        if said is not None:
            self._check_stands(said, each.on)
        if point is None:
            return said if said is not None else self._by_street(each)
        check_point(point)
        found = self._points[self._stretch(each.on), point]
        if found is None and said is None:
            raise NowhereHere(
                f"{point.words} was in no neighbourhood known here on {day_in_words(each.on)}: correct the"
                " point, give the neighbourhood, or leave the row out if it is another force’s.",
                field="lat",
            )
        if found is not None and said is not None and found.id != said.id:
            raise PointElsewhere(
                f"{point.words} lies in {found.code}, not in {said.code}: correct one of the two, or leave"
                " the neighbourhood empty.",
                field="neighbourhood",
            )
        unit = found or said
        assert unit is not None  # noqa: S101 - one of the two is there, or it was refused above
        return unit

    def _by_street(self, each: Placed) -> Unit:
        if each.street is None:
            raise PlaceMissing(
                "There is no place: give a point (lat and lng), the neighbourhood, or a street.", field="lat"
            )
        found = self._streets[self._stretch(each.on), street_key(each.street)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise StreetUnclear(
                f"No street {each.street} is known in any neighbourhood: give the neighbourhood, or import"
                " the street first.",
                field="street",
            )
        codes = ", ".join(unit.code for unit in found[:5])
        raise StreetUnclear(
            f"{each.street} is in several neighbourhoods ({codes}): give the neighbourhood.", field="street"
        )

    def _check_stands(self, unit: Unit, day: date) -> None:
        if unit.level is not Level.NEIGHBOURHOOD:
            raise NeighbourhoodNotThere(
                f"{unit.code} is not a neighbourhood: give the code of one of those under it.",
                field="neighbourhood",
            )
        if unit.stands_on(day):
            return
        if unit.closed_on is None or day < unit.opened_on:
            when = f"opened on {day_in_words(unit.opened_on)}"
        else:
            when = f"closed on {day_in_words(unit.closed_on)}"
            after = successions_of(self.session, [unit]).get(unit.code)
            when += f" ({', '.join(after)} took over)" if after else ""
        raise NeighbourhoodNotThere(
            f"{unit.code} {when}: give the neighbourhood that stood on {day_in_words(day)}.",
            field="neighbourhood",
        )

    def _meet_streets(self, stretch: int, day: date, keys: Iterable[str]) -> None:
        new = {key for key in keys if (stretch, key) not in self._streets}
        streets = list(found_by(self.session, select(Street), Street.search_key, new))
        around = neighbourhoods_at(self.session, [street.point for street in streets], as_at=day)
        named = {street.neighbourhood_id for street in streets} - {None}
        said = {unit.id: unit for unit in found_by(self.session, select(Unit), Unit.id, named)}
        found: dict[str, dict[int, Unit]] = {key: {} for key in new}
        for street, there in zip(streets, around, strict=True):
            answering = said.get(street.neighbourhood_id or 0)
            unit = answering if answering is not None and answering.stands_on(day) else there
            if unit is not None:
                found[street.search_key][unit.id] = unit
        self._streets.update(
            ((stretch, key), sorted(units.values(), key=lambda unit: unit.code))
            for key, units in found.items()
        )

    def _stretch(self, day: date) -> int:
        """The number of the stretch of days that holds the day; within one no neighbourhood changes."""
        if self._changes is None:
            asked = select(Unit.opened_on, Unit.closed_on).where(Unit.level == Level.NEIGHBOURHOOD)
            days = set[date]()
            for opened_on, closed_on in self.session.execute(asked.distinct()):
                days.add(opened_on)
                if closed_on is not None:
                    days.add(closed_on + timedelta(days=1))
            self._changes = sorted(days)
        return bisect_right(self._changes, day)


def point_of(each: Placed) -> Point | None:
    """The point of an incident, where it has one. PlaceMissing for half of one."""
    if each.lat is None and each.lng is None:
        return None
    if each.lat is None or each.lng is None:
        missing, given = ("lat", "lng") if each.lat is None else ("lng", "lat")
        raise PlaceMissing(f"{missing} is missing beside {given}: give both, or neither.", field=missing)
    return Point(each.lat, each.lng)
