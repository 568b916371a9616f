"""What the screens of priorities share: declared routes, one of them, and the way back."""

from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.priorities.actions.links import LASTS
from npt.priorities.models import Priority
from npt.priorities.queries import priority_in
from npt.webkit.converters import KEY
from npt.webkit.pages import Pages
from npt.webkit.signed_links import LinkPurpose
from npt.webkit.visit import Visit

pages = Pages("priorities")

LIST = "/units/<code>/priorities"
ONE = f"{LIST}/<{KEY}:priority_id>"
#: What the journal calls a page that names those who raised priorities.
RAISED_BY = "priority"
#: The link by which somebody who raised a priority answers.
OWN_ANSWER = LinkPurpose("an answer about a priority", lasts=LASTS)


def keeps(visit: Visit[Unit]) -> bool:
    """Whether the person keeps the priorities of the unit, and so sees who raised them."""
    return visit.may(Permission.KEEP_PROBLEMS, visit.place.path)


def found_priority(visit: Visit[Unit], priority_id: int) -> Priority | None:
    """The priority of this key at the place."""
    visit.personal_record_id = priority_id
    return priority_in(visit.session, visit.place, priority_id)


def list_address(code: str, **asked: Any) -> str:
    """The priorities of a unit."""
    return url_for("priorities.priorities", code=code, **asked)


def address_of(priority: Priority) -> str:
    """The page of a priority, whose team is loaded."""
    return url_for("priorities.priority", code=priority.unit.code, priority_id=priority.id)


def own_address(code: str, priority_id: int) -> str:
    """The same, of its key alone."""
    return url_for("priorities.priority", code=code, priority_id=priority_id)


def units_above(visit: Visit[Unit]) -> list[tuple[str, str]]:
    """The same page of the units above."""
    return above(visit, Permission.SEE_PROBLEMS, lambda unit: list_address(unit.code))
