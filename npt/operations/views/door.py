"""What the screens of operations share: their declared routes, addresses, and what they read first."""

from datetime import date, time

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import day_in_words, days_in_words
from npt.operations.models import Ask, Operation
from npt.operations.queries import operation_planned_in
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.shifts.queries import reasons_of
from npt.shifts.rules import ReasonKind
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("operations")

#: Where the pages about one operation stand.
ONE = f"/units/<code>/operations/<{KEY}:operation_id>"
#: What the journal calls a page that shows who is taken for an operation.
OPERATION = "operation"


def list_address(code: str) -> str:
    """The operations of a unit."""
    return url_for("operations.operations", code=code)


def operation_address(operation: Operation, code: str = "") -> str:
    """The page of an operation, as the unit that plans it sees it, or as another does."""
    return url_for("operations.operation", code=code or operation.unit.code, operation_id=operation.id)


def check_place(visit: Visit[Unit]) -> None:
    """End the request with "not found" for a neighbourhood, from which nobody is taken."""
    if visit.place.level is Level.NEIGHBOURHOOD:
        not_found()


def planned_here(visit: Visit[Unit], operation_id: int) -> Operation:
    """The operation if the unit of the address plans it itself; else the request ends with "not found"."""
    found = visit.found(operation_planned_in(visit.session, visit.place.path, operation_id))
    if found.unit_id != visit.place.id:
        not_found()
    visit.personal_record_id = found.id
    return found


def ask_of(visit: Visit[Unit], operation: Operation, ask_id: int) -> Ask:
    """What the operation asks under this key; else the request ends with "not found"."""
    return visit.found(next((ask for ask in operation.asks if ask.id == ask_id), None))


def breadcrumbs(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The operations of the units above and of this one, as far as they may be seen."""
    links = [
        *above(visit, Permission.SEE_DUTY, lambda unit: list_address(unit.code)),
        (visit.place.name, list_address(visit.place.code)),
    ]
    return [(f"Operations of {name}", address) for name, address in links]


def abstraction_reasons(visit: Visit[Unit], on: date) -> tuple[Choice, ...]:
    """What may be recorded for those who are taken on a day or later."""
    return tuple(
        Choice(reason.code, reason.name)
        for reason in reasons_of(visit.session, ReasonKind.ABSTRACTION)
        if reason.is_open_on(on)
    )


def when_of(operation: Operation) -> str:
    """When an operation is, in words."""
    return when_in_words(operation.first_on, operation.last_on, operation.starts, operation.ends)


def when_in_words(first: date, last: date, starts: time, ends: time) -> str:
    """When the operation is: "21 November 2026, 12:00 to 18:00", "…, 18:00 to 02:00 the next day"."""
    clock = f"{starts:%H:%M} to {ends:%H:%M}" + ("" if ends > starts else " the next day")
    if first == last:
        return f"{day_in_words(first)}, {clock}"
    return f"{days_in_words(first, last)}, each day {clock}"
