"""Questions about the population of neighbourhoods, and of all under a unit together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, selectinload

from npt.communities.models import Population
from npt.communities.rules import Figures, summed
from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of, within
from npt.store.batches import found_by
from npt.store.loading import loaded_with


@dataclass(frozen=True)
class Inhabited:
    """A neighbourhood, and its latest figures as at a day; None where there are none."""

    neighbourhood: Unit
    population: Population | None

    @cached_property
    def figures(self) -> Figures | None:
        """The figures as they were when first asked for: the same for each unit that it counts in."""
        return None if self.population is None else self.population.figures

    @property
    def is_whole(self) -> bool:
        """Whether the figures tell everybody who stated their ethnicity."""
        figures = self.figures
        return figures is not None and figures.stated is not None


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """The people of the neighbourhoods of a unit on a day; only those with whole figures are summed."""

    neighbourhoods: Sequence[Inhabited]

    @property
    def counted(self) -> list[Inhabited]:
        """The neighbourhoods with whole figures."""
        return [each for each in self.neighbourhoods if each.is_whole]

    @property
    def unknown(self) -> list[Inhabited]:
        """The neighbourhoods whose figures are missing, or not whole."""
        return [each for each in self.neighbourhoods if not each.is_whole]

    @property
    def figures(self) -> Figures | None:
        """The people of the neighbourhoods with whole figures together; None where there are none."""
        return summed(each.figures for each in self.counted if each.figures is not None)


def _whole() -> Select[Population]:
    return loaded_with(Population, Population.unit).options(selectinload(Population.counts))


def people_of(session: Session, unit: Unit, day: date) -> PeopleOf:
    """The people of the neighbourhoods at or under `unit` that stand on `day`, by path. Three statements."""
    latest = (
        select(Population.unit_id, func.max(Population.as_at).label("as_at"))
        .join(Population.unit)
        .where(within(unit.path), Population.as_at <= day)
        .group_by(Population.unit_id)
        .subquery()
    )
    same = and_(Population.unit_id == latest.c.unit_id, Population.as_at == latest.c.as_at)
    known = {each.unit_id: each for each in session.scalars(_whole().join(latest, same))}
    places = neighbourhoods_of(session, unit, as_at=day)
    return PeopleOf([Inhabited(place, known.get(place.id)) for place in places])


def populations_of(session: Session, unit_ids: Collection[int]) -> list[Population]:
    """All figures of these neighbourhoods themselves, by neighbourhood, latest first."""
    asked = _whole().order_by(Unit.path, Population.as_at.desc())
    return list(found_by(session, asked, Population.unit_id, unit_ids))


def populations_under(session: Session, path: str | None) -> list[Population]:
    """All figures at and under `path` (all there are, without one), by neighbourhood and day."""
    asked = _whole().order_by(Unit.path, Population.as_at)
    return list(session.scalars(asked if path is None else asked.where(within(path))))


def population_in(session: Session, unit: Unit, population_id: int) -> Population | None:
    """The figures of this key, when they are of the neighbourhood itself."""
    return session.scalar(_whole().where(Population.id == population_id, Population.unit_id == unit.id))
