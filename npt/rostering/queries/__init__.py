"""Questions about the roster: the grid that is changed, and what was done to it."""

from npt.rostering.queries.assignments import AssignmentLine, assignment_in, assignments_of
from npt.rostering.queries.cover import (
    AwayFor,
    Cover,
    CoverLine,
    Gap,
    Presence,
    cover_rule_in,
    cover_rules_of,
    cover_touching,
    cover_under,
    minimum_of,
)
from npt.rostering.queries.grid import Elsewhere, shifts_elsewhere, teams_to_help
from npt.rostering.queries.my_shifts import (
    OwnPattern,
    OwnShift,
    account_of_feed,
    feed_of,
    own_patterns,
    own_shifts,
)
