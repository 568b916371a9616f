"""Questions about problem records."""

from npt.problems.queries.gates import lacks_at
from npt.problems.queries.history import HappeningKind, happenings_of
from npt.problems.queries.places import neighbourhood_of, point_meant
from npt.problems.queries.problems import (
    LinkedProblem,
    ProblemLine,
    links_of,
    problem_of,
    problem_sent_as,
    problems_under,
    sensitive_of,
    stage_told_to_residents,
    teams_within,
)
