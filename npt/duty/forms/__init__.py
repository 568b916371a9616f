"""What a supervisor types about duty, one file a screen: time away, shifts, patterns."""

from npt.duty.forms.away import Corrected, CorrectForm, RecordedAway, RecordForm, When
from npt.duty.forms.patterns import Assigned, AssignForm, NewPattern, PatternForm
from npt.duty.forms.shifts import ChangeShiftForm, NewShift, NewTimes, ShiftForm

__all__ = [
    "AssignForm",
    "Assigned",
    "ChangeShiftForm",
    "CorrectForm",
    "Corrected",
    "NewPattern",
    "NewShift",
    "NewTimes",
    "PatternForm",
    "RecordForm",
    "RecordedAway",
    "ShiftForm",
    "When",
]
