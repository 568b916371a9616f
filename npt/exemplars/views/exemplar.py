"""The form that keeps a closed problem in the library, and the part of its page that leads there."""

from flask import url_for

from npt.access.rules import Permission
from npt.exemplars.actions import keep_exemplar
from npt.exemplars.forms import ExemplarForm, Kept
from npt.exemplars.queries import exemplar_of
from npt.exemplars.views.door import pages
from npt.exemplars.views.exemplars import TONES
from npt.matters.models import Matter
from npt.problems.models import Problem
from npt.problems.rules import Stage
from npt.problems.views.door import problem_here, trail
from npt.problems.views.parts import Part
from npt.problems.wording import problem_address
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/problems/<solved>/exemplar", needs=Permission.SCORE_PROBLEMS, within_matter="solved")
def exemplar(visit: Visit[Matter]) -> Answer:
    """Put a closed problem into the library, tell it otherwise, or take it out."""

    def find() -> Kept:
        problem = problem_here(visit)
        return Kept(problem, exemplar_of(visit.session, problem))

    return correction_page(
        visit,
        ExemplarForm,
        find,
        act=lambda record, form: keep_exemplar(
            visit.session,
            record.problem,
            facts=form.value(),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The library is changed.",
        page=lambda record: {
            "problem": record.problem,
            "is_there": record.exemplar is not None,
            "above": trail(visit, record.problem),
        },
        back_href=problem_address(visit.place),
    )


def exemplar_part(visit: Visit[Matter], problem: Problem) -> Part | None:
    """What the library tells of a problem, and the way into it, once it is closed, for whoever may."""
    found = exemplar_of(visit.session, problem)
    may_keep = visit.may(Permission.SCORE_PROBLEMS, problem.matter.path)
    if found is None and not (may_keep and problem.stage is Stage.CLOSED):
        return None
    return Part(
        "exemplars/problem_part.html",
        {
            "exemplar": found,
            "tones": TONES,
            "library_href": url_for("exemplars.exemplars", code=problem.matter.unit.code),
            "keep_href": url_for("exemplars.exemplar", solved=problem.reference) if may_keep else "",
        },
    )
