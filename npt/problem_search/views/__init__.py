"""Screens of the search."""

from npt.problem_search.views import search
from npt.problem_search.views.door import pages
from npt.problem_search.views.similar import same_part, similar_part
