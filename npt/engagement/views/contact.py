"""One contact: recorded in the street, looked at, corrected, removed."""

from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.engagement import queries
from npt.engagement.actions import change_contact, record_contact, remove_contact
from npt.engagement.forms import ContactForm, CorrectContactForm
from npt.engagement.forms.contact import ethnicity_in_words
from npt.engagement.models import Contact
from npt.engagement.views.door import may_record, own_member, pages, patch_of
from npt.engagement.views.phone import is_kept, phone_page
from npt.engagement.wording import who
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.webkit.filters import plural
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.views.matter_part import work_of

_HERE = "/units/<code>/community-contacts/<reference>"


@pages.form("/contacts/new", needs=Permission.RECORD_CONTACTS)
def new_contact(visit: Visit[None]) -> Answer:
    """Record a contact, as it has just been: my neighbourhood, now, me."""
    member = own_member(visit)
    form = ContactForm(typed_by=str(visit.by), meta={"csrf": not is_kept()})
    day = form.day(visit.today)
    units = patch_of(visit, member, day)
    communities = queries.communities_of_patch(visit.session, units, as_at=day)
    form.offer(units, categories(visit.session, open_on=day), communities, visit.today)
    form.begin_at(units)
    return phone_page(
        visit,
        form,
        member,
        act=lambda sending: record_contact(visit.session, facts=form.facts(day), sending=sending),
        saved=lambda kept: visit.saved(url_for("engagement.new_contact"), _said(visit, member, *kept)),
        page=lambda: {
            "asked": 0 if member is None else queries.asked_on(visit.session, member.id, visit.today)
        },
    )


def _said(visit: Visit[None], member: Member | None, contact: Contact, is_new: bool) -> str:
    if not is_new:
        return "This contact was recorded already, so nothing was added."
    late = " It was typed earlier, and is marked as sent late." if contact.is_late else ""
    if member is None:
        return f"Contact recorded.{late}"
    asked = queries.asked_on(visit.session, member.id, visit.today)
    return f"Contact recorded: {plural(asked, 'person', 'people')} today.{late}"


def address_of(record: Contact) -> str:
    """The page of a contact, whose unit is loaded."""
    return url_for("engagement.contact", code=record.unit.code, reference=record.reference)


@pages.read(_HERE, needs=Permission.SEE_PROFILES, within="code")
def contact(visit: Visit[Unit], reference: str) -> Answer:
    """One contact, as far as the person may read it: what people said is for those who work there."""
    record = visit.found(queries.contact_in(visit.session, visit.place.path, reference))
    return visit.render(
        record=record,
        who=who(record),
        ethnicity=ethnicity_in_words(record.ethnicity),
        work=None if record.matter is None else work_of(visit, record.matter),
        may_record=may_record(visit),
        back_href=_back(visit),
    )


def _back(visit: Visit[Unit]) -> str:
    return url_for("engagement.contacts", code=visit.place.code)


@pages.form(f"{_HERE}/correct", needs=Permission.RECORD_CONTACTS, within="code")
def correct_contact(visit: Visit[Unit], reference: str) -> Answer:
    """Correct a contact."""
    known = categories(visit.session)

    def offer(form: CorrectContactForm, record: Contact) -> None:
        units = patch_of(visit, None)
        units = units if any(unit.id == record.unit_id for unit in units) else [record.unit, *units]
        places = queries.communities_of_patch(visit.session, units, as_at=record.on_date)
        offered = [each for each in known if each.is_open_on(record.on_date) or each.id == record.category_id]
        form.offer(units, offered, _with(record, places), visit.today)
        form.offer_code(record.ethnicity)

    return correction_page(
        visit,
        CorrectContactForm,
        lambda: queries.contact_in(visit.session, visit.place.path, reference),
        offer=offer,
        act=lambda record, form: change_contact(
            visit.session,
            record,
            facts=form.facts(record.on_date),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The contact is saved.",
        back_href=url_for("engagement.contact", code=visit.place.code, reference=reference),
    )


def _with(record: Contact, communities: list[Any]) -> list[Any]:
    """The communities, that of the record among them also if it has gone meanwhile."""
    if record.community is None or any(each.id == record.community_id for each in communities):
        return communities
    return [record.community, *communities]


@pages.write(f"{_HERE}/remove", needs=Permission.RECORD_CONTACTS, within="code")
def remove(visit: Visit[Unit], reference: str) -> Answer:
    """Remove a contact that never was."""
    record = visit.found(queries.contact_in(visit.session, visit.place.path, reference))
    return button(
        visit,
        act=lambda: remove_contact(visit.session, record, expected_version=visit.sent_version),
        saved="The contact is removed.",
        back_href=_back(visit),
    )
