"""What all pages of people share: where they are declared, and how a member is found through a place."""

from collections.abc import Callable, Collection

from flask import url_for

from npt.access.rules import Permission
from npt.data_protection.queries import erased_among
from npt.data_protection.rules import erased_in_words
from npt.organisation.models import Unit
from npt.people.actions import MemberErased
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
    """The member who belongs to the place; the request ends with "not found" when nobody does.

    MemberErased for the number of somebody who did, and is erased: a form of theirs may still be open.
    """
    found = member_in(visit.session, visit.place.path, number, today=visit.today)
    if found is None:
        erasure = erased_among(visit.session, "member", [number]).get(number)
        erased = None if erasure is None else visit.session.get(Member, erasure.record_id)
        path, day = visit.place.path, visit.today
        if erasure and erased and member_in(visit.session, path, erased.number, today=day):
            said = erased_in_words(number, erasure.erased_at)
            raise MemberErased(f"Member {said}. What is counted of them is kept under {erased.number}.")
    return visit.found(found)


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
