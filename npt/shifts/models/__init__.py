"""Tables of shifts, of time away and its reasons, of open ends and losses, of acts to undo."""

from npt.shifts.models.acts import AWAY_CHANGES, SHIFT_CHANGES, Act, AwayChange, ShiftChange
from npt.shifts.models.open_ends_and_losses import LOSSES, OPEN_ENDS, Loss, OpenEnd
from npt.shifts.models.reasons import REASONS, Reason
from npt.shifts.models.shifts import (
    AWAY,
    CONFIRMATIONS,
    SHIFTS,
    Away,
    Confirmation,
    Pattern,
    PatternDay,
    Shift,
)
