"""A new operation, and a draft that is corrected."""

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.operations.actions import Planned, correct_operation, plan_operation
from npt.operations.forms import CorrectOperationForm, NewOperationForm
from npt.operations.models import Operation
from npt.operations.rules import OperationStatus
from npt.operations.views.door import (
    KEY,
    abstraction_reasons,
    breadcrumbs,
    check_place,
    list_address,
    operation_address,
    pages,
    planned_here,
    when_in_words,
)
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from npt.webkit.pages import Answer
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit

#: What most operations are recorded as.
USUAL_REASON = "event"


@pages.form("/units/<code>/operations/new", needs=Permission.PLAN_OPERATIONS, within="code")
def new_operation(visit: Visit[Unit]) -> Answer:
    """Plan an operation: what it is, and when."""
    check_place(visit)
    form = NewOperationForm(reason=USUAL_REASON)
    form.reason.choices = abstraction_reasons(visit, visit.today)
    if visit.is_sent and form.validate():
        try:
            made = plan_operation(visit.session, stamp=visit.stamp, unit=visit.place, planned=form.value())
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
        else:
            return visit.saved(
                operation_address(made), "The operation is planned as a draft. Now ask units for members."
            )
    return visit.render(
        form=form,
        above=breadcrumbs(visit),
        list_href=list_address(visit.place.code),
        status=422 if visit.is_sent else 200,
    )


@pages.form(
    f"/units/<code>/operations/<{KEY}:operation_id>/correct",
    needs=Permission.PLAN_OPERATIONS,
    within="code",
)
def correct(visit: Visit[Unit], operation_id: int) -> Answer:
    """Change what a draft is, or when."""
    found = planned_here(visit, operation_id)
    form = CorrectOperationForm() if visit.is_sent else _as_planned(found)
    form.reason.choices = abstraction_reasons(visit, found.first_on)
    if visit.is_sent and form.validate():
        try:
            correct_operation(
                visit.session,
                now=visit.now,
                operation=found,
                expected_version=form.shown_version,
                planned=form.value(),
            )
        except StaleRecord:
            return _stale(visit, form, operation_id)
        except Refusal as refusal:
            visit.session.rollback()
            form.refuse(refusal)
            found = planned_here(visit, operation_id)
        else:
            return visit.saved(operation_address(found), "The operation is saved.")
    return visit.render(
        form=form,
        operation=found,
        is_draft=found.status is OperationStatus.DRAFT,
        above=breadcrumbs(visit),
        operation_href=operation_address(found),
        status=422 if visit.is_sent else 200,
    )


def _as_planned(operation: Operation) -> CorrectOperationForm:
    """The form filled in with the operation as it is."""
    return CorrectOperationForm(
        formdata=None,
        version=str(operation.version),
        name=operation.name,
        kind=operation.kind.value,
        first_on=operation.first_on,
        last_on=operation.last_on,
        starts=operation.starts,
        ends=operation.ends,
        reason=operation.reason.code,
        note=operation.note,
    )


def _stale(visit: Visit[Unit], form: CorrectOperationForm, operation_id: int) -> Answer:
    """Both versions side by side, and a choice; nothing typed is lost."""
    visit.session.rollback()
    found = planned_here(visit, operation_id)
    typed: Planned = form.value()
    known = {choice.value: choice.words for choice in form.reason.choices}
    sides = [
        ("Name", typed.name, found.name),
        ("Kind", typed.kind.wording, found.kind.wording),
        (
            "When",
            when_in_words(typed.first_on, typed.last_on, typed.starts, typed.ends),
            when_in_words(found.first_on, found.last_on, found.starts, found.ends),
        ),
        ("Recorded as", known.get(typed.reason, typed.reason), found.reason.name),
        ("Note", typed.note or "", found.note or ""),
        # Also what is asked and who is chosen makes a new version, and that cannot be seen in the rest.
        ("Status", found.status.wording, found.status.wording),
    ]
    return both_versions(form, found.version, sides, keep_href=operation_address(found))
