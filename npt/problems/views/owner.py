"""A problem gets another owner, or another unit."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.problems.actions import give_problem
from npt.problems.forms import OwnerForm
from npt.problems.models import Problem
from npt.problems.views.door import ONE, list_address, pages, problem_here, trail, unit_called
from npt.problems.wording import problem_address
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.views.door import offer_owners, owner_needed


@pages.form(f"{ONE}/owner", needs=Permission.KEEP_PROBLEMS, within_matter="problem")
def owner(visit: Visit[Matter]) -> Answer:
    """Give a problem to another owner, or hand it over to another unit."""
    came_from = visit.place.unit
    return correction_page(
        visit,
        OwnerForm,
        lambda: problem_here(visit),
        offer=lambda form, record: offer_owners(visit, form, record.owner, of=record.matter.unit),
        act=lambda record, form: _give(visit, record, form),
        saved=lambda _: visit.saved(
            problem_address(visit.place)
            if visit.may(Permission.SEE_PROBLEMS, visit.place.path)
            else list_address(came_from.code),
            "The problem has its new owner.",
        ),
        page=lambda record: {"above": trail(visit, record)},
        back_href=problem_address(visit.place),
    )


def _give(visit: Visit[Matter], problem: Problem, form: OwnerForm) -> None:
    unit = unit_called(visit, form.unit.value, "unit")
    give_problem(
        visit.session,
        problem,
        owner=owner_needed(visit, form, of=unit),
        unit=unit,
        stamp=visit.stamp,
        expected_version=form.shown_version,
    )
