"""Similar problems, as a part of the forms at which somebody should look at them."""

from typing import Any

from npt.access.rules import Permission
from npt.problems.models import Problem
from npt.problems.queries import Similar, similar_to
from npt.webkit.visit import Visit


def similar_part(visit: Visit[Any], problem: Problem) -> Similar:
    """What is like the problem, as far as the person may see it."""
    paths = visit.person.reach(Permission.SEE_PROBLEMS)
    return similar_to(visit.session, problem, paths, today=visit.today)
