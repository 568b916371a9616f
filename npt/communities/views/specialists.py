"""The specialist contacts of a force or BCU: whom to ask about what, and naming them."""

from flask import url_for

from npt.access.rules import Permission
from npt.communities import queries
from npt.communities.actions import change_specialist_contact, name_specialist_contact
from npt.communities.forms import CorrectSpecialistForm, SpecialistForm
from npt.communities.models import SpecialistContact
from npt.communities.rules import LEVELS_WITH_SPECIALISTS, Calling
from npt.communities.views.door import around, may_keep, pages
from npt.organisation.models import Unit
from npt.webkit.as_at import AsAtForm
from npt.webkit.converters import KEY
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import last_day
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def calls_in_words(contact: SpecialistContact) -> str:
    """What calls for the contact, in the order of kinds and flags."""
    return ", ".join(each.wording for each in Calling if each in contact.calls)


_COLUMNS: Columns[SpecialistContact] = (
    Column("About", lambda each: each.subject, holds_words=True),
    Column("Who", lambda each: each.name, holds_words=True),
    Column("Telephone", lambda each: each.telephone, unknown="none"),
    Column("Email", lambda each: each.email, unknown="none"),
    coded("Of", lambda each: each.unit),
    Column("Shown beside", lambda each: calls_in_words(each) or None, unknown="no community"),
    Column("From", lambda each: each.starts_on),
    Column("To", lambda each: each.ends_on, words=last_day),
)


@pages.read("/units/<code>/specialist-contacts", needs=Permission.SEE_STAFFING, within="code")
def specialists(visit: Visit[Unit]) -> Answer:
    """The specialist contacts of the unit and of those above it, on a day."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    return visit.render(
        form=form,
        **around(visit, day),
        table=Table(
            f"Specialist contacts on {day_in_words(day)}",
            _COLUMNS,
            queries.specialists_at(visit.session, visit.place, as_at=day),
            href=lambda each: _correct_address(visit, each),
            file=f"specialist-contacts-{visit.place.code}-{day}",
        ),
        may_name=visit.place.level in LEVELS_WITH_SPECIALISTS and may_keep(visit),
    )


def _correct_address(visit: Visit[Unit], contact: SpecialistContact) -> str:
    """Where a contact is corrected, for whoever may."""
    if not visit.may(Permission.NAME_SPECIALISTS, contact.unit.path):
        return ""
    code = contact.unit.code
    return url_for("communities.correct_specialist_contact", code=code, specialist_contact_id=contact.id)


def _back(visit: Visit[Unit]) -> str:
    return url_for("communities.specialists", code=visit.place.code)


@pages.form("/units/<code>/specialist-contacts/new", needs=Permission.NAME_SPECIALISTS, within="code")
def new_specialist_contact(visit: Visit[Unit]) -> Answer:
    """Name a specialist contact of the force or BCU."""
    form = SpecialistForm(starts_on=visit.today)
    return form_page(
        visit,
        form,
        act=lambda: name_specialist_contact(
            visit.session, unit=visit.place, starts_on=form.starts_on.value, facts=form.value()
        ),
        saved="The specialist contact is saved.",
        back_href=_back(visit),
    )


@pages.form(
    f"/units/<code>/specialist-contacts/<{KEY}:specialist_contact_id>",
    needs=Permission.NAME_SPECIALISTS,
    within="code",
)
def correct_specialist_contact(visit: Visit[Unit], specialist_contact_id: int) -> Answer:
    """Correct a specialist contact, or give the last day."""
    return correction_page(
        visit,
        CorrectSpecialistForm,
        lambda: queries.specialist_contact_in(visit.session, visit.place, specialist_contact_id),
        act=lambda record, form: change_specialist_contact(
            visit.session, record, facts=form.value(), expected_version=form.shown_version
        ),
        saved="The specialist contact is saved.",
        back_href=_back(visit),
    )
