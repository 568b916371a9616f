"""What a member's page says of neighbourhood specialist officers (NSOs): marks, and who line-manages whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.queries import managements_by, managements_of, marks_of
from npt.people.rules import PolicingRole, may_be_specialist
from npt.people.views.door import member_links
from npt.webkit.filters import last_day
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.visit import Visit


def specialism_of(visit: Visit[Unit], member: Member) -> dict[str, Any]:
    """What the member's page shows of a constable's marks and PCSOs, or of a PCSO's line managers."""
    marks = marks_of(visit.session, [member.id])
    managed = managements_by(visit.session, [mark.id for mark in marks])
    managers = managements_of(visit.session, [member.id])
    link = member_links(visit, [each.member_id for each in managed])
    is_pcso = any(posting.role is PolicingRole.PCSO for posting in member.postings)
    return {
        "marks": Table("Days as an NSO", _mark_columns(visit, marks), marks[::-1]),
        "managed": Table("Line-manages", MANAGED_COLUMNS, managed, href=lambda each: link(each.member)),
        "managers": Table("Line managers", _manager_columns(visit), managers[::-1]),
        # Whoever is or was posted as a PCSO has a line manager.
        "is_pcso": is_pcso,
        "may_name": is_pcso and visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
    }


def may_mark(visit: Visit[Unit], posting: Posting) -> bool:
    """Whether the person may say that the member is an NSO in this posting, and it is one for that."""
    return may_be_specialist(posting.role, posting.kind) and may_change(visit, posting)


def may_change(visit: Visit[Unit], posting: Posting) -> bool:
    return visit.may(Permission.MANAGE_MEMBERS, posting.unit.path)


MANAGED_COLUMNS: Columns[LineManagement] = (
    Column("PCSO", lambda each: each.member.name, holds_words=True, below=lambda each: each.member.number),
    Column("First day", lambda each: each.starts_on),
    Column("Last day", lambda each: each.ends_on, words=last_day),
)


def _mark_columns(visit: Visit[Unit], marks: Iterable[Specialist]) -> Columns[Specialist]:
    """The payment only for whoever manages the members of all the units concerned."""

    def change_href(mark: Specialist) -> str:
        code, number = mark.posting.unit.code, mark.posting.member.number
        if not may_change(visit, mark.posting):
            return ""
        return url_for("people.correct_specialist", code=code, number=number, specialist_id=mark.id)

    payment = Column[Specialist]("Payment", lambda mark: "due" if mark.is_payment_due else "not due")
    may_see_payment = all(may_change(visit, mark.posting) for mark in marks)
    return (
        coded("Team", lambda mark: mark.posting.unit, is_below=True),
        Column("First day", lambda mark: mark.starts_on),
        Column("Last day", lambda mark: mark.ends_on, unknown="as long as the posting"),
        *((payment,) if may_see_payment else ()),
        Column(
            "Today",
            lambda mark: _stands(mark, visit.today),
            tone=lambda mark: "good" if _stands(mark, visit.today) == "NSO" else "",
        ),
        Column("Change", lambda mark: _change(change_href(mark)), href=change_href),
    )


def _stands(mark: Specialist, today: date) -> str:
    held = mark.span_held
    if held is None:
        return "outside the posting"
    if held.covers(today):
        return "NSO"
    return "not yet" if held.first > today else "ended"


def _change(href: str) -> str:
    return "Correct or end" if href else "you cannot change this"


def manager_in_words(visit: Visit[Unit], each: LineManagement) -> str:
    """A line manager; one out of the person's reach is not named."""
    posting = each.specialist.posting
    is_seen = visit.may(Permission.SEE_MEMBERS, posting.unit.path)
    return f"{posting.member.name} ({posting.unit.code})" if is_seen else "outside your units"


def _manager_columns(visit: Visit[Unit]) -> Columns[LineManagement]:
    def href(each: LineManagement) -> str:
        posting = each.specialist.posting
        if not visit.may(Permission.SEE_MEMBERS, posting.unit.path):
            return ""
        return url_for("people.member", code=posting.unit.code, number=posting.member.number)

    def change_href(each: LineManagement) -> str:
        code, number = visit.place.code, each.member.number
        if not visit.may(Permission.MANAGE_MEMBERS, visit.place.path):
            return ""
        return url_for("people.correct_line_manager", code=code, pcso=number, management_id=each.id)

    return (
        Column("Line manager", lambda each: manager_in_words(visit, each), holds_words=True, href=href),
        Column("First day", lambda each: each.starts_on),
        Column("Last day", lambda each: each.ends_on, words=last_day),
        Column("Change", lambda each: _change(change_href(each)), href=change_href),
    )
