"""Questions about programmes."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, selectinload

from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.store.loading import loaded_with
from npt.training.models import Programme, Registration


def force_of(session: Session, unit: Unit) -> Unit:
    """The force that the unit is part of: itself, for a force."""
    code = Lineage.parse(unit.path).codes[0]
    return unit if unit.code == code else session.scalars(select(Unit).where(Unit.code == code)).one()


def _whole() -> Select[Programme]:
    """Programmes with their force, modules and roles."""
    return loaded_with(Programme, Programme.unit).options(
        selectinload(Programme.modules), selectinload(Programme.roles)
    )


def programmes_of(session: Session, path: str) -> list[Programme]:
    """The programmes of the force that the unit at `path` is part of, whole, in the order of their making."""
    code = Lineage.parse(path).codes[0]
    return list(session.scalars(_whole().where(Unit.code == code).order_by(Programme.id)))


def programme_coded(session: Session, path: str, code: str) -> Programme | None:
    """The programme of this code of the force that the unit at `path` is part of, whole; None without one."""
    force = Lineage.parse(path).codes[0]
    return session.scalar(_whole().where(Unit.code == force, Programme.code == code))


def programme_is_used(session: Session, programme: Programme) -> bool:
    """Whether anybody is or was registered for the programme."""
    return bool(session.scalar(select(exists().where(Registration.programme_id == programme.id))))
