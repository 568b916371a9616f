"""The targets of measures, as the units at, over and under a place have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from npt.kit.months import Month
from npt.measures.models import MeasureTarget
from npt.measures.queries.kinds.staffing import PEOPLE_TO_A_SERGEANT
from npt.measures.rules import DatedTarget, Measure, MonthTarget, Target, target_in, target_on
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.staffing.queries import limits_of


@dataclass(frozen=True)
class Targets:
    """All targets that count for a unit or one under it. Asks the database nothing."""

    dated: Sequence[DatedTarget]

    def on(self, measure: Measure, unit: Unit, day: date) -> Target:
        """The target of a unit on a day: its own, or that of the nearest unit over it; else as installed."""
        return target_on(self.dated, measure, unit.path, day)

    def in_month(self, measure: Measure, unit: Unit, month: Month) -> MonthTarget:
        """The target that a month is judged by, which is that of its last day."""
        return target_in(self.dated, measure, unit.path, month)


def targets_of(session: Session, path: str) -> Targets:
    """The targets that count for the unit at `path` or one under it. Two statements."""
    above = [lineage.path for lineage in Lineage.parse(path).ancestors]
    asked = select(Unit.path, MeasureTarget.measure, MeasureTarget.starts_on, MeasureTarget.amount)
    asked = asked.join(Unit, Unit.id == MeasureTarget.unit_id)
    dated = [
        DatedTarget(*row) for row in session.execute(asked.where(or_(within(path), Unit.path.in_(above))))
    ]
    force = f"{Lineage.parse(path).codes[0]}/"
    limits = limits_of(session, path)
    return Targets(
        [*dated, *(DatedTarget(force, PEOPLE_TO_A_SERGEANT, each.starts_on, each.people) for each in limits)]
    )


def targets_set(session: Session, path: str, code: str) -> list[MeasureTarget]:
    """The targets of a measure that were set for the unit at `path` and those over it, the latest first.

    Units, and who set them, are loaded.
    """
    paths = [path, *(lineage.path for lineage in Lineage.parse(path).ancestors)]
    asked = select(MeasureTarget).join(MeasureTarget.unit)
    asked = asked.options(joinedload(MeasureTarget.unit), joinedload(MeasureTarget.set_by))
    asked = asked.where(Unit.path.in_(paths), MeasureTarget.measure == code)
    return list(session.scalars(asked.order_by(MeasureTarget.starts_on.desc(), Unit.path)))
