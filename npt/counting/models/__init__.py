"""Tables of definitions and of sums."""

from npt.counting.models.definitions import (
    Definition,
    DefinitionChange,
    DefinitionChangeLine,
    DefinitionReason,
)
from npt.counting.models.sums import AWAY_SUMS, DUTY_SUMS, SUMS_DUE, AwaySum, DutySum, SumDue
