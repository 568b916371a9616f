"""Questions about problems by their words."""

from npt.problem_search.queries.search import MOST_FOUND, problems_found
from npt.problem_search.queries.similar import Like, Similar, similar_to
