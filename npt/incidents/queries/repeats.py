"""Locations at which incidents repeat, and what a force calls a repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session, aliased

from npt.categories.models import Category
from npt.incidents.models import Incident, RepeatRule
from npt.incidents.rules import DEFAULT_REPEATS, Repeats, spot_point
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage, subtree_bounds
from npt.places.rules import Point


@dataclass(frozen=True, slots=True)
class RepeatLocation:
    """A location with so many incidents that it repeats."""

    spot: str
    #: the neighbourhood of the last incident there
    unit: Unit
    street: str | None
    count: int
    last_at: datetime
    #: the names of categories and how many of each, the most first
    categories: Sequence[tuple[str, int]]

    @property
    def point(self) -> Point | None:
        """Where it is; None for a street."""
        return spot_point(self.spot)

    @property
    def name(self) -> str:
        """What it is called: its street, else its point."""
        if self.street:
            return self.street
        return "" if self.point is None else self.point.words


def repeat_rule_of(session: Session, path: str) -> RepeatRule | None:
    """What the force of a path calls a repeat location, where it has said so."""
    code = Lineage.parse(path).codes[0]
    return session.scalar(select(RepeatRule).join(RepeatRule.unit).where(Unit.path == f"{code}/"))


def repeats_of(session: Session, path: str) -> Repeats:
    """What counts as a repeat location there."""
    set_by_force = repeat_rule_of(session, path)
    return DEFAULT_REPEATS if set_by_force is None else set_by_force.rule


def repeat_locations(session: Session, path: str, rule: Repeats, day: date) -> list[RepeatLocation]:
    """The locations at and under `path` that repeat on `day`, most incidents first. One statement.

    A point is one location whatever neighbourhood it was in; a street is one in each neighbourhood.
    """
    there, unit = aliased(Incident), aliased(Unit)
    lower, upper = subtree_bounds(path)
    is_asked = and_(Incident.on_date.between(rule.first_day(day), day), Incident.spot.is_not(None))
    apart = case((Incident.lat.is_(None), Incident.unit_id), else_=0)
    spots = (
        select(Incident.spot.label("spot"), apart.label("apart"))
        .join(Unit, Unit.id == Incident.unit_id)
        .where(within(path), is_asked)
        .group_by(Incident.spot, apart)
        .having(func.count() >= rule.incidents)
        .subquery()
    )
    same = and_(
        there.spot == spots.c.spot,
        case((there.lat.is_(None), there.unit_id), else_=0) == spots.c.apart,
    )
    asked = (
        select(
            spots.c.spot,
            spots.c.apart,
            unit,
            Category.name,
            func.count(),
            func.max(there.happened_at),
            func.max(there.street),
        )
        .select_from(there)
        .join(unit, unit.id == there.unit_id)
        .join(Category, Category.id == there.category_id)
        .join(spots, same)
        .where(
            there.on_date.between(rule.first_day(day), day),
            unit.path >= lower,
            unit.path < upper,
        )
        .group_by(spots.c.spot, spots.c.apart, unit.id, Category.id)
    )
    rows: dict[tuple[str, int], list[tuple[Unit, str, int, datetime, str | None]]] = {}
    for spot, of_unit, place, category, count, last_at, street in session.execute(asked):
        rows.setdefault((spot, of_unit), []).append((place, category, count, last_at, street))
    found = [_location(spot, told) for (spot, _), told in rows.items()]
    return sorted(found, key=lambda each: (-each.count, each.unit.path, each.spot))


def _location(spot: str, told: Sequence[tuple[Unit, str, int, datetime, str | None]]) -> RepeatLocation:
    counts: dict[str, int] = {}
    for _, category, count, _, _ in told:
        counts[category] = counts.get(category, 0) + count
    last = max(told, key=lambda each: (each[3], each[0].path))
    return RepeatLocation(
        spot,
        last[0],
        max((street for *_, street in told if street), default=None),
        sum(counts.values()),
        last[3],
        sorted(counts.items(), key=lambda each: (-each[1], each[0])),
    )
