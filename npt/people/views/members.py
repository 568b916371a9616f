"""Members: the list of a unit on a day, one member, adding and correcting them."""

from datetime import date

from flask import request, url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.people.actions import add_member, change_member, post_member
from npt.people.forms import CorrectMemberForm, MembersForm, NewMember, NewMemberForm
from npt.people.models import Member, Posting
from npt.people.queries import account_of_member, members_of, places_of, seen_in
from npt.people.rules import PolicingRole, posting_in_force
from npt.people.views.door import address_after, member_at, pages
from npt.webkit.as_at import as_at
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.parts import Column, Pagination, pagination
from npt.webkit.visit import Visit

PER_PAGE = 100
COLUMNS = tuple(
    Column(heading, is_number=heading == "FTE")
    for heading in ("Name", "Number", "Role", "Unit", "Kind", "FTE", "First day", "Last day")
)
POSTING_COLUMNS = tuple(
    Column(heading, is_number=heading == "FTE")
    for heading in ("Unit", "Role", "Kind", "FTE", "First day", "Last day", "Today", "Change")
)


@pages.read("/units/<code>/members", needs=Permission.SEE_MEMBERS, within="code")
def members(visit: Visit[Unit]) -> Answer:
    """Who counts at the unit and under it on a day, each with the posting in force."""
    form = MembersForm()
    day = form.read_address(visit.today)
    posted = [
        each
        for each in members_of(visit.session, visit.place.path, day)
        if form.role.data in (None, each.posting.role.value)
    ]
    page = min(max(request.args.get("page", 1, type=int), 1), max(-(-len(posted) // PER_PAGE), 1))
    shown = posted[(page - 1) * PER_PAGE : page * PER_PAGE]
    return visit.render(
        form=form,
        day=day,
        columns=COLUMNS,
        count=len({each.member.id for each in posted}),
        posted=shown,
        seen=seen_in(visit.session, visit.place.path, [each.member.id for each in shown], visit.today),
        where=_where(visit, form, page, len(posted)),
        above=_above(visit),
        may_change=visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
        is_posted_to=any(visit.place.level in role.levels for role in PolicingRole),
        status=422 if form.has_errors else 200,
    )


def _where(visit: Visit[Unit], form: MembersForm, page: int, count: int) -> Pagination | None:
    """Where one is in a list of several pages; None for one page."""
    if count <= PER_PAGE:
        return None
    day = as_at(form.as_at.data or visit.today)
    addresses = [
        url_for("people.members", code=visit.place.code, role=form.role.data, page=number, **day)
        for number in range(1, -(-count // PER_PAGE) + 1)
    ]
    return pagination(page, count=count, per_page=PER_PAGE, addresses=addresses, noun="postings")


def _above(visit: Visit[Unit]) -> list[tuple[str, str]]:
    return [
        (unit.name, url_for("people.members", code=unit.code))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_MEMBERS, unit.path)
    ]


@pages.read(
    "/units/<code>/members/<number>", needs=Permission.SEE_MEMBERS, within="code", shows_personal="member"
)
def member(visit: Visit[Unit], number: str) -> Answer:
    """One member with all their postings, and the account that is theirs."""
    found = member_at(visit, number)
    visit.personal_record_id = found.id
    return visit.render(
        member=found,
        postings=sorted(found.postings, key=lambda posting: posting.starts_on, reverse=True),
        counting=posting_in_force(found.postings, visit.today),
        today=lambda posting: _why_not(posting, visit.today),
        is_here=any(posting.span.covers(visit.today) for posting in places_of(found.postings, visit.today)),
        account=account_of_member(visit.session, found),
        columns=POSTING_COLUMNS,
        may_change_posting=lambda posting: _may_change(visit, posting),
        may_change=visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
    )


def _may_change(visit: Visit[Unit], posting: Posting) -> bool:
    return visit.may(Permission.MANAGE_MEMBERS, posting.unit.path)


def _why_not(posting: Posting, today: date) -> str:
    """Why a posting does not count today."""
    if posting.starts_on > today:
        return "not yet"
    return "another counts first" if posting.span.covers(today) else "ended"


@pages.form("/units/<code>/new-member", needs=Permission.MANAGE_MEMBERS, within="code")
def new_member(visit: Visit[Unit]) -> Answer:
    """Add a member together with their first posting, which is to this unit."""
    form = NewMemberForm()
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, form.value()),
        saved=lambda added: visit.saved(address_after(visit, added.number), f"{added.name} is added."),
    )


def _add(visit: Visit[Unit], typed: NewMember) -> Member:
    added = add_member(visit.session, number=typed.number, facts=typed.facts)
    post_member(visit.session, added, unit=visit.place, terms=typed.terms)
    return added


@pages.form(
    "/units/<code>/members/<number>/change",
    needs=Permission.MANAGE_MEMBERS,
    within="code",
    shows_personal="member",
)
def correct_member(visit: Visit[Unit], number: str) -> Answer:
    """Correct a member's name and e-mail address."""
    visit.personal_record_id = member_at(visit, number).id
    return correction_page(
        visit,
        CorrectMemberForm,
        lambda: member_at(visit, number),
        act=lambda found, form: change_member(
            visit.session, found, facts=form.value(), expected_version=form.shown_version
        ),
        saved=lambda _: visit.saved(address_after(visit, number), "The member is corrected."),
        page=lambda found: {"member": found},
        keep_href=address_after(visit, number),
    )
