"""Screens of problem records."""

from npt.problems.views import (
    assessment,
    beside,
    evidence,
    moving,
    owner,
    problem,
    problems,
    scores,
    stages,
    starting,
)
from npt.problems.views.door import pages
