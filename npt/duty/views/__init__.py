"""The pages of duty, one file a screen: the day, recording, time away, shifts, patterns, the roster."""

from npt.duty.views import (
    away,
    change_counting,
    confirmations,
    confirming,
    day,
    definitions,
    patterns,
    reasons,
    record,
    roster,
    shifts,
)
from npt.duty.views.door import pages

__all__ = [
    "away",
    "change_counting",
    "confirmations",
    "confirming",
    "day",
    "definitions",
    "pages",
    "patterns",
    "reasons",
    "record",
    "roster",
    "shifts",
]
