"""The incidents of a unit, one by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.incidents.models import Incident
from npt.incidents.queries.counts import month_number
from npt.kit.months import Month
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.store.batches import batches
from npt.store.loading import loaded_with
from npt.store.paging import paged, sorted_by


@dataclass(frozen=True, slots=True)
class Sought:
    """Which incidents are looked for: all of those that are said."""

    first: date | None = None
    last: date | None = None
    #: the code of the category
    category: str | None = None
    #: a location, as `npt.incidents.rules.places` spells it
    spot: str | None = None
    #: what the other system calls it, exactly
    reference: str | None = None


def incidents_at(
    session: Session, path: str, sought: Sought, page: Page, sorting: Sorting = OWN_ORDER
) -> Part[Row[Incident]]:
    """The incidents at and under `path`, with neighbourhood and category, the latest first."""
    asked = sought_at(path, sought).order_by(
        *sorted_by(sorting, {"when": Incident.happened_at, "category": Category.position}),
        Incident.happened_at.desc(),
        Incident.id.desc(),
    )
    return paged(session, asked, page, sorting)


def sought_at(path: str | None, sought: Sought) -> Select[Incident]:
    """The statement that asks for the incidents at and under `path`, of everywhere without one."""
    asked = loaded_with(Incident, Incident.unit, Incident.category)
    conditions: list[ColumnElement[bool]] = [] if path is None else [within(path)]
    if sought.first is not None:
        conditions.append(Incident.on_date >= sought.first)
    if sought.last is not None:
        conditions.append(Incident.on_date <= sought.last)
    if sought.category is not None:
        conditions.append(Category.code == sought.category)
    if sought.spot is not None:
        conditions.append(Incident.spot == sought.spot)
    if sought.reference is not None:
        conditions.append(Incident.reference == sought.reference)
    return asked.where(*conditions)


def paths_of(session: Session, references: Collection[str]) -> Mapping[str, str]:
    """The path of the neighbourhood of each recorded incident of these references."""
    asked = select(Incident.reference, Unit.path).join(Incident.unit)
    return {
        row.reference: row.path
        for some in batches(sorted(references))
        for row in session.execute(asked.where(Incident.reference.in_(some)))
    }


def incidents_referred(session: Session, typed: str) -> list[Incident]:
    """The incidents of a reference, as it was typed or in capitals, with neighbourhood and category."""
    asked = sought_at(None, Sought()).where(Incident.reference.in_({typed, typed.upper()}))
    return list(session.scalars(asked.order_by(Incident.happened_at.desc(), Incident.id.desc())))


def categories_met(session: Session, path: str, first: Month) -> list[Category]:
    """The categories of which there are incidents at and under `path` since a month, in their order."""
    met = select(Incident.category_id).join(Unit, Unit.id == Incident.unit_id)
    met = met.where(within(path), Incident.month >= month_number(first))
    asked = select(Category).where(Category.id.in_(met))
    return list(session.scalars(asked.order_by(Category.position, Category.id)))
