"""Figures with what they are judged by, a row for each measure, unit and month."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.measures.queries import registry
from npt.measures.queries.asked import Asked
from npt.measures.queries.signed import signed_in
from npt.measures.queries.targets import targets_of
from npt.measures.rules import At, Figure, Measure, MonthTarget, SignedFigure
from npt.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A figure and its target."""

    measure: Measure
    unit: Unit
    month: Month
    #: the code of the definition of abstraction; None where the measure goes by none
    definition: str | None
    figure: Figure
    target: MonthTarget
    #: what was signed off, where the records have given another figure since
    signed: SignedFigure | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the figure meets the target of the month's last day; None without one of the two."""
        return self.target.target.is_met(self.measure, self.figure)


def rows_of(
    session: Session,
    asked: Asked,
    codes: Collection[str] | None = None,
    *,
    figures: Mapping[str, Mapping[At, Figure]] | None = None,
) -> list[MeasureRow]:
    """The figures of the measures (all, or of these codes), sorted by unit code, measure and month.

    Measures stand in the order of the registry; what depends on the day is as it was seen when the month was
    signed off, where it was. `figures`: what `registry.figures_of` gives, where it is known already. A fixed
    number of statements.
    """
    found = registry.figures_of(session, asked, codes) if figures is None else figures
    targets = targets_of(session, asked.path)
    signed = signed_in(session, asked)

    def figure(code: str, at: At) -> Figure:
        then = signed.get((code, *at))
        return found[code][at] if then is None or then.is_recomputable else then.figure

    def restated(code: str, at: At) -> SignedFigure | None:
        then = signed.get((code, *at))
        return then if then is not None and then.is_restated_by(found[code][at]) else None

    return [
        MeasureRow(
            measure,
            unit,
            month,
            asked.definition.code if measure.goes_by_definition else None,
            figure(measure.code, (unit.path, month)),
            targets.in_month(measure, unit, month),
            restated(measure.code, (unit.path, month)),
        )
        for unit in sorted(asked.units, key=lambda unit: unit.code)
        for measure in registry.all_measures()
        if measure.code in found
        for month in asked.first.until(asked.last)
    ]
