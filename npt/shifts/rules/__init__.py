"""The law of shifts and time away, one file a subject."""

from npt.shifts.rules.open_ends_and_losses import (
    LossKind,
    Lost,
    NotBackYet,
    WordsMissing,
    check_loss,
    ended,
    is_running,
    this_minute,
)
from npt.shifts.rules.patterns import PatternDay, PatternTimeNeverHappens, pattern_shifts
from npt.shifts.rules.reasons import (
    SHIPPED_REASONS,
    TIME_AWAY,
    NoteMissing,
    ReasonClosed,
    ReasonKind,
    ShippedReason,
    check_note,
    check_open,
)
from npt.shifts.rules.shifts import (
    MAX_SHIFT,
    AbstractionDuringAbsence,
    AwayOutsideShift,
    AwayOverlaps,
    AwayTime,
    EndsBeforeItStarts,
    NoLength,
    ShiftOverlaps,
    ShiftTooLong,
    check_all_away,
    check_away,
    check_shift,
    check_shift_is_free,
    interval_of,
    moves_in_order,
)
from npt.shifts.rules.states import AwayState, ShiftState
from npt.shifts.rules.typed_times import (
    ShiftIsOver,
    TimeHappensTwice,
    TimeNeverHappens,
    TypedTime,
    WhichOfTwo,
    rest_of_shift,
    typed_interval,
    typed_shift,
)
