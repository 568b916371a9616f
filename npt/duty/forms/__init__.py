"""What a supervisor types about a day, one file a screen: time away, shifts, patterns."""

from npt.duty.forms.away import Corrected, CorrectForm, LossForm, RecordedAway, RecordForm, RepeatForm, When
from npt.duty.forms.patterns import Assigned, AssignForm, NewPattern, PatternForm
from npt.duty.forms.shifts import ChangeShiftForm, NewTimes, ShiftForm
