"""What is ticked and typed about rosters, one file a screen: blocks, absence, assignments, minimum cover."""

from npt.rostering.forms.absence import AbsenceForm, TypedAbsence
from npt.rostering.forms.assignment import AssignmentForm, TypedAssignment
from npt.rostering.forms.block import BlockForm, TypedBlock, Verb
from npt.rostering.forms.cover import ChangeCoverForm, CoverForm, TypedCoverChange
