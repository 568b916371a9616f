"""What is said of what came of a problem."""

from npt.outcomes.actions.assessment import AssessmentFacts, say_assessment
from npt.outcomes.actions.closing import Closing, close_problem, closing_of
from npt.outcomes.actions.scores import is_own, score_problem
