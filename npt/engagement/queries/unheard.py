"""Who has not been heard: communities without a contact, streets without contact or patrol."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries import ancestry, communities_under
from npt.engagement.models import Contact, Patrol
from npt.engagement.rules import COMMUNITY_SILENT_AFTER, MOST_DAYS, Silence, named_in, plain_words
from npt.kin.models import KeyIndividual, SpokenFor
from npt.kin.rules import Stage
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.places.models import Street
from npt.places.queries import shapes_under
from npt.places.rules import street_key
from npt.store.dated import holding


@dataclass(frozen=True, slots=True)
class UnheardCommunity:
    """A community that nobody speaks for, or that nobody spoke to for long."""

    community: Community
    last: date | None
    #: how many key individuals can speak for it
    voices: int
    #: the day on which it is looked at
    on: date

    @property
    def is_silent(self) -> bool:
        """Whether nobody has spoken to it for longer than 90 days, as `not_spoken_to` counts."""
        return Silence(self.last).is_longer_than(COMMUNITY_SILENT_AFTER.days, self.on)


def unheard_communities(session: Session, path: str, today: date) -> list[UnheardCommunity]:
    """The communities at or under `path` without a key individual, or without a contact for 90 days.

    Those of whom nothing is on record come first. What was heard of a community before it was carried over
    counts. Five statements.
    """
    last = _last_heard(session, path)
    asked = select(SpokenFor.community_id, func.count()).join(
        KeyIndividual, KeyIndividual.id == SpokenFor.individual_id
    )
    asked = asked.join(Community, Community.id == SpokenFor.community_id)
    asked = asked.join(Unit, Unit.id == Community.unit_id).where(
        within(path), KeyIndividual.stage == Stage.ACTIVE
    )
    voices = dict(session.execute(asked.group_by(SpokenFor.community_id)).all())
    found = [
        UnheardCommunity(each, last.get(each.id), voices.get(each.id, 0), today)
        for each in communities_under(session, path, as_at=today)
    ]
    silent = [each for each in found if not each.voices or each.is_silent]
    return sorted(silent, key=lambda each: (each.last is not None, each.last or today, each.community.name))


def not_spoken_to(session: Session, path: str, today: date) -> int:
    """How many communities at or under `path` had no contact for longer than 90 days."""
    known = ancestry(path)
    spoken = exists().where(
        Contact.community_id == known.c.before_id, Contact.on_date >= today - COMMUNITY_SILENT_AFTER
    )
    heard = select(known.c.community_id).where(spoken)
    stands = within(path), Community.holding(today), holding(Unit.opened_on, Unit.closed_on, today, today)
    asked = select(func.count()).select_from(Community).join(Community.unit)
    return session.scalar(asked.where(*stands, Community.id.not_in(heard))) or 0


def _last_heard(session: Session, path: str) -> dict[int, date]:
    known = ancestry(path)
    asked = select(known.c.community_id, func.max(Contact.on_date))
    asked = asked.join(Contact, Contact.community_id == known.c.before_id)
    return dict(session.execute(asked.group_by(known.c.community_id)).all())


@dataclass(frozen=True, slots=True)
class SilentStreet:
    """A street in which nobody was spoken to, and which no patrol named, for long."""

    name: str
    neighbourhood: Unit
    last: date | None


def silent_streets(session: Session, path: str, today: date, days: int) -> list[SilentStreet]:
    """The streets at or under `path` without contact or patrol for longer than `days`, the weightiest first.

    The days of silence weigh by the priority class of the neighbourhood. Five statements.
    """
    found = _streets(session, path, today)
    since = today - timedelta(days=MOST_DAYS)
    contacts = _spoken_in(session, path, since)
    patrols = _named_by_patrols(session, path, since)
    streets = []
    for (unit_id, key), (name, unit) in found.items():
        patrolled = named_in(key, patrols[unit_id])
        seen = [day for day in (contacts.get((unit_id, key)), patrolled) if day is not None]
        silence = Silence(max(seen, default=None), unit.priority_class)
        if silence.is_longer_than(days, today):
            streets.append((silence.rank(today), SilentStreet(name, unit, silence.last)))
    return [
        each for _, each in sorted(streets, key=lambda one: (one[0], one[1].name, one[1].neighbourhood.code))
    ]


def _streets(session: Session, path: str, today: date) -> dict[tuple[int, str], tuple[str, Unit]]:
    """By neighbourhood and key, the streets that lie in it or that it answers for."""
    shapes = [
        each for each in shapes_under(session, path, as_at=today) if each[0].level is Level.NEIGHBOURHOOD
    ]
    boxes = [
        and_(
            Street.lat.between(shape.box.south, shape.box.north),
            Street.lng.between(shape.box.west, shape.box.east),
        )
        for _, shape in shapes
        if shape is not None
    ]
    units = {unit.id: unit for unit, _ in shapes}
    asked = select(Street).where(or_(Street.neighbourhood_id.in_(units), *boxes)).order_by(Street.id)
    found: dict[tuple[int, str], tuple[str, Unit]] = {}
    for street in session.scalars(asked):
        if street.neighbourhood_id is not None:
            unit = units.get(street.neighbourhood_id)
        else:
            unit = next(
                (unit for unit, shape in shapes if shape is not None and shape.holds(street.point)), None
            )
        if unit is not None:
            found.setdefault((unit.id, street.search_key), (street.name, unit))
    return found


def _spoken_in(session: Session, path: str, since: date) -> dict[tuple[int, str], date]:
    """By neighbourhood and key of a street, the day on which somebody was last spoken to there."""
    asked = select(Contact.unit_id, Contact.street, func.max(Contact.on_date)).join(Contact.unit)
    asked = asked.where(within(path), Contact.on_date >= since, Contact.street.is_not(None))
    found: dict[tuple[int, str], date] = {}
    for unit_id, street, last in session.execute(asked.group_by(Contact.unit_id, Contact.street)):
        place = (unit_id, street_key(street or ""))
        found[place] = max(last, found.get(place, last))
    return found


def _named_by_patrols(session: Session, path: str, since: date) -> defaultdict[int, list[tuple[str, date]]]:
    asked = select(Patrol.unit_id, Patrol.note, func.max(Patrol.on_date)).join(Patrol.unit)
    asked = asked.where(within(path), Patrol.on_date >= since, Patrol.note.is_not(None))
    found = defaultdict[int, list[tuple[str, date]]](list)
    for unit_id, note, last in session.execute(asked.group_by(Patrol.unit_id, Patrol.note)):
        found[unit_id].append((plain_words(note or ""), last))
    return found
