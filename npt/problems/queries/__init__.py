"""Questions about problem records."""

from npt.problems.queries.board import BOARD_DAYS, Column, board_of
from npt.problems.queries.lines import MOST_LISTED, Asked, Listed, ProblemLine, WaitsOn, problems_at
from npt.problems.queries.search import problems_found
