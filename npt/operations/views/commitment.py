"""Committing an operation, and cancelling it."""

from collections.abc import Callable
from typing import TypeVar

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.operations.actions import cancel as cancel_operation
from npt.operations.actions import commit as commit_operation
from npt.operations.forms import DecideForm
from npt.operations.models import Operation
from npt.operations.views.door import ONE, operation_address, pages, planned_here
from npt.organisation.models import Unit
from npt.webkit.filters import plural
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

Done = TypeVar("Done")


@pages.write(f"{ONE}/commit", needs=Permission.PLAN_OPERATIONS, within="code")
def commit(visit: Visit[Unit], operation_id: int) -> Answer:
    """Record the abstraction of everybody who is chosen."""
    return decide(
        visit,
        operation_id,
        act=lambda found, form: commit_operation(
            visit.session,
            stamp=visit.stamp,
            operation=found,
            expected_version=form.shown_version,
            seen=form.value(),
        ),
        words=lambda count: f"The operation is committed: {plural(count, 'abstraction')} recorded.",
    )


@pages.write(f"{ONE}/cancel", needs=Permission.PLAN_OPERATIONS, within="code")
def cancel(visit: Visit[Unit], operation_id: int) -> Answer:
    """Cancel the operation and take back what it recorded."""
    return decide(
        visit,
        operation_id,
        act=lambda found, form: cancel_operation(
            visit.session, stamp=visit.stamp, operation=found, expected_version=form.shown_version
        ),
        words=lambda count: f"The operation is cancelled: {plural(count, 'abstraction')} removed.",
    )


def decide(
    visit: Visit[Unit],
    operation_id: int,
    *,
    act: Callable[[Operation, DecideForm], Done],
    words: Callable[[Done], str],
) -> Answer:
    """A button on the page of an operation, which leads back to it; `words` say what `act` has done."""
    found, form = planned_here(visit, operation_id), DecideForm()
    here = operation_address(found)

    def checked() -> Done:
        if not form.validate():
            raise Refusal("The page was out of date: check the operation as it is now, and try again.")
        return act(found, form)

    return button(visit, act=checked, saved=words, back_href=here)
