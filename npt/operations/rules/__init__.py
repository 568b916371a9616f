"""The law of planned operations: their kinds, states and days; who is ranked before whom."""

from npt.operations.rules.candidates import (
    FAIRNESS_DAYS,
    Against,
    Candidate,
    Objection,
    OnShift,
    fewest_on_duty,
    free_parts,
    ranked,
    suggested,
)
from npt.operations.rules.days import (
    MOST_DAYS,
    EndsBeforeItStarts,
    OperationDay,
    OperationKind,
    OperationStatus,
    TimeNeverHappens,
    TooManyDays,
    away_note,
    operation_days,
)
