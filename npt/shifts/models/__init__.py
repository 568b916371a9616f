"""Tables of shifts, of time away and its reasons, of open ends and losses."""

from npt.shifts.models.open_ends_and_losses import LOSSES, OPEN_ENDS, Loss, OpenEnd
from npt.shifts.models.reasons import REASONS, Reason
from npt.shifts.models.shifts import (
    AWAY,
    AWAY_CHANGES,
    CONFIRMATIONS,
    SHIFTS,
    Act,
    Away,
    AwayChange,
    Confirmation,
    Pattern,
    PatternDay,
    Shift,
)
