"""A problem gets another owner, or another unit."""

from npt.access.rules import Permission
from npt.matters.models import Matter
from npt.partners.queries import shares_of
from npt.problems.actions import give_problem
from npt.problems.forms import OwnerForm
from npt.problems.models import Problem
from npt.problems.views.door import ONE, list_address, pages, problem_here, trail, unit_called
from npt.problems.wording import problem_address
from npt.webkit.form_flow import correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.rules import OwnerKind
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
        saved=lambda record: visit.saved(
            problem_address(visit.place)
            if visit.may(Permission.SEE_PROBLEMS, visit.place.path)
            else list_address(came_from.code),
            _given(visit, record),
        ),
        page=lambda record: {"above": trail(visit, record)},
        back_href=problem_address(visit.place),
    )


def _given(visit: Visit[Matter], problem: Problem) -> str:
    """That it is given, and what is still to be done where an agency has it that cannot see it."""
    said, owner = "The problem has its new owner.", problem.owner
    shares = shares_of(visit.session, problem.matter) if owner.kind is OwnerKind.AGENCY else []
    sees_it = any(each.agency_id == owner.id and each.opens_at(visit.now) for each in shares)
    if owner.kind is not OwnerKind.AGENCY or sees_it:
        return said
    return f"{said} It is not shared with them, so they cannot see it yet: share it."


def _give(visit: Visit[Matter], problem: Problem, form: OwnerForm) -> Problem:
    unit = unit_called(visit, form.unit.value, "unit")
    give_problem(
        visit.session,
        problem,
        owner=owner_needed(visit, form, of=unit),
        unit=unit,
        stamp=visit.stamp,
        expected_version=form.shown_version,
    )
    return problem
