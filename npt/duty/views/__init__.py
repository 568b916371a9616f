"""The pages of duty, one file a screen: the day, recording, time away, reports, losses, shifts, patterns."""

from npt.duty.views import (
    answering,
    away,
    change_counting,
    confirmations,
    confirming,
    day,
    definitions,
    lost,
    own,
    patterns,
    reasons,
    record,
    repeating,
    roster,
    shifts,
)
from npt.duty.views.door import pages

__all__ = [
    "answering",
    "away",
    "change_counting",
    "confirmations",
    "confirming",
    "day",
    "definitions",
    "lost",
    "own",
    "pages",
    "patterns",
    "reasons",
    "record",
    "repeating",
    "roster",
    "shifts",
]
