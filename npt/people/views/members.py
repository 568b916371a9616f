"""Members: the list of a unit on a day, one member, adding and correcting them."""

from collections.abc import Collection, Sequence
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.people import queries
from npt.people.actions import add_member, change_member, post_member
from npt.people.forms import CorrectMemberForm, MembersForm, NewMemberForm
from npt.people.models import Member, Posting
from npt.people.queries import PostedMember, places_of
from npt.people.rules import MEMBERS_LISTED, MemberFacts, PolicingRole, Terms, posting_in_force
from npt.people.views.door import MEMBER, address_after, member_at, member_links, pages
from npt.people.views.specialism import may_change, may_mark, specialism_of
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit


def _columns(marked: Collection[int], left_out: Collection[int]) -> Columns[PostedMember]:
    """The columns of a list; `marked` are the postings of NSOs, `left_out` those that are not in strength."""
    return (
        Column("Name", lambda each: each.member.name, holds_words=True, is_sortable=True),
        Column("Number", lambda each: each.member.number, is_sortable=True),
        Column(
            "Role",
            lambda each: each.posting.role,
            is_sortable=True,
            below=lambda each: "NSO" if each.posting.id in marked else "",
        ),
        coded("Unit", lambda each: each.posting.unit),
        Column(
            "Kind",
            lambda each: each.posting.kind,
            below=lambda each: "not in strength" if each.posting.id in left_out else "",
        ),
        Column("FTE", lambda each: each.posting.fte, is_number=True, is_sortable=True),
        Column("First day", lambda each: each.posting.starts_on, is_sortable=True),
        Column("Last day", lambda each: each.posting.ends_on, words=last_day, is_sortable=True),
    )


POSTING_COLUMNS = tuple(
    Heading(heading, is_number=heading == "FTE")
    for heading in ("Unit", "Role", "Kind", "FTE", "First day", "Last day", "Today", "Change")
)


@pages.read(
    "/units/<code>/members", needs=Permission.SEE_MEMBERS, within="code", shows_personal=MEMBERS_LISTED
)
def members(visit: Visit[Unit]) -> Answer:
    """Who counts at the unit and under it on a day, each with the posting in force."""
    form, visit.personal_record_id = MembersForm(), visit.place.id
    day = form.read_address(visit.today)
    posted = [
        each
        for each in queries.members_of(visit.session, visit.place.path, day)
        if form.role.data in (None, each.posting.role.value)
    ]
    table, marked = _listed(visit, posted, day)
    return visit.render(
        form=form,
        day=day,
        count=len({each.member.id for each in posted}),
        marked=marked,
        table=table,
        above=above(visit, Permission.SEE_MEMBERS, lambda unit: url_for("people.members", code=unit.code)),
        may_change=visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
        is_posted_to=any(visit.place.level in role.levels for role in PolicingRole),
    )


def _listed(
    visit: Visit[Unit], posted: Sequence[PostedMember], day: date
) -> tuple[Table[PostedMember], Collection[int]]:
    """A page of the list, and which of its postings are of NSOs."""
    part = part_of(posted, _columns((), ()), 100)
    marked = queries.marked_on(visit.session, [each.posting.id for each in part.rows], day)
    link = member_links(visit, [each.member.id for each in part.rows])
    table = Table(
        f"Members of {visit.place.name} on {day_in_words(day)}",
        _columns(marked, queries.left_out_of_strength(visit.session, visit.place.path, day)),
        part,
        href=lambda each: link(each.member),
        noun="postings",
        file=f"members-{visit.place.code}-{day}",
    )
    return table, marked


@pages.read(MEMBER, needs=Permission.SEE_MEMBERS, within="code", shows_personal="member")
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
        account=queries.account_of_member(visit.session, found),
        columns=POSTING_COLUMNS,
        **specialism_of(visit, found),
        markable=lambda posting: may_mark(visit, posting),
        may_change_posting=lambda posting: may_change(visit, posting),
        may_read_journal=visit.may(Permission.READ_JOURNAL, visit.place.path),
        may_change=visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
    )


def _why_not(posting: Posting, today: date) -> str:
    """Why a posting does not count today."""
    if posting.starts_on > today:
        return "not yet"
    return "another comes first" if posting.span.covers(today) else "ended"


@pages.form("/units/<code>/new-member", needs=Permission.MANAGE_MEMBERS, within="code")
def new_member(visit: Visit[Unit]) -> Answer:
    """Add a member together with their first posting, which is to this unit."""
    form = NewMemberForm()
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, *form.value()),
        saved=lambda added: visit.saved(address_after(visit, added.number), f"{added.name} is added."),
    )


def _add(visit: Visit[Unit], number: str, facts: MemberFacts, terms: Terms) -> Member:
    added = add_member(visit.session, number=number, facts=facts)
    post_member(visit.session, added, unit=visit.place, terms=terms)
    return added


@pages.form(f"{MEMBER}/change", needs=Permission.MANAGE_MEMBERS, within="code", shows_personal="member")
def correct_member(visit: Visit[Unit], number: str) -> Answer:
    """Correct a member's name and email address."""
    visit.personal_record_id = member_at(visit, number).id
    return correction_page(
        visit,
        CorrectMemberForm,
        lambda: member_at(visit, number),
        act=lambda found, form: change_member(
            visit.session, found, facts=form.value(), expected_version=form.shown_version
        ),
        saved=lambda _: visit.saved(address_after(visit, number), "The member is saved."),
        page=lambda found: {"member": found},
        back_href=address_after(visit, number),
    )
