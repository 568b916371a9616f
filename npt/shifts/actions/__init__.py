"""What is done to shifts and to time away. Nothing here commits; every refusal has its name.

shift_attribution says where a shift counts, held_shifts keeps two people apart, steps say what happens,
shift_writes sends them to the database, acts keeps what was done in one go.
"""

from npt.shifts.actions.acts import CannotUndo
from npt.shifts.actions.away_corrections import NotRunning, come_back, correct_away, held_away, remove_away
from npt.shifts.actions.away_entries import (
    AwayEntry,
    NoteTooLong,
    NothingChosen,
    ReasonedEntry,
    UnknownReason,
    record_away,
    record_entries,
)
from npt.shifts.actions.held_shifts import HeldShift, StaleDay
from npt.shifts.actions.importing_away import AwayDiffers, AwayRecording, NoShift, WantedAway
from npt.shifts.actions.open_ends_and_losses import (
    Lost,
    NoSuchLoss,
    TooManyWords,
    drop_loss,
    keep_loss,
    kept_words,
)
from npt.shifts.actions.patterns import (
    AssignedPattern,
    BadPattern,
    NobodyToRoster,
    PatternNameTaken,
    StretchTooLong,
    UnknownPattern,
    add_pattern,
    assign_pattern,
    keep_assigned_by,
)
from npt.shifts.actions.roster import AwayNoLongerFits, Rostering, ShiftDiffers, WantedShift, roster_shifts
from npt.shifts.actions.shift_attribution import (
    NotATeam,
    NotPosted,
    OutsidePlace,
    Places,
    TeamClosed,
    check_has_duty,
)
from npt.shifts.actions.shifts import ShiftHasAway, change_shift, remove_shift
from npt.shifts.actions.steps import Step
