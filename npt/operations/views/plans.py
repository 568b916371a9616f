"""A new operation, and a draft that is corrected."""

from flask import url_for

from npt.access.rules import Permission
from npt.operations.actions import correct_operation, plan_operation
from npt.operations.forms import CorrectOperationForm, NewOperationForm
from npt.operations.views.door import (
    ONE,
    abstraction_reasons,
    breadcrumbs,
    check_place,
    list_address,
    operation_address,
    pages,
    planned_here,
)
from npt.organisation.models import Unit
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: What most operations are recorded as.
USUAL_REASON = "event"


@pages.form("/units/<code>/operations/new", needs=Permission.PLAN_OPERATIONS, within="code")
def new_operation(visit: Visit[Unit]) -> Answer:
    """Plan an operation: what it is, and when."""
    check_place(visit)
    form = NewOperationForm(reason=USUAL_REASON)
    form.reason.choices = abstraction_reasons(visit, visit.today)
    return form_page(
        visit,
        form,
        act=lambda: plan_operation(visit.session, stamp=visit.stamp, unit=visit.place, planned=form.value()),
        saved=lambda made: visit.saved(
            operation_address(made), "The operation is planned as a draft. Now ask units for members."
        ),
        back_href=list_address(visit.place.code),
        page=lambda: {"above": breadcrumbs(visit)},
    )


@pages.form(f"{ONE}/correct", needs=Permission.PLAN_OPERATIONS, within="code")
def correct(visit: Visit[Unit], operation_id: int) -> Answer:
    """Change what a draft is, or when."""
    return correction_page(
        visit,
        CorrectOperationForm,
        lambda: planned_here(visit, operation_id),
        offer=lambda form, found: form.offer(abstraction_reasons(visit, found.first_on), found.status),
        act=lambda found, form: correct_operation(
            visit.session,
            now=visit.now,
            operation=found,
            expected_version=form.shown_version,
            planned=form.value(),
        ),
        saved="The operation is saved.",
        page=lambda _: {"above": breadcrumbs(visit)},
        back_href=url_for("operations.operation", code=visit.place.code, operation_id=operation_id),
    )
