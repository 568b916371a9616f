"""Groups of agencies: all of them, naming one, and which agency belongs to which when."""

from flask import url_for

from npt.access.rules import Permission
from npt.partners import actions, queries
from npt.partners.forms import AddGroupForm, ChangeMembershipForm, JoinGroupForm, RenameGroupForm
from npt.partners.forms.agencies import group_choices
from npt.partners.models import Agency, AgencyGroup, GroupMembership
from npt.partners.views.door import AGENCY, GROUP, agency_address, agency_at, agency_trail, pages
from npt.webkit.converters import KEY
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form("/new-agency-group", needs=Permission.MANAGE_PARTNERS)
def new_group(visit: Visit[None]) -> Answer:
    """Add a group that agencies can belong to."""
    form = AddGroupForm()
    return form_page(
        visit,
        form,
        act=lambda: actions.add_group(visit.session, **form.value()),
        saved=lambda group: visit.saved(_list_of(group), f"{group.name} is added."),
        page=lambda: {"trail": agency_trail()},
    )


def _list_of(group: AgencyGroup) -> str:
    return url_for("partners.agencies", group=group.code)


@pages.form(f"{GROUP}/rename", needs=Permission.MANAGE_PARTNERS)
def rename_group(visit: Visit[None], group: str) -> Answer:
    """Give a group another name."""
    return correction_page(
        visit,
        RenameGroupForm,
        lambda: queries.group_coded(visit.session, group),
        act=lambda found, form: actions.rename_group(visit.session, found, **form.value()),
        saved="The group is saved.",
        back_href=url_for("partners.agencies", group=group),
        page=lambda _found: {"trail": agency_trail()},
    )


@pages.form(f"{AGENCY}/join", needs=Permission.MANAGE_PARTNERS)
def join_group(visit: Visit[None], agency: str) -> Answer:
    """Let the agency belong to a group."""
    found, form = agency_at(visit, agency), JoinGroupForm()
    form.group.choices = group_choices(queries.groups(visit.session))
    return form_page(
        visit,
        form,
        act=lambda: _join(visit, found, form),
        saved=lambda joined: f"{found.name} belongs to {joined.group.name}.",
        back_href=agency_address(found),
        page=lambda: {"trail": agency_trail(agency_at(visit, agency))},
    )


def _join(visit: Visit[None], agency: Agency, form: JoinGroupForm) -> GroupMembership:
    typed = form.value()
    group = visit.found(queries.group_coded(visit.session, typed.pop("group")))
    return actions.join_group(visit.session, agency=agency, group=group, **typed)


@pages.form(f"{AGENCY}/groups/<{KEY}:group_membership_id>", needs=Permission.MANAGE_PARTNERS)
def correct_membership(visit: Visit[None], agency: str, group_membership_id: int) -> Answer:
    """Correct when the agency belongs to a group, or end it."""
    found = agency_at(visit, agency)
    return correction_page(
        visit,
        ChangeMembershipForm,
        lambda: queries.group_membership_of(visit.session, found, group_membership_id),
        act=lambda held, form: actions.change_group_membership(visit.session, held, **form.value()),
        saved="The group of the agency is saved.",
        back_href=url_for("partners.agency", agency=agency),
        page=lambda held: {"trail": agency_trail(agency_at(visit, agency)), "group": held.group},
    )
