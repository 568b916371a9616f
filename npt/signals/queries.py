"""Questions about the limits of measures."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.rules import At, Figure
from npt.organisation.models import Unit
from npt.signals.models import LimitsRebase
from npt.signals.rules import Drawn, drawn_for


def rebases_of(
    session: Session, units: Collection[Unit], month: Month
) -> dict[tuple[int, str], LimitsRebase]:
    """By the key of the unit and the code of the measure, what holds for this month. One statement."""
    asked = select(LimitsRebase).where(
        LimitsRebase.unit_id.in_([unit.id for unit in units]), LimitsRebase.starts_on <= month.first
    )
    return {(each.unit_id, each.measure): each for each in session.scalars(asked.order_by(LimitsRebase.id))}


def limits_of_unit(
    session: Session, unit: Unit, month: Month, figures: Mapping[str, Mapping[At, Figure]]
) -> dict[str, Drawn]:
    """The limits for a month of a unit by the code of each measure. One statement.

    `figures`: as `npt.measures.queries.registry.figures_of` gives them, with the twelve months before.
    """
    rebases = rebases_of(session, [unit], month)
    return {
        code: drawn_for(series_of(of, unit.path), month, since_of(rebases.get((unit.id, code))))
        for code, of in figures.items()
    }


def series_of(figures: Mapping[At, Figure], path: str) -> dict[Month, Figure]:
    """The figures of the unit at `path`, by month."""
    return {month: figure for (at, month), figure in figures.items() if at == path}


def since_of(rebase: LimitsRebase | None) -> Month | None:
    """The month from which on limits are drawn; None where nobody said one."""
    return None if rebase is None else Month.of(rebase.starts_on)
