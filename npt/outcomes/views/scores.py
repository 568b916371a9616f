"""The quality of a record, marked by somebody who had no part in it."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.outcomes.actions.scores import is_own, score_problem
from npt.outcomes.forms.scores import ScoreForm
from npt.outcomes.views.door import ASSESSED, pages
from npt.problems.views.door import problem_here, trail
from npt.problems.wording import problem_address
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{ASSESSED}/score", needs=Permission.SCORE_PROBLEMS, within_matter="assessed")
def score(visit: Visit[Matter]) -> Answer:
    """Mark the record of a problem."""
    problem, form = problem_here(visit), ScoreForm()
    return form_page(
        visit,
        form,
        act=lambda: score_problem(
            visit.session, problem, marks=form.value(), words=form.words.data, stamp=visit.stamp
        ),
        saved=lambda made: f"Scored {made.marks.total} of {made.marks.BEST}.",
        back_href=problem_address(visit.place),
        page=lambda: {
            "problem": problem_here(visit),
            "is_own": is_own(visit.session, problem, visit.by),
            "above": trail(visit, problem),
        },
    )
