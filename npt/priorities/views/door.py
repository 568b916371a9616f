"""What the screens of priorities share: declared routes, one of them, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from flask import Flask, current_app, url_for
from sqlalchemy.orm import Session

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


#: Of the room that keeps contacts: how many at or under a path were asked, from a day to a day, whether the
#: present priorities are the right ones, and how many of them said so.
SaidOf = Callable[[Session, str, date, date], tuple[int, int]]
_SAID_OF = "npt_said_of_priorities"
#: The contacts of so many days count. Ours.
ASKED_FOR = timedelta(days=90)


def register(app: Flask, said_of: SaidOf) -> None:
    """Say where it is known what people in the street say of the priorities."""
    app.extensions[_SAID_OF] = said_of


@dataclass(frozen=True, slots=True)
class Said:
    """What people in the street say of the present priorities; `words` begin after the number asked."""

    asked: int
    right: int
    asked_href: str
    right_href: str


def said_in_the_street(visit: Visit[Unit]) -> Said | None:
    """The same of the unit of the page; None where the reader may not see contacts."""
    place = visit.place
    if not visit.may(Permission.SEE_PROFILES, place.path):
        return None
    first = visit.today - ASKED_FOR
    said_of = cast(SaidOf, current_app.extensions[_SAID_OF])
    asked, right = said_of(visit.session, place.path, first, visit.today)

    def href(said: str) -> str:
        days = {
            f"{name}-{part}": getattr(day, part)
            for name, day in (("from", first), ("to", visit.today))
            for part in ("day", "month", "year")
        }
        return url_for("engagement.contacts", code=place.code, priorities=said, **days)

    return Said(asked, right, href("asked"), href("right"))


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
