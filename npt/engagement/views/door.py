"""What the screens of engagement share: declared routes, pages beside each other, where somebody records."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.engagement import queries
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above as units_above
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("engagement")

_SECTIONS = (
    ("contacts", "Contacts"),
    ("patrols", "Patrols"),
    ("five_a_day", "Five a day"),
    ("mix", "Mix"),
    ("not_heard", "Who we have not heard"),
)
#: The pages of which each month has its own.
_MONTHLY = frozenset({"five_a_day"})


def around(visit: Visit[Unit], **kept: Any) -> dict[str, Any]:
    """What stands around each of these pages: the way to the pages beside it and to the same page above."""
    month = Month.of(visit.today)
    return {
        "sections": [
            (words, url_for(f"engagement.{view}", code=visit.place.code, **named), is_this)
            for view, words in _SECTIONS
            # Nobody is posted to a neighbourhood: its officers are those of its team.
            if view != "five_a_day" or visit.place.level is not Level.NEIGHBOURHOOD
            for is_this in (visit.endpoint == f"engagement.{view}",)
            for named in (kept if is_this else {"month": month} if view in _MONTHLY else {},)
        ],
        "above": units_above(
            visit, Permission.SEE_PROFILES, lambda unit: url_for(visit.endpoint, code=unit.code, **kept)
        ),
    }


def patch_of(visit: Visit[Any], member: Member | None, as_at: date | None = None) -> list[Unit]:
    """The neighbourhoods in which the person records, that in which they last did first, closed ones last.

    `as_at`: of that day, where something was typed then; today’s otherwise.
    """
    reach, day = visit.person.reach(Permission.RECORD_CONTACTS), as_at or visit.today
    units = queries.neighbourhoods_within(visit.session, reach, as_at=day)
    last = None if member is None else queries.last_recorded_at(visit.session, member.id)
    return sorted(units, key=lambda unit: (not unit.span.covers(day), unit.id != last))


def patch_with(visit: Visit[Any], unit: Unit) -> list[Unit]:
    """The neighbourhoods in which the person records, and that of a record, which may be none of them."""
    units = patch_of(visit, None)
    return units if any(each.id == unit.id for each in units) else [unit, *units]


def own_member(visit: Visit[Any]) -> Member | None:
    """The member whose account this is; None where it is no member’s."""
    return member_of_account(visit.session, visit.by)


def may_record(visit: Visit[Unit]) -> bool:
    """Whether the person may record contacts and patrols here, and read what people said."""
    return visit.may(Permission.RECORD_CONTACTS, visit.place.path)
