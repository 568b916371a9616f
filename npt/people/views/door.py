"""What all pages of people share: where they are declared, and how a member is found through a place."""

from collections.abc import Callable, Collection

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_in, seen_in
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("people")

#: Where the pages about one member stand.
MEMBER = "/units/<code>/members/<number>"
#: Where a member's page is; "" for whoever may not be seen.
MemberLink = Callable[[Member], str]


def member_at(visit: Visit[Unit], number: str) -> Member:
    """The member who belongs to the place; the request ends with "not found" when nobody does."""
    return visit.found(member_in(visit.session, visit.place.path, number, today=visit.today))


def address_after(visit: Visit[Unit], number: str) -> str:
    """Where to go after a change: the member's page, or the list when they no longer belong to the place."""
    member = member_in(visit.session, visit.place.path, number, today=visit.today)
    if member is None or not visit.may(Permission.SEE_MEMBERS, visit.place.path):
        return url_for("people.members", code=visit.place.code)
    return url_for("people.member", code=visit.place.code, number=number)


def member_links(
    visit: Visit[Unit], member_ids: Collection[int], endpoint: str = "people.member"
) -> MemberLink:
    """Where the page of each of these members is at the place; "" for whoever may not be seen there."""
    seen = seen_in(visit.session, visit.place.path, member_ids, visit.today)
    may_see = visit.may(Permission.SEE_MEMBERS, visit.place.path)

    def address(member: Member) -> str:
        if not may_see or member.id not in seen:
            return ""
        return url_for(endpoint, code=visit.place.code, number=member.number)

    return address
