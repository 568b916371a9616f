"""Screens of problem records."""

from npt.problems.views import (
    assessment,
    beside,
    board,
    evidence,
    moving,
    owner,
    problem,
    problems,
    scores,
    search,
    stages,
    starting,
)
from npt.problems.views.door import pages
