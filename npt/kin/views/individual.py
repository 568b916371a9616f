"""One key individual: everything they said and were told; the record corrected, kept and ended."""

from collections.abc import Mapping, Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.communities.models import Community
from npt.communities.queries import communities_of
from npt.data_protection.queries import is_erased
from npt.journal.rules import PersonKey
from npt.kin import actions, queries
from npt.kin.forms import ConsentForm, CorrectIndividualForm, LeaveForm
from npt.kin.models import Consent, Encounter, KeyIndividual
from npt.kin.rules import Stage
from npt.kin.views.door import (
    INDIVIDUAL,
    ONE,
    address_of,
    contact_addresses,
    found_individual,
    list_address,
    pages,
)
from npt.kin.wording import (
    TONES,
    basis_in_words,
    ethnicity_in_words,
    last_met,
    phone_in_words,
    speaks_for,
    who_heard,
    why_left,
)
from npt.organisation.models import Unit
from npt.webkit.asked import asked_page
from npt.webkit.form_flow import button, correction_page
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _encounter_columns(addresses: Mapping[str, str]) -> Columns[Encounter]:
    """The columns; `addresses` has the pages of the contacts that encounters come from."""
    return (
        Column("When", lambda each: each.at),
        Column(
            "How",
            lambda each: each.kind,
            href=lambda each: addresses.get(each.record or "", ""),
            about=lambda each: each.record or "",
            below=lambda each: each.record or "",
        ),
        Column("What they said", lambda each: each.said, holds_words=True, unknown="nothing noted"),
        Column("What they were told", lambda each: each.told, holds_words=True, unknown="nothing noted"),
    )


_CONSENTS: Columns[Consent] = (
    Column("Topic", lambda each: each.topic),
    Column("Said", lambda each: "yes" if each.is_given else "no"),
    Column("On", lambda each: each.said_on),
    Column("Recorded by", who_heard, holds_words=True),
)


@pages.read(ONE, needs=Permission.KEEP_KIN, within="code", shows_personal=INDIVIDUAL)
def individual(visit: Visit[Unit], individual_id: int) -> Answer:
    """Who they are, how to reach them, what they agreed to, and every encounter."""
    record = visit.found(found_individual(visit, individual_id))
    met = queries.encounters_with(visit.session, record, asked_page())
    addresses = contact_addresses(visit, [each.record for each in met.rows if each.record])
    status = record.status_on(visit.today)
    return visit.render(
        record=record,
        state=status,
        tone=TONES[status],
        is_here=record.stage is not Stage.LEFT,
        contact_href=_contact_address(visit, record),
        speaks_for=speaks_for(record),
        telephone=phone_in_words(record),
        ethnicity=ethnicity_in_words(record),
        basis=basis_in_words(record),
        last_met=last_met(record, visit.today),
        left=None if record.left_because is None else why_left(record.left_because),
        is_erased=is_erased(visit.session, PersonKey(INDIVIDUAL, record.id)),
        is_to_review=record.keep_until <= visit.today,
        same=_same(visit, record),
        encounters=Table("Encounters", _encounter_columns(addresses), met, noun="encounters"),
        consents=Table("What they want to hear about", _CONSENTS, record.consents[::-1]),
        back_href=list_address(visit.place.code),
    )


def _contact_address(visit: Visit[Unit], record: KeyIndividual) -> str:
    """Where a contact with them is recorded; "" where that is not the person's, or they are not in it now."""
    if record.stage is not Stage.ACTIVE or not visit.may(Permission.RECORD_CONTACTS, visit.place.path):
        return ""
    return url_for("engagement.new_contact", individual=record.id)


