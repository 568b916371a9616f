"""Key individuals of the demonstration: some seventeen a neighbourhood, all invented.

The networks of some teams are of one kind of people, nobody in Luton can speak for the Polish community, some
have not been met for long, and three of a neighbourhood that was split wait to be carried over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries import communities_under
from npt.demonstration.calendar import at
from npt.demonstration.chance import stream
from npt.demonstration.names import names
from npt.demonstration.places import FORCE_CODE, LUTON, SHOWN_TEAM
from npt.demonstration.units import SPLIT_CODE
from npt.kin.models import Consent, Encounter, KeyIndividual, SpokenFor
from npt.kin.rules import Basis, EncounterKind, KinTopic, LeaveReason, Sector, Stage, Way, quiet_since
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at, units_under
from npt.organisation.rules import Level

Thing = TypeVar("Thing")

_SECTORS = {
    Sector.RESIDENT: (45, ()),
    Sector.BUSINESS: (15, ("Corner shop", "Bakery", "Garage", "Café", "Hairdresser", "Post office")),
    Sector.FAITH: (10, ("Parish church", "Mosque", "Temple", "Chapel", "Gurdwara")),
    Sector.SCHOOL: (8, ("Primary school", "High school", "College")),
    Sector.VOLUNTARY: (8, ("Residents’ association", "Allotment society", "Neighbourhood watch")),
    Sector.HEALTH: (4, ("Surgery", "Pharmacy")),
    Sector.YOUTH: (3, ("Youth club", "Football club")),
    Sector.ELDERLY: (3, ("Lunch club", "Day centre")),
    Sector.STATUTORY: (3, ("Parish council", "Housing office", "Library")),
    Sector.OTHER: (1, ()),
}
_ETHNICITIES = {"W": 68, "A": 11, "B": 4, "M": 2, "O": 1, "NS": 3, None: 11}
#: Teams whose networks are nearly all white residents.
_ONE_SIDED = ("C11", "C22", "J13", "J21", "J54")
#: For whom nobody in Luton can speak.
_UNHEARD = "Polish"
_SAID = (
    "Cars are raced on the main road at night.",
    "Parking outside the school is no better.",
    "The new lights have helped.",
    "Young people have nowhere to go after six.",
    "Somebody sells drugs by the garages.",
    "It has been quiet.",
    "Bins are set on fire behind the shops.",
    "People do not know who their officer is.",
)
_TOLD = (
    "The team will look this week.",
    "The council has been asked.",
    "What was done about the bikes.",
    None,
)
_KINDS = {
    EncounterKind.VISIT: 45,
    EncounterKind.CALL: 25,
    EncounterKind.MEETING: 15,
    EncounterKind.MESSAGE: 10,
    EncounterKind.SURVEY: 5,
}
#: People for each neighbourhood, at least and at most.
_FEWEST, _MOST = 14, 20
_SPLIT = 3


@dataclass(frozen=True)
class _Drawn:
    """Somebody as they are drawn: their row, for whom they speak, when they were met, what they agreed to."""

    row: dict[str, Any]
    #: whether they are of the team whose people sign in
    shown: bool
    communities: Sequence[Community]
    met: Sequence[datetime]
    topics: Sequence[KinTopic]


def know_people(session: Session, seed: int, today: date) -> None:
    """Fill the networks of all neighbourhoods."""
    force = unit_at(session, FORCE_CODE)
    assert force is not None, "the demonstration force has no force"  # noqa: S101 - it was just loaded
    there: dict[int, list[Community]] = {}
    for each in communities_under(session, force.path):
        there.setdefault(each.unit_id, []).append(each)
    places = units_under(session, force.path, as_at=today, level=Level.NEIGHBOURHOOD)
    split = unit_at(session, SPLIT_CODE)
    called = names(stream(seed, "key individuals"))
    drawn: list[_Drawn] = []
    for place in [*places, *([split] if split else [])]:
        chance = stream(seed, "key individuals", place.code)
        count = chance.randint(_FEWEST, _MOST) if place.closed_on is None else _SPLIT
        for _ in range(count):
            known = there.get(place.id, [])
            drawn.append(_draw(chance, len(drawn) + 1, next(called), place, known, today))
    _twice(drawn)
    _save(session, drawn, stream(seed, "encounters"))


def _draw(
    chance: Random, number: int, name: str, place: Unit, known: Iterable[Community], today: date
) -> _Drawn:
    is_one_sided = place.code.startswith(_ONE_SIDED)
    sector = _one_of(chance, {each: share for each, (share, _) in _SECTORS.items()})
    sector = Sector.RESIDENT if is_one_sided and chance.random() < 0.8 else sector
    organisations = _SECTORS[sector][1]
    recorded_on = max(place.opened_on, today - timedelta(days=chance.randint(30, 900)))
    stage = _one_of(chance, {Stage.ACTIVE: 90, Stage.PROPOSED: 6, Stage.LEFT: 4})
    stage = Stage.ACTIVE if place.closed_on is not None else stage
    has_left = stage is Stage.LEFT
    active_on = None if stage is Stage.PROPOSED else recorded_on
    met = [] if active_on is None else list(_met(chance, active_on, place.closed_on or today))
    last = max(met, default=None)
    basis = Basis.CONSENT if chance.random() < 0.6 else Basis.PUBLIC_TASK
    row = {
        "reference": f"K{number}",
        "unit_id": place.id,
        "name": name,
        "organisation": chance.choice(organisations) if organisations else None,
        "sector": sector,
        "ethnicity": "W" if is_one_sided else _one_of(chance, _ETHNICITIES),
        "phone": f"+447700900{number % 1000:03}" if number % 2 else f"+441632960{number % 1000:03}",
        "email": f"kin{number}@people.example" if chance.random() < 0.7 else None,
        "address": None,
        "preferred": chance.choice([*Way, None]),
        "best_time": chance.choice(["after 18:00", "mornings", None, None]),
        "language": None,
        "basis": basis,
        "basis_on": recorded_on,
        "recorded_on": recorded_on,
        "stage": stage,
        "active_on": active_on,
        "left_on": max(recorded_on, today - timedelta(days=chance.randint(1, 29))) if has_left else None,
        "left_because": chance.choice(list(LeaveReason)) if has_left else None,
        "reviewed_on": max(recorded_on, today - timedelta(days=chance.randint(0, 380))),
        "last_met_at": last,
        "quiet_since": quiet_since(
            recorded_on=recorded_on, active_on=active_on, last_met=None if last is None else local_day(last)
        ),
        "version": 1,
    }
    heard = [each for each in known if not (each.name == _UNHEARD and place.path.find(f"/{LUTON.code}/") > 0)]
    spoken = [each for each in heard if chance.random() < 0.22]
    topics = [each for each in KinTopic if chance.random() < 0.6] if basis is Basis.CONSENT else []
    return _Drawn(row, place.code.startswith(SHOWN_TEAM), spoken, met, topics)


def _met(chance: Random, since: date, until: date) -> Iterator[datetime]:
    """When somebody was met: most every few weeks, one in eight not for long."""
    day = max(since, until - timedelta(days=395))
    is_forgotten = chance.random() < 0.13
    last = until - timedelta(days=chance.randint(95, 320) if is_forgotten else 1)
    while (day := day + timedelta(days=chance.randint(25, 110))) <= last:
        yield at(day, chance.randint(36, 72) / 4)


def _one_of(chance: Random, shares: Mapping[Thing, int]) -> Thing:
    return chance.choices(list(shares), list(shares.values()))[0]


def _twice(drawn: Sequence[_Drawn]) -> None:
    """Let somebody of the team that is shown be recorded twice."""
    for one, other in pairwise(drawn):
        if one.shown and other.shown and one.row["unit_id"] == other.row["unit_id"]:
            other.row.update({each: one.row[each] for each in ("name", "phone", "organisation", "sector")})
            return


def _save(session: Session, drawn: Sequence[_Drawn], chance: Random) -> None:
    """A statement a table, and so one entry of the journal for each."""
    session.execute(insert(KeyIndividual), [each.row for each in drawn])
    known = session.execute(select(KeyIndividual.reference, KeyIndividual.id)).all()
    keys = {each.reference: each.id for each in known}
    spoken, consents, encounters = [], [], []
    for each in drawn:
        row, key = each.row, keys[each.row["reference"]]
        spoken += [{"individual_id": key, "community_id": community.id} for community in each.communities]
        consents += [
            {"individual_id": key, "topic": topic, "is_given": True, "said_on": row["recorded_on"]}
            for topic in each.topics
        ]
        encounters += [_encounter(chance, row, key, met) for met in each.met]
    for table, rows in ((SpokenFor, spoken), (Consent, consents), (Encounter, encounters)):
        session.execute(insert(table), rows)


def _encounter(chance: Random, row: Mapping[str, Any], key: int, at: datetime) -> dict[str, Any]:
    is_noted = chance.random() < 0.6
    return {
        "individual_id": key,
        "unit_id": row["unit_id"],
        "at": at,
        "kind": _one_of(chance, _KINDS),
        "said": chance.choice(_SAID) if is_noted else None,
        "told": chance.choice(_TOLD) if is_noted else None,
    }
