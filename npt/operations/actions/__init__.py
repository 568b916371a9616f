"""What is done to operations. Nothing here commits; every refusal has its name.

One file a step: planning (the operation and what it asks), choosing (who), deciding (commit, cancel); holding
keeps two people apart, taking writes the records of duty.
"""

from npt.operations.actions.choices import Chosen, NotACandidate, TooManyChosen, choose
from npt.operations.actions.commitment import NothingAsked, NumbersDiffer, cancel, commit
from npt.operations.actions.duty_records import ChangedByHand, ChangedSince, NoLongerFree
from npt.operations.actions.locking import WrongStatus
from npt.operations.actions.plans import (
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
