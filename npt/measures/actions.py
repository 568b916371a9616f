"""Setting the target of a measure from a day on."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.measures.models import MeasureTarget
from npt.measures.rules import Measure, TargetRefused, check_target
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing


class TargetThere(Refusal):
    """Somebody has just set the target of the same measure, unit and day."""


def _target_there() -> Refusal:
    return TargetThere(
        "Somebody has just set a target from that day: open the page again to see it, then set yours.",
        field="starts_on",
    )


name_violation("uq_measure_target_unit_id_measure_starts_on", _target_there)


def set_target(
    session: Session, *, unit: Unit, measure: Measure, amount: Decimal | None, starts_on: date, stamp: Stamp
) -> MeasureTarget:
    """Let the measure have this target (None: no target) for the unit and all under it, from a day on.

    One that starts on the same day is replaced. TargetRefused, DayOutOfRange, TargetThere.
    """
    check_target(measure, amount)
    check_day(starts_on, "starts_on")
    if unit.level not in measure.levels:
        raise TargetRefused(
            f"{measure.name} is not counted for a {unit.level.wording}: set the target for a unit above it.",
            field="amount",
        )
    found = session.scalar(
        select(MeasureTarget).where(
            MeasureTarget.unit_id == unit.id,
            MeasureTarget.measure == measure.code,
            MeasureTarget.starts_on == starts_on,
        )
    )
    if found is None:
        found = MeasureTarget(unit=unit, measure=measure.code, starts_on=starts_on)
        session.add(found)
    found.amount, found.set_by_id = amount, stamp.by
    with refusing(session):
        return found
