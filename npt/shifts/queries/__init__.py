"""Questions about shifts and the time away in them, one file a subject."""

from npt.shifts.queries.acts import (
    ActLine,
    act_in,
    other_units_of,
    roster_acts,
    shifts_of_act,
    stands_as_left,
)
from npt.shifts.queries.days import (
    ConfirmationLine,
    DayGrid,
    GridRow,
    Roster,
    day_grid,
    days_changed_since,
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
    away_of,
    shift_in,
)
