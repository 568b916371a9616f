"""One contact: recorded in the street, looked at, corrected, removed."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.categories.queries import categories
from npt.engagement import queries
from npt.engagement.actions import change_contact, record_contact, remove_contact
from npt.engagement.forms import ContactForm, CorrectContactForm
from npt.engagement.forms.contact import community_in_words, ethnicity_in_words, right_in_words
from npt.engagement.models import Contact
from npt.engagement.views.door import may_record, own_member, pages, patch_of, patch_with
from npt.engagement.wording import who
from npt.kin.models import KeyIndividual
from npt.kin.queries import Choice as Individual
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.views import is_kept, phone_page
from npt.webkit.asked import asked_value
from npt.webkit.filters import plural
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit
from npt.work.views.matter_part import work_of

_HERE = "/units/<code>/community-contacts/<reference>"


#: What the journal calls a page that names key individuals.
KEY_INDIVIDUALS = "key individuals at unit"


@pages.form("/contacts/new", needs=Permission.RECORD_CONTACTS, shows_personal=KEY_INDIVIDUALS)
def new_contact(visit: Visit[None]) -> Answer:
    """Record a contact, as it has just been: my neighbourhood, now, me."""
    member = own_member(visit)
    form = _offered(visit, member)
    return phone_page(
        visit,
        form,
        member,
        act=lambda sending: record_contact(
            visit.session, facts=form.facts(form.day(visit.today)), sending=sending
        ),
        saved=lambda kept: visit.saved(url_for("engagement.new_contact"), _said(visit, member, *kept)),
        page=lambda: {"asked": _asked(visit, member), "asked_about": _asked_about(visit, form)},
    )


def _offered(visit: Visit[None], member: Member | None) -> ContactForm:
    """The form with what there was to choose when it was typed. One kept on a phone names nobody."""
    form = ContactForm(typed_by=str(visit.by), meta={"csrf": not is_kept()})
    day = form.day(visit.today)
    units = patch_of(visit, member, day)
    individuals = [] if is_kept() else _individuals(visit, units)
    asked = asked_value("individual", int)
    met = next((each for each in individuals if each.id == asked), None)
    form.offer(
        units,
        categories(visit.session, open_on=day),
        queries.communities_of_patch(visit.session, units, as_at=day),
        individuals,
        visit.today,
    )
    if met is not None:
        form.begin_with(met)
        units = sorted(units, key=lambda unit: unit.id != met.unit_id)
    form.begin_at(units)
    return form


def _asked(visit: Visit[None], member: Member | None) -> int:
    """How many people the member has spoken to today."""
    return 0 if member is None else queries.asked_on(visit.session, member.id, visit.today)


def _asked_about(visit: Visit[None], form: ContactForm) -> dict[str, list[str]]:
    """The present priorities as they are published, by the name of their team."""
    found: dict[str, list[str]] = {}
    for each in queries.priorities_of_patch(visit.session, form.units):
        found.setdefault(each.unit.name, []).append(each.title)
    return found


def _individuals(visit: Visit[Any], units: Sequence[Unit]) -> list[Individual]:
    """The key individuals whom the person may name; the journal is told where there are any."""
    reach = visit.person.reach(Permission.KEEP_KIN)
    found = queries.individuals_of_patch(visit.session, reach, units, asked_value("individual", int))
    visit.shows_personal = bool(found)
    return found


def _said(visit: Visit[None], member: Member | None, contact: Contact, is_new: bool) -> str:
    if not is_new:
        return "This contact was recorded already, so nothing was added."
    late = " It was typed earlier, and is marked as sent late." if contact.is_late else ""
    if member is None:
        return f"Contact recorded.{late}"
    return f"Contact recorded: {plural(_asked(visit, member), 'person', 'people')} today.{late}"


def address_of(record: Contact) -> str:
    """The page of a contact, whose unit is loaded."""
    return url_for("engagement.contact", code=record.unit.code, reference=record.reference)


@pages.read(_HERE, needs=Permission.SEE_PROFILES, within="code", shows_personal="key_individual")
def contact(visit: Visit[Unit], reference: str) -> Answer:
    """One contact, as far as the person may read it: what people said is for those who work there."""
    record = visit.found(queries.contact_in(visit.session, visit.place.path, reference))
    individual = record.individual
    visit.shows_personal = individual is not None and visit.may(Permission.KEEP_KIN, record.unit.path)
    if visit.shows_personal and individual is not None:
        visit.personal_record_id = individual.id
    return visit.render(
        record=record,
        individual=None if individual is None else _named(visit, record, individual),
        who=who(record),
        priorities=right_in_words(record.are_priorities_right),
        ethnicity=ethnicity_in_words(record.ethnicity),
        community=community_in_words(record) or "not asked or not known",
        work=None if record.matter is None else work_of(visit, record.matter),
        may_record=may_record(visit),
        back_href=_back(visit),
    )


def _named(visit: Visit[Unit], record: Contact, individual: KeyIndividual) -> str:
    """A key individual by name for whoever keeps the network there; for others by whom they speak for."""
    if visit.may(Permission.KEEP_KIN, record.unit.path):
        return individual.name
    spoken_for = ", ".join(each.name for each in individual.communities)
    return f"somebody who can speak for {spoken_for}" if spoken_for else "somebody of the network"


def _back(visit: Visit[Unit]) -> str:
    return url_for("engagement.contacts", code=visit.place.code)


@pages.form(
    f"{_HERE}/correct", needs=Permission.RECORD_CONTACTS, within="code", shows_personal=KEY_INDIVIDUALS
)
def correct_contact(visit: Visit[Unit], reference: str) -> Answer:
    """Correct a contact."""
    visit.personal_record_id = visit.place.id
    return correction_page(
        visit,
        CorrectContactForm,
        lambda: queries.contact_in(visit.session, visit.place.path, reference),
        offer=lambda form, record: _offer(visit, form, record),
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


def _offer(visit: Visit[Unit], form: CorrectContactForm, record: Contact) -> None:
    """What there was to choose on the day of the contact, and whatever it says now."""
    units = patch_with(visit, record.unit)
    known = categories(visit.session)
    offered = [each for each in known if each.is_open_on(record.on_date) or each.id == record.category_id]
    places = queries.communities_of_patch(visit.session, units, as_at=record.on_date)
    individuals, noted = _individuals(visit, units), record.individual
    if noted is not None and noted.id not in {each.id for each in individuals}:
        individuals.append(Individual(noted.id, _named(visit, record, noted), None, noted.unit_id))
    form.offer(units, offered, _with(record, places), individuals, visit.today)
    form.offer_code(record.ethnicity)


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
