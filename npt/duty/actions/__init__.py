"""What is done to rosters and days. Nothing here commits; every refusal has its name.

One file a verb: rostering (placing says where a shift counts), shifts, patterns, recording (holding keeps two
people apart), recording_many, undoing, confirming.
"""

from npt.duty.actions.confirming import DayNotYet, confirm_day, withdraw_confirmation
from npt.duty.actions.holding import StaleDay
from npt.duty.actions.many import Saved
from npt.duty.actions.patterns import (
    BadPattern,
    Laying,
    NobodyToRoster,
    PatternNameTaken,
    StretchTooLong,
    UnknownPattern,
    add_pattern,
    assign_pattern,
    keep_layings_by,
)
from npt.duty.actions.placing import (
    NotATeam,
    NotPosted,
    OutsidePlace,
    Places,
    TeamClosed,
    check_has_duty,
)
from npt.duty.actions.recording import (
    AwayEntry,
    NoteTooLong,
    NothingChosen,
    UnknownReason,
    correct_away,
    record_away,
    remove_away,
)
from npt.duty.actions.recording_many import AwayDiffers, AwayRecording, NoShift, WantedAway
from npt.duty.actions.rostering import (
    AwayNoLongerFits,
    Rostering,
    ShiftDiffers,
    WantedShift,
    roster_shifts,
)
from npt.duty.actions.shifts import ShiftHasAway, change_shift, remove_shift
from npt.duty.actions.undoing import CannotUndo, undo

__all__ = [
    "AwayDiffers",
    "AwayEntry",
    "AwayNoLongerFits",
    "AwayRecording",
    "BadPattern",
    "CannotUndo",
    "DayNotYet",
    "Laying",
    "NoShift",
    "NobodyToRoster",
    "NotATeam",
    "NotPosted",
    "NoteTooLong",
    "NothingChosen",
    "OutsidePlace",
    "PatternNameTaken",
    "Places",
    "Rostering",
    "Saved",
    "ShiftDiffers",
    "ShiftHasAway",
    "StaleDay",
    "StretchTooLong",
    "TeamClosed",
    "UnknownPattern",
    "UnknownReason",
    "WantedAway",
    "WantedShift",
    "add_pattern",
    "assign_pattern",
    "change_shift",
    "check_has_duty",
    "confirm_day",
    "correct_away",
    "keep_layings_by",
    "record_away",
    "remove_away",
    "remove_shift",
    "roster_shifts",
    "undo",
    "withdraw_confirmation",
]
