"""The repeating rosters that the demonstration force offers when somebody plans ahead: those it works by."""

from collections.abc import Sequence
from datetime import time

from sqlalchemy.orm import Session

from npt.demonstration.rosters import DAYS_AND_LATES, PCSO, ROUND_THE_CLOCK, Hours
from npt.organisation.models import Unit
from npt.shifts.actions import add_pattern
from npt.shifts.rules import PatternDay

_PATTERNS = {
    "Officers: 2 earlies, 2 lates, 2 nights, 4 off": ROUND_THE_CLOCK,
    "Officers: 2 earlies, day, 2 lates, 4 off": DAYS_AND_LATES,
    "PCSOs: 2 earlies, 3 lates, 4 off": PCSO,
}


def add_patterns(session: Session, unit: Unit) -> None:
    """Offer the patterns in `unit` and everywhere under it."""
    for name, cycle in _PATTERNS.items():
        add_pattern(session, unit=unit, name=name, cycle=pattern_days(cycle))


def pattern_days(cycle: Sequence[Hours]) -> list[PatternDay]:
    """The cycle as a pattern has it: times of day, an end past midnight on the next day."""
    return [PatternDay() if hours is None else PatternDay(*map(_clock, hours)) for hours in cycle]


def _clock(hour: float) -> time:
    return time(int(hour) % 24, round(hour % 1 * 60))
