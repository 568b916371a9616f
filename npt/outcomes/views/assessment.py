"""What came of a problem: said, closed, and looked at again."""

from datetime import timedelta
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import day_in_words
from npt.kit.money import pounds_in_words
from npt.matters.models import Matter
from npt.outcomes.actions.assessment import counted_pairs, say_assessment
from npt.outcomes.actions.closing import Closing, close_problem, closing_of
from npt.outcomes.forms.assessment import AssessmentForm, AssessmentRecord
from npt.outcomes.queries.assessment import cost_of, response_ended_on
from npt.outcomes.queries.figures_shown import shown_of
from npt.outcomes.rules import after_by_default
from npt.outcomes.views.door import ASSESSED, pages
from npt.outcomes.views.figures import figures_part
from npt.partners.queries import shares_of
from npt.problems.actions.looking_again import LOOK_AGAIN_AFTER
from npt.problems.models import Problem
from npt.problems.rules import Stage, Window
from npt.problems.views.door import problem_here, trail
from npt.problems.views.parts import Place, parts_of
from npt.problems.wording import GUIDANCE, lack_address, problem_address
from npt.webkit.form_flow import correction_page, seen_page
from npt.webkit.forms import SeenForm
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.queries import actions_of_matter


@pages.form(f"{ASSESSED}/assessment", needs=Permission.KEEP_PROBLEMS, within_matter="assessed")
def assessment(visit: Visit[Matter]) -> Answer:
    """Say what came of the response; the figures of what is saved stand above."""
    return correction_page(
        visit,
        AssessmentForm,
        lambda: _record(visit, problem_here(visit)),
        act=lambda record, form: say_assessment(
            visit.session,
            record.problem,
            facts=form.facts(),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The assessment is saved.",
        page=lambda record: _around(visit, record.problem),
        back_href=problem_address(visit.place),
    )


def _record(visit: Visit[Matter], problem: Problem) -> AssessmentRecord:
    proposed = _proposed(visit, problem)
    is_over = proposed is not None and proposed.last <= visit.today
    return AssessmentRecord(problem, proposed if is_over else None)


def _proposed(visit: Visit[Matter], problem: Problem) -> Window | None:
    """As many days as before, from the day after the response ended; None where one is not known."""
    response, ended_on = problem.response, response_ended_on(visit.session, problem)
    if response is None or response.baseline_from is None or response.baseline_to is None or ended_on is None:
        return None
    return after_by_default(Window(response.baseline_from, response.baseline_to), ended_on)


def _around(visit: Visit[Matter], problem: Problem) -> dict[str, Any]:
    shown = shown_of(visit.session, problem)
    proposed = _proposed(visit, problem)
    return {
        "problem": problem,
        "stage": Stage.ASSESSMENT,
        "guidance": GUIDANCE[Stage.ASSESSMENT],
        "figures": figures_part(visit, problem, shown),
        "is_counted": shown.is_counted,
        "counted_pairs": counted_pairs(problem),
        "proposed": proposed,
        "is_proposed_over": proposed is not None and proposed.last <= visit.today,
        "cost": cost_of(visit.session, problem),
        "pounds": pounds_in_words,
        "above": trail(visit, problem),
    }


@pages.form(f"{ASSESSED}/close", needs=Permission.KEEP_PROBLEMS, within_matter="assessed")
def close(visit: Visit[Matter]) -> Answer:
    """Close a problem, once it is seen what will be said of it and what is still open."""
    form = SeenForm[Any].of(problem_here(visit))
    return seen_page(
        visit,
        form,
        effect=lambda: closing_of(visit.session, problem_here(visit)),
        act=lambda seen: close_problem(
            visit.session, problem_here(visit), stamp=visit.stamp, expected_version=seen.version
        ),
        saved="The problem is closed. Its owner is to look again after "
        + " and ".join(map(str, LOOK_AGAIN_AFTER))
        + " days.",
        page=lambda found: {
            **_before_closing(visit, found),
            "is_overtaken": visit.is_sent and not form.has_errors,
        },
        back_href=problem_address(visit.place),
        is_asked=False,
    )


def _before_closing(visit: Visit[Matter], found: Closing | None) -> dict[str, Any]:
    problem = problem_here(visit)
    seen = closing_of(visit.session, problem) if found is None else found
    open_actions = [
        line
        for line in actions_of_matter(visit.session, problem.matter, today=visit.today)
        if line.action.state.is_open
    ]
    shares = [each for each in shares_of(visit.session, problem.matter) if each.opens_at(visit.now)]
    return {
        "record": problem,
        "may_close": seen.stage is Stage.ASSESSMENT,
        "outcome": seen.outcome_words,
        "lacks": [(each.words, lack_address(problem, Stage.ASSESSMENT, each)) for each in seen.lacks],
        "figures": figures_part(visit, problem, seen.shown),
        "open_actions": open_actions,
        "shared_with": sorted({each.agency.name for each in shares if each.agency is not None}),
        "look_again": [day_in_words(visit.today + timedelta(days=days)) for days in LOOK_AGAIN_AFTER],
        "parts": parts_of(visit, problem, Place.CLOSING),
        "above": trail(visit, problem),
    }


def assessment_ways(visit: Visit[Matter], problem: Problem) -> dict[str, str]:
    """Where a person may say what came of it, close it, and score it; "" for what they may not."""
    may_keep = visit.may(Permission.KEEP_PROBLEMS, problem.matter.path)
    may_score = visit.may(Permission.SCORE_PROBLEMS, problem.matter.path)
    reference = problem.reference
    has_come = problem.stage.number >= Stage.ASSESSMENT.number
    return {
        "assessment": url_for("outcomes.assessment", assessed=reference)
        if may_keep and problem.stage.is_open
        else "",
        "close": url_for("outcomes.close", assessed=reference)
        if may_keep and problem.stage is Stage.ASSESSMENT
        else "",
        "score": url_for("outcomes.score", assessed=reference) if may_score and has_come else "",
    }
