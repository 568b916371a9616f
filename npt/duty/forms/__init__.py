"""What a supervisor types about duty, one file a screen: time away, reports, shifts, patterns."""

from npt.duty.forms.away import Corrected, CorrectForm, LossForm, RecordedAway, RecordForm, RepeatForm, When
from npt.duty.forms.definitions import (
    ChangeDefinitionForm,
    ChangeReasonForm,
    CountingForm,
    NewDefinitionForm,
    NewReasonForm,
    PutBackForm,
)
from npt.duty.forms.patterns import Assigned, AssignForm, NewPattern, PatternForm
from npt.duty.forms.reporting import AnswerForm, Reported, ReportForm
from npt.duty.forms.shifts import ChangeShiftForm, NewShift, NewTimes, ShiftForm

__all__ = [
    "AnswerForm",
    "AssignForm",
    "Assigned",
    "ChangeDefinitionForm",
    "ChangeReasonForm",
    "ChangeShiftForm",
    "CorrectForm",
    "Corrected",
    "CountingForm",
    "LossForm",
    "NewDefinitionForm",
    "NewPattern",
    "NewReasonForm",
    "NewShift",
    "NewTimes",
    "PatternForm",
    "PutBackForm",
    "RecordForm",
    "RecordedAway",
    "RepeatForm",
    "ReportForm",
    "Reported",
    "ShiftForm",
    "When",
]
