"""A problem moves on, or back."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.problems.actions import move_problem
from npt.problems.forms import MoveForm
from npt.problems.models import Problem
from npt.problems.queries import lacks_at
from npt.problems.views.door import ONE, pages, problem_here, trail
from npt.problems.wording import lack_address, problem_address
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{ONE}/stage", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def stage(visit: Visit[Matter]) -> Answer:
    """Move a problem on to the next stage, or back to an earlier one."""

    def page() -> dict[str, object]:
        record = problem_here(visit)
        lacks = lacks_at(visit.session, record, record.stage)
        return {
            "lacks": [(each, lack_address(record, record.stage, each)) for each in lacks],
            "record": record,
            "above": trail(visit, record),
        }

    found = problem_here(visit)
    form = MoveForm.of(found)
    return form_page(
        visit,
        form,
        act=lambda: _move(visit, found, form),
        saved=lambda moved: visit.saved(problem_address(visit.place), f"Now at {moved}."),
        page=page,
        back_href=problem_address(visit.place),
    )


def _move(visit: Visit[Matter], problem: Problem, form: MoveForm) -> str:
    move_problem(visit.session, problem, stamp=visit.stamp, **form.value())
    return problem.stage.wording.lower()
