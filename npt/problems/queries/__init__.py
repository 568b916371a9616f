"""Questions about problem records."""

from npt.problems.queries.board import BOARD_DAYS, MOST_COUNTED, BoardColumn, board_of
from npt.problems.queries.gates import lacks_at
from npt.problems.queries.history import HappeningKind, happenings_of
from npt.problems.queries.lines import (
    MOST_LISTED,
    Asked,
    Listed,
    ProblemLine,
    problem_owners_under,
    problems_at,
)
from npt.problems.queries.own import OwnProblem, OwnProblems, own_problems
from npt.problems.queries.places import neighbourhood_of, point_meant
from npt.problems.queries.problems import (
    LinkedProblem,
    links_of,
    problem_of,
    problem_sent_as,
    sensitive_of,
    stage_told_to_residents,
    teams_within,
)
from npt.problems.queries.waits import SignOffs, WaitsOn
