"""What somebody finds who types a postcode, a street, a place or a point: neighbourhood and team of each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.search_words import Sought, search_words
from npt.organisation.models import Unit
from npt.organisation.queries import standing
from npt.organisation.rules import Level, Lineage
from npt.places.models import Postcode, Street
from npt.places.queries.ground import neighbourhoods_at
from npt.places.rules import (
    Point,
    compact_postcode,
    looks_like_postcode,
    postcode_words,
    read_point,
    streets_sought,
)

#: Streets that are looked at for the words of a place.
_MOST_STREETS = 300
#: The character after every letter: what ends a range of texts that begin alike.
_LAST = "\U0010ffff"


class Taken(Enum):
    """What the words were taken for."""

    POINT = "point"
    POSTCODE = "postcode"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Match:
    """Something that fits: its name, and the unit that answers for it, with those above by level."""

    name: str
    unit: Unit | None
    above: Sequence[Unit] = ()
    point: Point | None = None
    #: the day from which a postcode is no longer in use
    ended_on: date | None = None

    @property
    def neighbourhood(self) -> Unit | None:
        """The neighbourhood; None where it is not known, or more than one is meant."""
        return self._at(Level.NEIGHBOURHOOD)

    @property
    def team(self) -> Unit | None:
        """The team; None where it is not known, or more than one is meant."""
        return self._at(Level.TEAM)

    def _at(self, level: Level) -> Unit | None:
        known = [*self.above, *([] if self.unit is None else [self.unit])]
        return next((each for each in known if each.level is level), None)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found."""

    taken_for: Taken
    matches: Sequence[Match]

    @property
    def is_nowhere(self) -> bool:
        """Whether it is a point that lies in no neighbourhood."""
        return len(self.matches) == 1 and self.matches[0].unit is None


def answers(session: Session, typed: str, *, as_at: date) -> Answers:
    """What the words mean on the day. BadPoint for a point off the globe."""
    point = read_point(typed)
    if point is not None:
        return Answers(Taken.POINT, _with_above(session, [_Spot(point.words, point)], as_at))
    if looks_like_postcode(typed):
        postcode = session.get(Postcode, compact_postcode(typed))
        found = [] if postcode is None else [_spot_of(postcode, as_at)]
        return Answers(Taken.POSTCODE, _with_above(session, found, as_at))
    return Answers(Taken.WORDS, [*_streets(session, typed, as_at), *_units(session, typed, as_at)])


def places_found(session: Session, typed: str, *, as_at: date) -> list[Match]:
    """The postcode or the streets of that name, where somebody may look for other things too."""
    if looks_like_postcode(typed):
        return list(answers(session, typed, as_at=as_at).matches)
    return _streets(session, typed, as_at)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A named point, before it is known where it lies."""

    name: str
    point: Point
    #: the neighbourhood that answers for it, if that is said
    unit_id: int | None = None
    ended_on: date | None = None


def _spot_of(postcode: Postcode, as_at: date) -> _Spot:
    ended_on = postcode.terminated_on
    has_ended = ended_on is not None and ended_on <= as_at
    words = postcode_words(postcode.postcode)
    return _Spot(words, postcode.point, ended_on=ended_on if has_ended else None)


def _streets(session: Session, typed: str, as_at: date) -> list[Match]:
    """The streets of that name; where it is in a town, only those of the town."""
    for number, sought in enumerate(streets_sought(typed)):
        # Inside the names only all that was typed is looked for: that reads every street there is.
        spots = [
            _Spot(street.name, street.point, street.neighbourhood_id)
            for street in _streets_called(session, sought.key, also_inside=number == 0)
        ]
        if not spots:
            continue
        found = [match for match in _with_above(session, spots, as_at) if _is_in(match, sought.place)]
        if found:
            return _once(found)
    return []


def _streets_called(session: Session, key: str, *, also_inside: bool) -> Sequence[Street]:
    asked = select(Street).order_by(Street.search_key, Street.name, Street.lat, Street.lng)
    asked = asked.limit(_MOST_STREETS)
    begins = asked.where(Street.search_key >= key, Street.search_key < key + _LAST)
    found = session.scalars(begins).all()
    if found or not also_inside:
        return found
    return session.scalars(asked.where(Street.search_key.contains(f" {key}", autoescape=True))).all()


def _is_in(match: Match, place: Collection[str]) -> bool:
    """Whether the words of a place name the neighbourhood of the match, or a unit above it."""
    units = [*match.above, *([] if match.unit is None else [match.unit])]
    words = [word for unit in units for word in search_words(unit.name)]
    return all(any(word.startswith(each) for word in words) for each in place)


def _once(matches: Sequence[Match]) -> list[Match]:
    """A long street has several points: once for each neighbourhood that it runs through."""
    seen = set[tuple[str, int | None]]()
    found = []
    for match in matches:
        key = match.name, None if match.unit is None else match.unit.id
        if key not in seen:
            seen.add(key)
            found.append(match)
    return found


def _units(session: Session, typed: str, as_at: date) -> Iterator[Match]:
    """The units that are called so, those that are called nothing else first."""
    sought = Sought(typed)
    asked = select(Unit).where(standing(as_at=as_at), Unit.level != Level.FORCE).order_by(Unit.path)
    standing_units = session.scalars(asked).all()
    by_path = {unit.path: unit for unit in standing_units}
    found = [unit for unit in standing_units if sought.fits(f"{unit.name} {unit.code}")]
    words = search_words(typed)
    for unit in sorted(found, key=lambda unit: (search_words(unit.name) != words, -unit.level.depth)):
        above = [by_path[each.path] for each in Lineage.parse(unit.path).ancestors if each.path in by_path]
        yield Match(unit.name, unit, above)


def _with_above(session: Session, spots: Sequence[_Spot], as_at: date) -> list[Match]:
    """Where each of the spots lies: the neighbourhood that is said, while it stands, or that around it."""
    around = neighbourhoods_at(session, [spot.point for spot in spots], as_at=as_at)
    named = {spot.unit_id for spot in spots} - {None}
    said: dict[int | None, Unit] = {}
    if named:
        asked = select(Unit).where(Unit.id.in_(sorted(filter(None, named))), standing(as_at=as_at))
        said = {unit.id: unit for unit in session.scalars(asked)}
    units = [said.get(spot.unit_id, held_by) for spot, held_by in zip(spots, around, strict=True)]
    paths = {each.path for unit in units if unit for each in Lineage.parse(unit.path).ancestors}
    by_path: dict[str, Unit] = {}
    if paths:
        above = select(Unit).where(Unit.path.in_(sorted(paths)))
        by_path = {unit.path: unit for unit in session.scalars(above)}
    return [
        Match(
            spot.name,
            unit,
            [by_path[each.path] for each in Lineage.parse(unit.path).ancestors] if unit else (),
            spot.point,
            spot.ended_on,
        )
        for spot, unit in zip(spots, units, strict=True)
    ]
