"""What programs send and are sent: rows as JSON objects, in the columns of the files."""

from npt.api.exchange.answers import (
    actions_as_json,
    away_as_json,
    duty_as_json,
    losses_as_json,
    priorities_as_json,
    problem_as_json,
    problems_as_json,
    units_as_json,
    verdicts_as_json,
)
from npt.api.exchange.pushes import PUSHED, Listed, listed_as_json, take_push, taken_as_json
