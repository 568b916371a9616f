"""Strength against establishment month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.months import Month, thirteen_months_to
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.queries.timeline import timeline
from npt.staffing.rules import Stage, stage_on


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Strength and establishment of a role on the last day of a month, or so far into it as is asked."""

    month: Month
    day: date
    stage: Stage


def trend(session: Session, unit: Unit, day: date) -> Mapping[PolicingRole, list[MonthEnd]]:
    """Thirteen month ends of every role at `unit` and under it; that of the month of `day` is `day` itself.

    Three statements.
    """
    found = timeline(session, unit.path)
    ends = [(month, min(month.last, day)) for month in thirteen_months_to(Month.of(day))]
    return {
        role: [MonthEnd(month, end, stage_on(stages, end)) for month, end in ends]
        for role in PolicingRole
        for stages in [found.stages(unit.path, role)]
    }
