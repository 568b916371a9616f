"""Questions about operations, one file a subject: plans, candidates, chosen, effects on teams."""

from npt.operations.queries.candidates import candidates
from npt.operations.queries.chosen import ChosenLine, chosen, stands_as_taken
from npt.operations.queries.effects import Take, TeamMonth, effects, standing_definition, team_rooms
from npt.operations.queries.plans import OperationLine, operation_in, operation_planned_in, operations_of

__all__ = [
    "ChosenLine",
    "OperationLine",
    "Take",
    "TeamMonth",
    "candidates",
    "chosen",
    "effects",
    "operation_in",
    "operation_planned_in",
    "operations_of",
    "standing_definition",
    "stands_as_taken",
    "team_rooms",
]
