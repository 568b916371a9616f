"""Neighbourhood specialist officers (NSOs) of a unit with the PCSOs they line-manage, on one day."""

from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.people.models import LineManagement, Member, Posting
from npt.people.rules import MEMBERS_LISTED
from npt.people.views.door import MemberLink, member_links
from npt.people.views.specialism import manager_in_words
from npt.staffing import queries
from npt.staffing.queries import SpecialistCounts, SpecialistPcsos, SpecialistsOnDay
from npt.staffing.views.door import day_page, pages, who_columns
from npt.staffing.wording import specialists_in_words
from npt.webkit.as_at import AsAtForm, as_at
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

UNIT_COLUMNS: Columns[SpecialistCounts] = (
    coded("Unit", lambda counts: counts.unit, is_below=True),
    Column("Without a line manager", lambda counts: counts.unmanaged, is_number=True, note="PCSOs"),
    Column("NSOs", lambda counts: counts.specialists, is_number=True),
    Column("PCSOs line-managed", lambda counts: counts.managed, is_number=True),
)


@pages.read(
    "/units/<code>/staffing/specialists",
    needs=Permission.SEE_STAFFING,
    within="code",
    shows_personal=MEMBERS_LISTED,
)
def specialists(visit: Visit[Unit]) -> Answer:
    """How many NSOs there are and how PCSOs are line-managed; for who may see members, who they are."""
    visit.shows_personal = visit.may(Permission.SEE_MEMBERS, visit.place.path)
    visit.personal_record_id = visit.place.id
    return day_page(visit, AsAtForm(), lambda day: _shown(visit, day))


def _shown(visit: Visit[Unit], day: date) -> dict[str, Any]:
    counts = queries.specialist_counts(visit.session, visit.place, day, with_children=True)
    return {
        "words": specialists_in_words(counts),
        "may_see_payment": visit.may(Permission.MANAGE_MEMBERS, visit.place.path),
        "units": Table(
            f"NSOs and line management on {day_in_words(day)}",
            UNIT_COLUMNS,
            counts.children,
            href=lambda each: url_for("staffing.specialists", code=each.unit.code, **as_at(day)),
        ),
        **_people(visit, day),
    }


def _people(visit: Visit[Unit], day: date) -> dict[str, Table[Any] | None]:
    """The NSOs, the PCSOs without a line manager, and those line-managed from elsewhere; None to see none."""
    if not visit.may(Permission.SEE_MEMBERS, visit.place.path):
        return {"specialists": None, "unmanaged": None, "from_elsewhere": None}
    found = queries.specialists_on(visit.session, visit.place.path, day)
    link = member_links(visit, _member_ids(found))
    return {
        "specialists": Table(
            f"NSOs of {visit.place.name} and the PCSOs they line-manage",
            _specialist_columns(visit, link),
            found.specialists,
            href=lambda each: link(each.mark.posting.member),
            file=f"specialists-{visit.place.code}-{day}",
        ),
        "unmanaged": Table(
            "PCSOs without a line manager",
            _unmanaged_columns(visit, link),
            found.unmanaged,
            href=lambda posting: link(posting.member),
        ),
        "from_elsewhere": Table(
            f"PCSOs who work at {visit.place.name} and are line-managed from elsewhere",
            _elsewhere_columns(visit),
            found.from_elsewhere,
            href=lambda each: link(each.member),
        ),
    }


def _member_ids(found: SpecialistsOnDay) -> set[int]:
    managed = [*found.from_elsewhere, *(each for several in found.specialists for each in several.managed)]
    return {
        *(each.mark.posting.member_id for each in found.specialists),
        *(each.member_id for each in managed),
        *(posting.member_id for posting in found.unmanaged),
    }


def _specialist_columns(visit: Visit[Unit], link: MemberLink) -> Columns[SpecialistPcsos]:
    """The payment only for whoever manages the members of the unit."""

    def managed(each: SpecialistPcsos) -> Markup:
        links = [_linked(management.member, link(management.member)) for management in each.managed]
        return Markup(", ").join(links) if links else Markup("nobody")

    def until(each: SpecialistPcsos) -> date | None:
        return None if each.mark.span_held is None else each.mark.span_held.last

    def payment(each: SpecialistPcsos) -> str:
        return "due" if each.mark.is_payment_due else "not due"

    may_see_payment = visit.may(Permission.MANAGE_MEMBERS, visit.place.path)
    return (
        *who_columns(lambda each: each.mark.posting.member),
        Column(
            "Line-manages",
            managed,
            in_file=lambda each: " ".join(management.member.number for management in each.managed),
        ),
        coded("Team", lambda each: each.mark.posting.unit),
        Column("First day", lambda each: each.mark.starts_on),
        Column("Last day", until, words=last_day),
        *((Column("Payment", payment),) if may_see_payment else ()),
    )


def _linked(member: Member, href: str) -> Markup:
    name = Markup("<bdi>{}</bdi>").format(member.name)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(href, name) if href else name


def _unmanaged_columns(visit: Visit[Unit], link: MemberLink) -> Columns[Posting]:
    def way(posting: Posting) -> str:
        if not visit.may(Permission.MANAGE_MEMBERS, posting.unit.path) or not link(posting.member):
            return ""
        return url_for("people.new_line_manager", code=posting.unit.code, pcso=posting.member.number)

    def words(posting: Posting) -> Markup:
        if not way(posting):
            return escape("nobody")
        hidden = Markup('<span class="govuk-visually-hidden"> of {}</span>').format(posting.member.name)
        return Markup("Name a line manager{}").format(hidden)

    return (
        *who_columns(lambda posting: posting.member),
        coded("Team", lambda posting: posting.unit),
        Column("Line manager", words, href=way),
    )


def _elsewhere_columns(visit: Visit[Unit]) -> Columns[LineManagement]:
    return (
        *who_columns(lambda each: each.member),
        Column("Line manager", lambda each: manager_in_words(visit, each), holds_words=True),
        Column("First day", lambda each: each.starts_on),
    )
