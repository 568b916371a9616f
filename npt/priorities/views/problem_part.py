"""The priorities that stand behind a problem, on its page."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.priorities.queries import priorities_of
from npt.priorities.views.door import address_of
from npt.priorities.wording import TONES, state_in_words
from npt.problems.models import Problem
from npt.problems.views.parts import Part
from npt.webkit.visit import Visit


def priorities_part(visit: Visit[Matter], problem: Problem) -> Part | None:
    """Its priorities with what whoever raised them says; once it is closed they are to be closed too."""
    if not visit.may(Permission.SEE_PROBLEMS, problem.matter.path):
        return None
    found = priorities_of(visit.session, problem)
    if not found:
        return None
    is_closed = problem.closed_on is not None
    return Part(
        "priorities/problem_part.html",
        {
            "priorities": [
                (each, address_of(each), state_in_words(each), TONES[each.state]) for each in found
            ],
            "are_to_close": is_closed and any(each.state.is_agreed for each in found),
        },
    )
