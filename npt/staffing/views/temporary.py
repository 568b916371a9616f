"""Temporary duty: who is lent, who is borrowed, who acts in another role."""

from datetime import date
from typing import Any

from markupsafe import Markup, escape

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.rules import MEMBERS_LISTED
from npt.people.views.door import member_links
from npt.staffing.queries import Loan, loans
from npt.staffing.views.door import day_page, pages, unit_in_words, who_columns
from npt.webkit.as_at import AsAtForm
from npt.webkit.filters import last_day, tag
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _columns(visit: Visit[Unit]) -> Columns[Loan]:
    return (
        *who_columns(lambda loan: loan.member),
        Column("As", _role, in_file=lambda loan: loan.posting.role),
        Column("From", lambda loan: unit_in_words(visit, None if loan.home is None else loan.home.unit)),
        Column("To", lambda loan: unit_in_words(visit, loan.posting.unit)),
        Column("Kind", lambda loan: loan.posting.kind),
        Column("First day", lambda loan: loan.posting.starts_on),
        Column("Last day", lambda loan: loan.posting.ends_on, words=last_day),
    )


def _role(loan: Loan) -> Markup:
    """What the member does there: "sergeant", for a constable who acts as one with their own role beside."""
    role = escape(loan.posting.role.wording)
    if not loan.is_acting or loan.home is None:
        return role
    otherwise = Markup('<span class="npt-note">usually {}</span>').format(loan.home.role.wording)
    return Markup("{} {} {}").format(role, tag("acting", "caution"), otherwise)


@pages.read(
    "/units/<code>/staffing/temporary",
    needs=Permission.SEE_MEMBERS,
    within="code",
    shows_personal=MEMBERS_LISTED,
)
def temporary(visit: Visit[Unit]) -> Answer:
    """Who works elsewhere than where they belong on a day, listed both ways."""
    visit.personal_record_id = visit.place.id
    return day_page(visit, AsAtForm(), lambda day: _shown(visit, day), Permission.SEE_MEMBERS)


def _shown(visit: Visit[Unit], day: date) -> dict[str, Any]:
    found = loans(visit.session, visit.place.path, day)
    lists = (
        (f"Lent by {visit.place.name}", found.lent),
        (f"Borrowed by {visit.place.name}", found.borrowed),
        (f"Between units of {visit.place.name}", found.between),
        ("In another role at their own unit", found.at_home),
    )
    link = member_links(visit, [loan.member.id for _, each in lists for loan in each])
    columns = _columns(visit)
    return {
        "lists": [Table(title, columns, each, href=lambda loan: link(loan.member)) for title, each in lists],
        "acting": sum(loan.is_acting for _, each in lists for loan in each),
    }
