"""What is done to a team's day. Nothing here commits; every refusal has its name."""

from npt.duty.actions.confirmations import (
    DayNotYet,
    ReportsWaiting,
    StillRunning,
    confirm_day,
    withdraw_confirmation,
)
from npt.duty.actions.undo import undo
