"""The own record of a key individual, by the link that they were sent. Opening it changes nothing."""

from datetime import timedelta

from flask import url_for

from npt.access.rules import Open, Permission
from npt.kin import actions
from npt.kin.forms import OwnLeaveForm, OwnRecordForm
from npt.kin.models import KeyIndividual
from npt.kin.queries import individual_keyed
from npt.kin.rules import Stage
from npt.kin.views.door import ONE, OWN_RECORD, address_of, found_individual, pages
from npt.kin.wording import ethnicity_in_words, last_met, own_record_letter, speaks_for
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.outbox.actions import queue
from npt.outbox.queries import stopped_addresses, unsubscribed
from npt.outbox.rules import Topic
from npt.webkit.filters import day
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.public_addresses import public_address
from npt.webkit.signed_links import secret_keys
from npt.webkit.visit import Visit, not_found

_OPEN = Open(because="a key individual has no account, and the signed link opens their own record alone")
_OWN = "/kin/<own>"


@pages.form(_OWN, needs=_OPEN)
def own_record(visit: Visit[None], own: str) -> Answer:
    """What is held on them, to be corrected, and what they want to hear about."""
    return correction_page(
        visit,
        OwnRecordForm,
        lambda: _of_link(visit, own),
        act=lambda record, form: actions.correct_own_record(
            visit.session,
            record,
            **form.value(),
            stamp=Stamp(None, visit.now),
            today=visit.today,
        ),
        saved="Thank you. Your record is saved.",
        back_href=url_for("kin.own_record", own=own),
        page=lambda record: {
            "speaks_for": speaks_for(record),
            # Not who recorded it: a member's name is not theirs to see.
            "basis": f"{record.basis.wording}, {day(record.basis_on)}",
            "ethnicity": ethnicity_in_words(record),
            "last_met": last_met(record, visit.today),
            "has_left": record.stage is Stage.LEFT,
            "leave_href": url_for("kin.leave_own", own=own),
        },
    )


@pages.form(f"{_OWN}/leave", needs=_OPEN)
def leave_own(visit: Visit[None], own: str) -> Answer:
    """Leave the network, with a reason."""
    return correction_page(
        visit,
        OwnLeaveForm,
        lambda: _of_link(visit, own),
        act=lambda record, form: actions.leave(
            visit.session, record, left_on=visit.today, **form.value(), today=visit.today
        ),
        saved=lambda _: visit.saved(
            url_for("kin.own_record", own=own),
            "You have left the network. The team will not contact you as part of it.",
        ),
        back_href=url_for("kin.own_record", own=own),
    )


def _of_link(visit: Visit[None], own: str) -> KeyIndividual:
    """The record of a link. Altered, expired, erased or never ours: all not found."""
    try:
        key = OWN_RECORD.read(secret_keys(), own, visit.today)
    except Refusal:
        not_found()
    return visit.found(individual_keyed(visit.session, key))


@pages.write(f"{ONE}/link", needs=Permission.KEEP_KIN, within="code")
def send_link(visit: Visit[Unit], individual_id: int) -> Answer:
    """Send somebody the link to their own record by email."""
    record = visit.found(found_individual(visit, individual_id))
    return button(
        visit,
        act=lambda: _send(visit, record),
        saved=lambda said: said,
        back_href=address_of(record),
    )


def _send(visit: Visit[Unit], record: KeyIndividual) -> str:
    actions.check_reachable(record)
    email = record.email or ""
    if (email, Topic.INVITATION) in unsubscribed(visit.session, [email]):
        return f"{record.name} wants no such emails, so nothing was sent."
    if email in stopped_addresses(visit.session, [email]):
        return f"Emails to {record.name} came back, so nothing was sent: correct the address."
    own = OWN_RECORD.sign(secret_keys(), record.id, visit.today)
    address = public_address("kin.own_record", {"own": own})
    until = visit.today + (OWN_RECORD.lasts or timedelta())
    if queue(visit.session, own_record_letter(record, address, until, visit.today), now=visit.now) is None:
        return f"{record.name} was sent the link today already."
    return f"{record.name} is sent the link to their record by email."
