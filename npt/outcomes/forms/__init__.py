"""What is typed about what came of a problem."""

from npt.outcomes.forms.assessment import AssessmentForm, AssessmentRecord
from npt.outcomes.forms.scores import ScoreForm
