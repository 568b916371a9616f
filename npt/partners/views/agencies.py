"""Agencies: the list as at a day, one agency, opening, correcting and closing."""

from collections.abc import Iterable, Mapping

from flask import url_for

from npt.access.rules import Permission
from npt.partners import actions, queries
from npt.partners.forms import AgenciesForm, ChangeAgencyForm, CloseAgencyForm, OpenAgencyForm
from npt.partners.forms.agencies import group_choices
from npt.partners.models import Agency, AgencyGroup, GroupMembership, PartnerAccount
from npt.partners.rules import AgencyFacts
from npt.partners.views.door import (
    AGENCY,
    agency_address,
    agency_at,
    agency_trail,
    managed_paths,
    pages,
    seen_of,
)
from npt.partners.wording import vetting_in_words, vetting_tone
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: What the journal calls a page that names people of an agency.
PEOPLE_OF_AGENCY = "partner accounts of agency"


def _columns(groups: Mapping[int, Iterable[AgencyGroup]]) -> Columns[Agency]:
    """The columns of a list of agencies, whose `groups` are by their keys."""
    return (
        Column("Name", lambda each: each.name, holds_words=True),
        Column("Code", lambda each: each.code),
        Column("Groups", lambda each: _names(groups.get(each.id, ())), name="groups"),
        Column("First day", lambda each: each.opened_on),
        Column("Last day", lambda each: each.closed_on, unknown="open"),
    )


@pages.read("/agencies", needs=Permission.SEE_PARTNERS)
def agencies(visit: Visit[None]) -> Answer:
    """The agencies that stand on a day, with the groups they belong to; of one group if asked."""
    form, known = AgenciesForm(), queries.groups(visit.session)
    form.group.choices = group_choices(known)
    day = form.read_address(visit.today)
    group = next((each for each in known if each.code == form.group.data), None)
    return visit.render(
        form=form,
        day=day,
        table=Table(
            f"{'Agencies' if group is None else group.name} on {day_in_words(day)}",
            _columns(queries.groups_on(visit.session, day)),
            queries.agencies_standing(visit.session, day, group),
            href=agency_address,
            noun="agencies",
            file=f"agencies-{day}",
        ),
        groups=known,
        may_manage=visit.may(Permission.MANAGE_PARTNERS),
    )


def _names(groups: Iterable[AgencyGroup]) -> str:
    return ", ".join(group.name for group in groups)


GROUPS: Columns[GroupMembership] = (
    Column("Group", lambda each: each.group.name, holds_words=True),
    Column("First day", lambda each: each.starts_on),
    Column("Last day", lambda each: each.ends_on, unknown="until further notice"),
)


@pages.read(AGENCY, needs=Permission.SEE_PARTNERS, shows_personal=PEOPLE_OF_AGENCY)
def agency(visit: Visit[None], agency: str) -> Answer:
    """One agency: its days, groups, who it follows, what it sees, and whose accounts act for it."""
    found = agency_at(visit, agency)
    accounts = queries.members_under(visit.session, managed_paths(visit), found)
    visit.personal_record_id, visit.shows_personal = found.id, bool(accounts)
    return visit.render(
        agency=found,
        predecessors=queries.predecessors(visit.session, found),
        successors=queries.successors(visit.session, found),
        agency_address=agency_address,
        groups=_groups_of(visit, found),
        accounts=Table(f"Accounts that act for {found.name}", _account_columns(visit), accounts),
        shared=len(seen_of(visit, queries.shares_open(visit.session, found.id, visit.now))),
        ended=len(seen_of(visit, queries.ended_by_closing(visit.session, found))),
        may_manage=visit.may(Permission.MANAGE_PARTNERS),
        may_share=visit.may(Permission.SHARE),
    )


def _groups_of(visit: Visit[None], agency: Agency) -> Table[GroupMembership]:
    """The groups of an agency; whoever manages partners opens each."""
    memberships = queries.memberships_in_groups(visit.session, agency)
    href = (lambda each: _membership_address(agency, each)) if visit.may(Permission.MANAGE_PARTNERS) else None
    return Table(f"Groups of {agency.name}", GROUPS, memberships, href=href)


def _membership_address(agency: Agency, membership: GroupMembership) -> str:
    return url_for("partners.correct_membership", agency=agency.code, group_membership_id=membership.id)


def _account_columns(visit: Visit[None]) -> Columns[PartnerAccount]:
    return (
        Column("Name", lambda each: each.account.name, holds_words=True),
        Column("Email address", lambda each: each.account.email, holds_words=True),
        Column(
            "Vetting",
            lambda each: vetting_in_words(each, visit.today),
            tone=lambda each: vetting_tone(each, visit.today),
        ),
    )


@pages.form("/new-agency", needs=Permission.MANAGE_PARTNERS)
def new_agency(visit: Visit[None]) -> Answer:
    """Open an agency."""
    form = OpenAgencyForm()
    return form_page(
        visit,
        form,
        act=lambda: _open(visit, *form.value()),
        saved=lambda opened: visit.saved(agency_address(opened), f"{opened.name} is added."),
        page=lambda: {"trail": agency_trail()},
    )


def _open(visit: Visit[None], code: str, facts: AgencyFacts) -> Agency:
    return actions.open_agency(visit.session, code=code, facts=facts)


@pages.form(f"{AGENCY}/correct", needs=Permission.MANAGE_PARTNERS)
def correct_agency(visit: Visit[None], agency: str) -> Answer:
    """Correct what is recorded of the agency."""
    return correction_page(
        visit,
        ChangeAgencyForm,
        lambda: queries.agency_coded(visit.session, agency),
        act=lambda found, form: actions.change_agency(
            visit.session,
            found,
            facts=form.value(),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The agency is saved.",
        back_href=url_for("partners.agency", agency=agency),
        page=lambda found: {"trail": agency_trail(found)},
    )


@pages.form(f"{AGENCY}/close", needs=Permission.MANAGE_PARTNERS)
def close_agency(visit: Visit[None], agency: str) -> Answer:
    """Close the agency: its shares end with its last day, and those who take over are given none of them."""
    return correction_page(
        visit,
        CloseAgencyForm,
        lambda: queries.agency_coded(visit.session, agency),
        act=lambda found, form: _close(visit, found, form),
        saved=lambda words: visit.saved(url_for("partners.agency", agency=agency), words),
        back_href=url_for("partners.agency", agency=agency),
        page=lambda found: {
            "trail": agency_trail(found),
            "losing": seen_of(visit, queries.shares_open(visit.session, found.id, visit.now)),
        },
    )


def _close(visit: Visit[None], found: Agency, form: CloseAgencyForm) -> str:
    """Close the agency; what is said of it."""
    on, codes = form.value()
    actions.close_agency(
        visit.session,
        found,
        closed_on=on,
        taken_over_by=actions.named_agencies(visit.session, codes, "successors"),
        stamp=visit.stamp,
        expected_version=form.shown_version,
    )
    return f"{found.name} closes on {day_in_words(on)}. What is shared with it ends then."
