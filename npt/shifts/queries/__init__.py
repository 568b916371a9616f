"""Questions about shifts and the time away in them, one file a subject."""

from npt.shifts.queries.days import (
    ActLine,
    ConfirmationLine,
    DayGrid,
    GridRow,
    Roster,
    day_grid,
    roster,
    rostered_from,
)
from npt.shifts.queries.losses import LossLine, losses_of
from npt.shifts.queries.patterns import PatternLine, cycle_of, patterns_for
from npt.shifts.queries.reasons import ReasonLine, reasons, reasons_of
from npt.shifts.queries.records import AwayRecord, away_in, away_records
from npt.shifts.queries.shifts import (
    GridAway,
    GridShift,
    RosteredShift,
    act_in,
    away_of,
    shift_in,
    stands_as_left,
)
