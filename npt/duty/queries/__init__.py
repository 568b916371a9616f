"""Questions about duty, one file a subject.

Reasons, definitions, shifts, days, sums, roll-up, allowance, records, reports, losses, patterns.
"""

from npt.duty.queries.allowance import (
    HeadroomEntry,
    headroom,
    headroom_after,
    headrooms,
    headrooms_by_unit,
)
from npt.duty.queries.confirmations import ConfirmationWeek, UnitDay, UnitWeek, confirmation_week
from npt.duty.queries.counted import CountedSum, counted_sums
from npt.duty.queries.daily import daily_sums
from npt.duty.queries.days import ActLine, ConfirmationLine, DayGrid, GridRow, Roster, day_grid, roster
from npt.duty.queries.definitions import (
    ReasonUse,
    changes_of,
    definition_record,
    definition_records,
    reason_record,
    restatement,
    use_of,
)
from npt.duty.queries.losses import LossesPage, LossLine, LossRecord, loss_counts, losses_of, losses_page
from npt.duty.queries.patterns import PatternLine, cycle_of, patterns_for
from npt.duty.queries.reasons import DatedDefinition, ReasonLine, definition_coded, definitions, reasons
from npt.duty.queries.records import (
    AwayRecord,
    RecordsPage,
    UnconfirmedDay,
    away_in,
    away_records,
    records_behind,
    unconfirmed_days,
)
from npt.duty.queries.reports import (
    OwnReport,
    OwnShift,
    ReportLine,
    next_shift,
    own_away,
    own_reports,
    own_running,
    own_shift,
    report_in,
    running_on,
    unanswered_days,
    waiting_in,
    waiting_reports,
)
from npt.duty.queries.roll_up import monthly_sums, whole_sums
from npt.duty.queries.shifts import GridAway, GridShift, act_in, away_of, shift_in, stands_as_left
from npt.duty.queries.sums import MonthSum, Period, period_sums, periods

__all__ = [
    "ActLine",
    "AwayRecord",
    "ConfirmationLine",
    "ConfirmationWeek",
    "CountedSum",
    "DatedDefinition",
    "DayGrid",
    "GridAway",
    "GridRow",
    "GridShift",
    "HeadroomEntry",
    "LossLine",
    "LossRecord",
    "LossesPage",
    "MonthSum",
    "OwnReport",
    "OwnShift",
    "PatternLine",
    "Period",
    "ReasonLine",
    "ReasonUse",
    "RecordsPage",
    "ReportLine",
    "Roster",
    "UnconfirmedDay",
    "UnitDay",
    "UnitWeek",
    "act_in",
    "away_in",
    "away_of",
    "away_records",
    "changes_of",
    "confirmation_week",
    "counted_sums",
    "cycle_of",
    "daily_sums",
    "day_grid",
    "definition_coded",
    "definition_record",
    "definition_records",
    "definitions",
    "headroom",
    "headroom_after",
    "headrooms",
    "headrooms_by_unit",
    "loss_counts",
    "losses_of",
    "losses_page",
    "monthly_sums",
    "next_shift",
    "own_away",
    "own_reports",
    "own_running",
    "own_shift",
    "patterns_for",
    "period_sums",
    "periods",
    "reason_record",
    "reasons",
    "records_behind",
    "report_in",
    "restatement",
    "roster",
    "running_on",
    "shift_in",
    "stands_as_left",
    "unanswered_days",
    "unconfirmed_days",
    "use_of",
    "waiting_in",
    "waiting_reports",
    "whole_sums",
]
