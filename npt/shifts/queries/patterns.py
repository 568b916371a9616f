"""The repeating rosters that a unit may use."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.shifts.models import Pattern
from npt.shifts.rules import PatternDay


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A pattern and its days, from day 1 of the cycle; `unit_code` is where it belongs."""

    id: int
    name: str
    unit_code: str
    cycle: tuple[PatternDay, ...]


def patterns_for(session: Session, unit: Unit) -> list[PatternLine]:
    """The patterns of `unit` and of the units above it, which it may use; by name. Two statements."""
    lineage = Lineage.parse(unit.path)
    paths = [unit.path, *(above.path for above in lineage.ancestors)]
    asked = (
        select(Pattern, Unit.code)
        .join(Unit, Unit.id == Pattern.unit_id)
        .where(Unit.path.in_(paths))
        .options(selectinload(Pattern.days))
        .order_by(Pattern.name, Unit.path)
    )
    return [
        PatternLine(pattern.id, pattern.name, code, cycle_of(pattern))
        for pattern, code in session.execute(asked)
    ]


def cycle_of(pattern: Pattern) -> tuple[PatternDay, ...]:
    """The days of the pattern's cycle, those off included. Its days have to be loaded."""
    on_day = {day.day_number: PatternDay(day.starts, day.ends) for day in pattern.days}
    return tuple(on_day.get(number, PatternDay()) for number in range(1, pattern.cycle_days + 1))
