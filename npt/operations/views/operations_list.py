"""The operations of a unit: those to come, and those that are over."""

from dataclasses import dataclass

from flask import url_for

from npt.access.rules import Permission
from npt.operations.queries import OperationLine, operations_of
from npt.operations.rules import OperationStatus
from npt.operations.views.door import breadcrumbs, check_place, pages, when_in_words
from npt.organisation.models import Unit
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

#: Of each kind, more than anybody reads; the page says so where there are more.
MOST_LISTED = 100
TONES = {
    OperationStatus.DRAFT: "caution",
    OperationStatus.COMMITTED: "good",
    OperationStatus.CANCELLED: "quiet",
}
_COLUMNS = (
    Column("Operation"),
    Column("When"),
    Column("Status"),
    Column("Chosen", is_number=True),
    Column("Planned by"),
)


@dataclass(frozen=True, slots=True)
class LineShown:
    """An operation in the list, worded."""

    line: OperationLine
    href: str
    when: str
    tone: str
    chosen: str


@pages.read("/units/<code>/operations", needs=Permission.SEE_DUTY, within="code")
def operations(visit: Visit[Unit]) -> Answer:
    """The operations that a unit plans, or that take from it."""
    check_place(visit)
    coming, past = (
        operations_of(visit.session, visit.place.path, today=visit.today, is_past=is_past, limit=MOST_LISTED)
        for is_past in (False, True)
    )
    may_plan = visit.may(Permission.PLAN_OPERATIONS, visit.place.path)
    return visit.render(
        coming=[_shown(visit, line) for line in coming],
        past=[_shown(visit, line) for line in past],
        columns=_COLUMNS,
        most=MOST_LISTED,
        new_href=url_for("operations.new_operation", code=visit.place.code) if may_plan else "",
        above=breadcrumbs(visit)[:-1],
    )


def _shown(visit: Visit[Unit], line: OperationLine) -> LineShown:
    return LineShown(
        line=line,
        href=url_for("operations.operation", code=visit.place.code, operation_id=line.id),
        when=when_in_words(line.first_on, line.last_on, line.starts, line.ends),
        tone=TONES[line.status],
        chosen=f"{line.chosen} of {line.asked}",
    )
