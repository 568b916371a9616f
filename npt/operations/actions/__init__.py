"""What is done to operations. Nothing here commits; every refusal has its name.

One file a step: planning (the operation and what it asks), choosing (who), deciding (commit, cancel); holding
keeps two people apart, taking writes the records of duty.
"""

from npt.operations.actions.choosing import Chosen, NotACandidate, TooManyChosen, choose
from npt.operations.actions.deciding import NothingAsked, NumbersDiffer, cancel, commit
from npt.operations.actions.holding import WrongStatus
from npt.operations.actions.planning import (
    AskOutside,
    AskOverlaps,
    NotEnough,
    OperationUnitClosed,
    Planned,
    ask_unit,
    correct_operation,
    drop_ask,
    plan_operation,
)
from npt.operations.actions.taking import ChangedByHand, ChangedSince, NoLongerFree

__all__ = [
    "AskOutside",
    "AskOverlaps",
    "ChangedByHand",
    "ChangedSince",
    "Chosen",
    "NoLongerFree",
    "NotACandidate",
    "NotEnough",
    "NothingAsked",
    "NumbersDiffer",
    "OperationUnitClosed",
    "Planned",
    "TooManyChosen",
    "WrongStatus",
    "ask_unit",
    "cancel",
    "choose",
    "commit",
    "correct_operation",
    "drop_ask",
    "plan_operation",
]
