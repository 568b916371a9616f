"""The named contacts of neighbourhoods: who is and was named, naming somebody, ending it."""

from typing import Any

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.queries import member_numbered
from npt.staffing import queries
from npt.staffing.actions import change_contact, name_contact
from npt.staffing.forms import ContactForm, CorrectContactForm, member_choices
from npt.staffing.models import Contact
from npt.staffing.views.door import pages
from npt.webkit.converters import KEY
from npt.webkit.filters import isolated, last_day
from npt.webkit.form_flow import correction_page, form_page
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _columns(*, has_numbers: bool) -> Columns[Contact]:
    def who(record: Contact) -> Markup:
        name = isolated(record.member.name)
        return Markup("{} ({})").format(name, record.member.number) if has_numbers else name

    return (
        coded("Neighbourhood", lambda record: record.unit, is_below=True),
        Column("Contact or deputy", lambda record: record.kind),
        Column("Who", who, in_file=lambda record: record.member.name),
        Column("From", lambda record: record.starts_on),
        Column("To", lambda record: record.ends_on, words=last_day),
    )


@pages.read("/units/<code>/contacts", needs=Permission.SEE_STAFFING, within="code")
def contacts(visit: Visit[Unit]) -> Answer:
    """Who is named for a neighbourhood and was before; of a wider unit, who is named today."""
    is_neighbourhood = visit.place.level is Level.NEIGHBOURHOOD
    records = queries.contacts_under(
        visit.session, visit.place.path, as_at=None if is_neighbourhood else visit.today
    )
    may_name = visit.may(Permission.NAME_CONTACTS, visit.place.path)
    return visit.render(
        table=Table(
            "Contacts now and before" if is_neighbourhood else "Contacts today",
            _columns(has_numbers=visit.may(Permission.SEE_MEMBERS, visit.place.path)),
            records[::-1] if is_neighbourhood else records,
            href=_correct_address if may_name else _address,
            file=f"contacts-{visit.place.code}",
        ),
        is_neighbourhood=is_neighbourhood,
        may_name=may_name,
        cover_href=url_for("performance.cover", code=visit.place.code),
    )


def _address(record: Contact) -> str:
    return url_for("staffing.contacts", code=record.unit.code)


def _correct_address(record: Contact) -> str:
    return url_for("staffing.correct_contact", code=record.unit.code, contact_id=record.id)


@pages.form("/units/<code>/contacts/new", needs=Permission.NAME_CONTACTS, within="code")
def new_contact(visit: Visit[Unit]) -> Answer:
    """Name a contact or a deputy for a neighbourhood."""
    form = ContactForm(starts_on=visit.today)
    day = form.starts_on.data or visit.today
    form.number.choices = member_choices(queries.candidates(visit.session, visit.place, day))
    return form_page(
        visit,
        form,
        act=lambda: _name(visit, **form.value()),
        saved="The contact is named.",
        back_href=url_for("staffing.contacts", code=visit.place.code),
    )


def _name(visit: Visit[Unit], number: str, **typed: Any) -> Contact:
    return name_contact(visit.session, neighbourhood=visit.place, member=_member(visit, number), **typed)


@pages.form(f"/units/<code>/contacts/<{KEY}:contact_id>", needs=Permission.NAME_CONTACTS, within="code")
def correct_contact(visit: Visit[Unit], contact_id: int) -> Answer:
    """Correct who is named, or give the last day."""
    return correction_page(
        visit,
        CorrectContactForm,
        lambda: queries.contact_in(visit.session, visit.place, contact_id),
        offer=lambda form, contact: _offer(visit, form, contact),
        act=lambda contact, form: _change(visit, contact, **form.value()),
        saved="The contact is saved.",
        back_href=url_for("staffing.contacts", code=visit.place.code),
    )


def _change(visit: Visit[Unit], contact: Contact, number: str, **typed: Any) -> Contact:
    return change_contact(visit.session, contact, member=_member(visit, number), **typed)


def _offer(visit: Visit[Unit], form: CorrectContactForm, contact: Contact) -> None:
    """Who may be named from the first day of `contact`, and who is."""
    found = queries.candidates(visit.session, visit.place, contact.starts_on)
    form.number.choices = member_choices(found if contact.member in found else [contact.member, *found])


def _member(visit: Visit[Unit], number: str) -> Member:
    """The member of a number that the form offered."""
    return visit.found(member_numbered(visit.session, number))
