"""What is said at each stage: scanning, analysis, response."""

from typing import Any

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.matters.models import Matter
from npt.problems.actions import say_analysis, say_response, say_scanning
from npt.problems.forms import AnalysisForm, ResponseForm, ScanningForm, StageRecord
from npt.problems.models import Problem
from npt.problems.queries import lacks_at
from npt.problems.rules import Stage, noticed_by_default
from npt.problems.views.door import ONE, pages, problem_here, trail, unit_called
from npt.problems.views.parts import Place, parts_of
from npt.problems.wording import GUIDANCE, problem_address
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Where rooms above add to the form of a stage.
_PLACES = {Stage.SCANNING: Place.SCANNING, Stage.ANALYSIS: Place.ANALYSIS, Stage.RESPONSE: Place.RESPONSE}


@pages.form(f"{ONE}/scanning", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def scanning(visit: Visit[Matter]) -> Answer:
    """Say what the problem is, and what shows that it keeps happening."""
    known = categories(visit.session)

    def offer(form: ScanningForm, record: StageRecord) -> None:
        present = record.problem.category_id
        form.offer([each for each in known if each.is_open_on(visit.today) or each.id == present])

    return correction_page(
        visit,
        ScanningForm,
        lambda: _said(visit, "scanning"),
        offer=offer,
        act=lambda record, form: say_scanning(visit.session, record.problem, **_typed(visit, form)),
        saved="The scanning is saved.",
        page=lambda record: _around(visit, record.problem, Stage.SCANNING),
        back_href=problem_address(visit.place),
    )


@pages.form(f"{ONE}/analysis", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def analysis(visit: Visit[Matter]) -> Answer:
    """Say what the analysis has found."""

    return correction_page(
        visit,
        AnalysisForm,
        lambda: _said(visit, "analysis"),
        act=lambda record, form: say_analysis(visit.session, record.problem, **_typed(visit, form)),
        saved="The analysis is saved.",
        page=lambda record: _around(visit, record.problem, Stage.ANALYSIS),
        back_href=problem_address(visit.place),
    )


@pages.form(f"{ONE}/response", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def response(visit: Visit[Matter]) -> Answer:
    """Say what is to be reached, and how one will know."""

    def act(record: StageRecord, form: ResponseForm) -> None:
        code = form.elsewhere_unit.data
        elsewhere = None if code is None else unit_called(visit, code, "elsewhere_unit")
        say_response(
            visit.session,
            record.problem,
            facts=form.facts(elsewhere),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        )

    return correction_page(
        visit,
        ResponseForm,
        lambda: _said(visit, "response"),
        act=act,
        saved="The response is saved.",
        page=lambda record: {
            **_around(visit, record.problem, Stage.RESPONSE),
            "noticed": noticed_by_default(record.problem.raised_on),
        },
        back_href=problem_address(visit.place),
    )


def _said(visit: Visit[Matter], stage: str) -> StageRecord:
    problem = problem_here(visit)
    return StageRecord(problem, getattr(problem, stage))


def _typed(visit: Visit[Matter], form: ScanningForm | AnalysisForm) -> dict[str, Any]:
    return {"facts": form.value(), "stamp": visit.stamp, "expected_version": form.shown_version}


def _around(visit: Visit[Matter], problem: Problem, stage: Stage) -> dict[str, Any]:
    """What stands around the form of a stage: the way back, what helps, and what is still missing."""
    return {
        "problem": problem,
        "stage": stage,
        "guidance": GUIDANCE[stage],
        "lacks": lacks_at(visit.session, problem, stage),
        "parts": parts_of(visit, problem, _PLACES[stage]),
        "above": trail(visit, problem),
    }