def _same(visit: Visit[Unit], record: KeyIndividual) -> list[tuple[KeyIndividual, str, str]]:
    """Who may be the same person: the record, what both have in common, and where they are merged."""
    if record.stage is Stage.LEFT:
        return []
    found = queries.likely_same(
        visit.session,
        record.unit_id,
        name=record.name,
        phone=record.phone,
        email=record.email,
        except_id=record.id,
    )
    return [
        (
            each,
            actions.same_in_words(record, each),
            url_for("kin.merge", code=visit.place.code, individual_id=record.id, other_id=each.id),
        )
        for each in found
    ]


@pages.form(f"{ONE}/correct", needs=Permission.KEEP_KIN, within="code", shows_personal=INDIVIDUAL)
def correct_individual(visit: Visit[Unit], individual_id: int) -> Answer:
    """Correct what is recorded of somebody."""
    there = communities_of(visit.session, [visit.place.id])
    return correction_page(
        visit,
        CorrectIndividualForm,
        lambda: found_individual(visit, individual_id),
        act=lambda record, form: _correct(visit, there, record, form),
        saved="The record is saved.",
        back_href=_address(visit, individual_id),
        offer=lambda form, record: form.offer(_offered(there, record)),
    )


def _offered(there: Sequence[Community], record: KeyIndividual) -> list[Community]:
    """Of the communities of the neighbourhood those that are open, or are the record’s."""
    return [each for each in there if each.ends_on is None or each in record.communities]


def _correct(
    visit: Visit[Unit], there: Sequence[Community], record: KeyIndividual, form: CorrectIndividualForm
) -> None:
    chosen = [each for each in _offered(there, record) if each.id in form.communities.given]
    elsewhere = [each for each in record.communities if each.unit_id != record.unit_id]
    actions.change_individual(
        visit.session,
        record,
        facts=form.value(),
        communities=[*chosen, *elsewhere],
        stamp=visit.stamp,
        today=visit.today,
        expected_version=form.shown_version,
    )


@pages.form(f"{ONE}/consent", needs=Permission.KEEP_KIN, within="code", shows_personal=INDIVIDUAL)
def consent(visit: Visit[Unit], individual_id: int) -> Answer:
    """Record what somebody wants to hear about, topic by topic."""
    return correction_page(
        visit,
        ConsentForm,
        lambda: found_individual(visit, individual_id),
        act=lambda record, form: actions.change_consents(
            visit.session, record, **form.value(), stamp=visit.stamp, today=visit.today
        ),
        saved="What they want to hear about is saved.",
        back_href=_address(visit, individual_id),
        offer=lambda form, _: form.begin(visit.today),
    )


@pages.form(f"{ONE}/leave", needs=Permission.KEEP_KIN, within="code", shows_personal=INDIVIDUAL)
def leave(visit: Visit[Unit], individual_id: int) -> Answer:
    """Record that somebody has left the network, and why."""
    return correction_page(
        visit,
        LeaveForm,
        lambda: found_individual(visit, individual_id),
        act=lambda record, form: actions.leave(visit.session, record, **form.value(), today=visit.today),
        saved="They have left the network.",
        back_href=_address(visit, individual_id),
        offer=lambda form, _: form.begin(visit.today),
    )


@pages.write(f"{ONE}/keep", needs=Permission.KEEP_KIN, within="code")
def keep(visit: Visit[Unit], individual_id: int) -> Answer:
    """Accept who is proposed, keep the record for another year, or take back who has left."""
    record = visit.found(found_individual(visit, individual_id))
    was = record.stage
    act = actions.come_back if was is Stage.LEFT else actions.keep
    return button(
        visit,
        act=lambda: act(visit.session, record, stamp=visit.stamp, today=visit.today),
        saved=lambda _: (
            f"The record of {record.name} is kept for another year."
            if was is Stage.ACTIVE
            else f"{record.name} is {record.status_on(visit.today).in_sentence}."
        ),
        back_href=address_of(record),
    )


def _address(visit: Visit[Unit], individual_id: int) -> str:
    return url_for("kin.individual", code=visit.place.code, individual_id=individual_id)
