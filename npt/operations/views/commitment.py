"""Committing an operation, and cancelling it."""

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.operations.actions import cancel as cancel_operation
from npt.operations.actions import commit as commit_operation
from npt.operations.forms import DecideForm
from npt.operations.views.door import KEY, operation_address, pages, planned_here
from npt.organisation.models import Unit
from npt.webkit.filters import plural
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, turned_down

_CHANGED = Refusal("The page came back changed: look at the operation as it is now, and try again.")


@pages.write(
    f"/units/<code>/operations/<{KEY}:operation_id>/commit", needs=Permission.PLAN_OPERATIONS, within="code"
)
def commit(visit: Visit[Unit], operation_id: int) -> Answer:
    """Record the abstraction of everybody who is chosen."""
    found = planned_here(visit, operation_id)
    location = operation_address(found)
    form = DecideForm()
    if not form.validate():
        return turned_down(visit, _CHANGED, location)
    try:
        count = commit_operation(
            visit.session,
            stamp=visit.stamp,
            operation=found,
            expected_version=form.shown_version,
            seen=form.value(),
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, location)
    return visit.saved(location, f"The operation is committed: {plural(count, 'abstraction')} recorded.")


@pages.write(
    f"/units/<code>/operations/<{KEY}:operation_id>/cancel", needs=Permission.PLAN_OPERATIONS, within="code"
)
def cancel(visit: Visit[Unit], operation_id: int) -> Answer:
    """Cancel the operation and take back what it recorded."""
    found = planned_here(visit, operation_id)
    location = operation_address(found)
    form = DecideForm()
    if not form.validate():
        return turned_down(visit, _CHANGED, location)
    try:
        count = cancel_operation(
            visit.session,
            stamp=visit.stamp,
            operation=found,
            expected_version=form.shown_version,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, location)
    return visit.saved(location, f"The operation is cancelled: {plural(count, 'abstraction')} taken back.")
