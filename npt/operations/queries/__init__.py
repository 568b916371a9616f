"""Questions about operations, one file a subject: plans, candidates, chosen, effects on teams."""

from npt.operations.queries.candidates import candidates
from npt.operations.queries.choices import ChosenLine, chosen, stands_as_taken, taken_for
from npt.operations.queries.effects import Take, TeamMonth, effects
from npt.operations.queries.plans import (
    OperationLine,
    operation_in,
    operation_planned_in,
    operations_at,
    operations_of,
    past_operations,
)
