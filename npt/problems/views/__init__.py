"""Screens of problem records."""

from npt.problems.views import (
    beside,
    board,
    evidence,
    moving,
    owner,
    problem,
    problems,
    stages,
    starting,
)
from npt.problems.views.door import pages
