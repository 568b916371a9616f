"""Temporary duty: who is lent, who is borrowed, who acts in another role."""

from dataclasses import dataclass

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.queries import seen_in
from npt.staffing.queries import Loan, loans
from npt.staffing.views.door import above, member_address, pages, sections, unit_in_words
from npt.webkit.as_at import AsAtForm
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

COLUMNS = tuple(Column(heading) for heading in ("Who", "As", "From", "To", "Kind", "First day", "Last day"))


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan, worded."""

    member: str
    href: str
    number: str
    role: str
    is_acting: bool
    #: "constable" for a constable who acts as a sergeant
    own_role: str
    home: str
    host: str
    kind: str
    since: str
    until: str


@pages.read("/units/<code>/staffing/temporary", needs=Permission.SEE_MEMBERS, within="code")
def temporary(visit: Visit[Unit]) -> Answer:
    """Who works elsewhere than where they belong on a day, listed both ways."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    found = loans(visit.session, visit.place.path, day)
    lists = (
        (f"Lent by {visit.place.name}", found.lent),
        (f"Borrowed by {visit.place.name}", found.borrowed),
        (f"Between units of {visit.place.name}", found.between),
        ("In another role at their own unit", found.at_home),
    )
    everybody = [loan.member.id for _, each in lists for loan in each]
    seen = seen_in(visit.session, visit.place.path, everybody, visit.today)
    return visit.render(
        form=form,
        day=day,
        lists=[(title, [_line(visit, loan, seen) for loan in each]) for title, each in lists],
        acting=sum(loan.is_acting for _, each in lists for loan in each),
        columns=COLUMNS,
        above=above(visit, day, Permission.SEE_MEMBERS),
        sections=sections(visit, day),
        status=422 if form.has_errors else 200,
    )


def _line(visit: Visit[Unit], loan: Loan, seen: set[int]) -> LoanLine:
    posting = loan.posting
    return LoanLine(
        member=loan.member.name,
        href=member_address(visit, loan.member, seen),
        number=loan.member.number,
        role=posting.role.wording,
        is_acting=loan.is_acting,
        own_role="" if loan.home is None else loan.home.role.wording,
        home=unit_in_words(visit, None if loan.home is None else loan.home.unit),
        host=unit_in_words(visit, posting.unit),
        kind=posting.kind.wording,
        since=day_in_words(posting.starts_on),
        until=last_day(posting.ends_on),
    )
