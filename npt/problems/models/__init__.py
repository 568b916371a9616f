"""Tables of problem records."""

from npt.problems.models.history import LinkKind, ProblemEvidence, ProblemLink, ProblemMove, ProblemScore
from npt.problems.models.problems import Problem, ProblemSensitive
from npt.problems.models.stages import (
    ProblemAnalysis,
    ProblemAssessment,
    ProblemHypothesis,
    ProblemResponse,
    ProblemScanning,
    ProblemSource,
)
