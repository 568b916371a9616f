"""People to a sergeant, unit by unit, against the limit of the force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.kit.spans import begun
from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.people.rules import PolicingRole
from npt.staffing.models import RatioLimit
from npt.staffing.queries.strength import Staffing, staffing_of
from npt.staffing.rules import Supervision, supervision
from npt.store.loading import loaded_with


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """The supervisory ratio of a unit on strength and on establishment, and how each stands."""

    staffing: Staffing
    on_strength: Supervision
    on_establishment: Supervision


@dataclass(frozen=True, slots=True)
class Ratios:
    """The ratios of a unit and of every unit under it that people are posted to, on one day."""

    limit: RatioLimit | None
    lines: tuple[UnitRatio, ...]

    @property
    def breaches(self) -> tuple[UnitRatio, ...]:
        """The units where the limit is broken on strength."""
        return tuple(line for line in self.lines if line.on_strength.is_breach)


def limits_of(session: Session, path: str) -> list[RatioLimit]:
    """The limits of the force that the unit at `path` belongs to, the earliest first."""
    force = Lineage.parse(path).codes[0]
    asked = loaded_with(RatioLimit, RatioLimit.unit)
    return list(session.scalars(asked.where(Unit.code == force).order_by(RatioLimit.starts_on)))


def limit_in(session: Session, unit: Unit, limit_id: int) -> RatioLimit | None:
    """The limit of this key, when it is the unit's own."""
    asked = loaded_with(RatioLimit, RatioLimit.unit)
    return session.scalar(asked.where(RatioLimit.id == limit_id, RatioLimit.unit_id == unit.id))


def ratios(session: Session, unit: Unit, day: date) -> Ratios:
    """How the sergeants of `unit` and of each unit under it stand against the limit that holds on `day`.

    A unit comes before the units under it. Five statements.
    """
    limit = begun(limits_of(session, unit.path), day, lambda each: each.starts_on)
    most = None if limit is None else limit.people
    tree = staffing_of(session, unit, day, with_children=True)
    return Ratios(limit, tuple(_line(each, most) for each in _flat(tree)))


def _flat(staffing: Staffing) -> Iterator[Staffing]:
    yield staffing
    for child in staffing.children:
        yield from _flat(child)


def _line(staffing: Staffing, limit: Decimal | None) -> UnitRatio:
    constables, pcsos, sergeants = (
        staffing.of(role) for role in (PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SERGEANT)
    )
    level = staffing.unit.level
    return UnitRatio(
        staffing,
        supervision(level, constables.strength, pcsos.strength, sergeants.strength, limit),
        supervision(level, constables.establishment, pcsos.establishment, sergeants.establishment, limit),
    )
