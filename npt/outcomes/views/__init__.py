"""Screens of what came of problems."""

from npt.outcomes.views import assessment, scores
from npt.outcomes.views.assessed import came_of_it_part, scored_part
from npt.outcomes.views.door import pages
from npt.outcomes.views.figures import offers_part
