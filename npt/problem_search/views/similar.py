"""Similar problems, as parts of the forms at which somebody should look at them."""

from typing import Any

from npt.access.rules import Permission
from npt.problem_search.queries import similar_to
from npt.problems.models import Problem
from npt.problems.views.listing import line_address
from npt.problems.views.parts import Part
from npt.webkit.visit import Visit


def same_part(visit: Visit[Any], problem: Problem) -> Part:
    """Problems that may be the same one, as far as the person may see them."""
    return Part("problem_search/same_part.html", _similar(visit, problem))


def similar_part(visit: Visit[Any], problem: Problem) -> Part:
    """Problems like this one with what came of them, as far as the person may see them."""
    return Part("problem_search/similar_part.html", _similar(visit, problem))


def _similar(visit: Visit[Any], problem: Problem) -> dict[str, Any]:
    paths = visit.person.reach(Permission.SEE_PROBLEMS)
    found = similar_to(visit.session, problem, paths, today=visit.today)
    return {"similar": found, "address": line_address}
