"""Questions about the records of funded posts, and how they came to be."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from npt.organisation.models import Unit
from npt.organisation.queries import standing, within
from npt.people.rules import PolicingRole
from npt.staffing.models import Establishment, EstablishmentChange
from npt.store.batches import found_by
from npt.store.loading import loaded_with


def establishments_under(
    session: Session, path: str | None, *, as_at: date | None = None, role: PolicingRole | None = None
) -> list[Establishment]:
    """The establishment records at or under `path` (all, without one), with their units.

    Those of a day or a role if given. In the order of unit, role and first day.
    """
    asked = loaded_with(Establishment, Establishment.unit).order_by(
        Unit.path, Establishment.role, Establishment.starts_on
    )
    if path is not None:
        asked = asked.where(within(path))
    if as_at is not None:
        asked = asked.where(Establishment.holding(as_at), standing(as_at=as_at))
    if role is not None:
        asked = asked.where(Establishment.role == role)
    return list(session.scalars(asked))


def establishments_in(session: Session, unit_ids: Collection[int]) -> list[Establishment]:
    """Every establishment record of these units themselves, with their units."""
    asked = loaded_with(Establishment, Establishment.unit)
    return list(found_by(session, asked, Establishment.unit_id, unit_ids))


def establishment_in(session: Session, unit: Unit, establishment_id: int) -> Establishment | None:
    """The establishment record of that number, when it is the unit's own."""
    asked = loaded_with(Establishment, Establishment.unit)
    return session.scalar(asked.where(Establishment.id == establishment_id, Establishment.unit_id == unit.id))


def establishments_of(session: Session, unit_id: int, role: PolicingRole) -> list[Establishment]:
    """Every establishment record of a role at the unit itself, the earliest first."""
    asked = select(Establishment).where(Establishment.unit_id == unit_id, Establishment.role == role)
    return list(session.scalars(asked.order_by(Establishment.starts_on)))


def changes_under(session: Session, path: str, role: PolicingRole | None = None) -> list[EstablishmentChange]:
    """What was done to the establishments at or under `path`, of one role if given, latest first.

    With the establishment, its unit, and who did it. One statement.
    """
    asked = (
        select(EstablishmentChange)
        .join(EstablishmentChange.establishment)
        .join(Establishment.unit)
        .options(
            contains_eager(EstablishmentChange.establishment).contains_eager(Establishment.unit),
            joinedload(EstablishmentChange.account),
        )
        .where(within(path))
        .order_by(EstablishmentChange.changed_at.desc(), EstablishmentChange.id.desc())
    )
    if role is not None:
        asked = asked.where(Establishment.role == role)
    return list(session.scalars(asked))
