"""The operations of a unit: those to come, and those that are over."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.kit.paging import Part
from npt.operations.queries import OperationLine, operations_of, past_operations
from npt.operations.rules import OperationStatus
from npt.operations.views.door import breadcrumbs, check_place, pages, when_in_words
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

TONES = {
    OperationStatus.DRAFT: "caution",
    OperationStatus.COMMITTED: "good",
    OperationStatus.CANCELLED: "quiet",
}
_COLUMNS: Columns[OperationLine] = (
    Column("Operation", lambda line: line.name, holds_words=True, below=lambda line: line.kind.wording),
    Column("Kind", lambda line: line.kind, is_on_page=False),
    Column("When", lambda line: when_in_words(line.first_on, line.last_on, line.starts, line.ends)),
    Column("Status", lambda line: line.status, tone=lambda line: TONES[line.status]),
    Column("Chosen", lambda line: f"{line.chosen} of {line.asked}", is_number=True),
    Column("Planned by", lambda line: line.unit_name, holds_words=True, in_file=lambda line: line.unit_code),
)


@pages.read("/units/<code>/operations", needs=Permission.SEE_DUTY, within="code")
def operations(visit: Visit[Unit]) -> Answer:
    """The operations that a unit plans, or that take from it."""
    check_place(visit)
    session, path = visit.session, visit.place.path
    coming = operations_of(session, path, today=visit.today, is_past=False)
    past = past_operations(session, path, today=visit.today, page=asked_page(100))
    file = f"past-operations-{visit.place.code}"
    return visit.render(
        coming=_listed(visit, "Operations to come", coming),
        past=_listed(visit, "Past operations", past, anchor="past", file=file),
        may_plan=visit.may(Permission.PLAN_OPERATIONS, path),
        above=breadcrumbs(visit)[:-1],
    )


def _listed(
    visit: Visit[Unit],
    caption: str,
    rows: Sequence[OperationLine] | Part[OperationLine],
    *,
    anchor: str = "",
    file: str = "",
) -> Table[OperationLine]:
    """Some of the operations, each as the unit sees it."""

    def address(line: OperationLine) -> str:
        return url_for("operations.operation", code=visit.place.code, operation_id=line.id)

    return Table(caption, _COLUMNS, rows, href=address, noun="operations", anchor=anchor, file=file)
