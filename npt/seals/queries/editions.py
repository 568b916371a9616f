"""The editions of a month that were signed."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.seals.models import Seal


def editions_of(session: Session, unit: Unit, month: Month) -> Sequence[Seal]:
    """Every edition of a unit's month, the latest first, with its unit and whoever signed. One statement."""
    return session.scalars(_of(unit, month).order_by(Seal.edition.desc())).all()


def edition_of(session: Session, unit: Unit, month: Month, edition: int | None = None) -> Seal | None:
    """An edition of a unit's month, the latest unless another is named; None where there is none."""
    asked = _of(unit, month)
    if edition is not None:
        asked = asked.where(Seal.edition == edition)
    return session.scalars(asked.order_by(Seal.edition.desc()).limit(1)).first()


def _of(unit: Unit, month: Month) -> Select[Seal]:
    return (
        select(Seal)
        .join(Seal.unit)
        .outerjoin(Seal.signed_by)
        .options(contains_eager(Seal.unit), contains_eager(Seal.signed_by))
        .where(Seal.unit_id == unit.id, Seal.month_on == month.first)
    )
