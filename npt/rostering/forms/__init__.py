"""What is ticked and typed about rosters, one file a screen: blocks, absence, assignments of patterns."""

from npt.rostering.forms.absence import AbsenceForm, TypedAbsence
from npt.rostering.forms.assignment import AssignmentForm, TypedAssignment
from npt.rostering.forms.block import BlockForm, TypedBlock, Verb

__all__ = [
    "AbsenceForm",
    "AssignmentForm",
    "BlockForm",
    "TypedAbsence",
    "TypedAssignment",
    "TypedBlock",
    "Verb",
]
