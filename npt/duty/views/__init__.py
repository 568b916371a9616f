"""The pages of a team's day, one file a screen."""

from npt.duty.views import (
    answers,
    away_corrections,
    away_entries,
    confirmations,
    day,
    day_confirmation,
    losses,
    patterns,
    repetition,
    roster,
    shifts,
)
from npt.duty.views.door import pages
