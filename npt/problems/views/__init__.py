"""Screens of problem records."""

from npt.problems.views import (
<<<<<<< HEAD
    beside,
    board,
=======
    assessment,
    beside,
>>>>>>> origin/main
    evidence,
    moving,
    owner,
    problem,
    problems,
<<<<<<< HEAD
    search,
=======
    scores,
>>>>>>> origin/main
    stages,
    starting,
)
from npt.problems.views.door import pages
