"""What is done to the contacts of neighbourhoods: name one, or a deputy, and end it.

The neighbourhood's row is locked first, so that two people cannot both name somebody for the same days.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.queries import posting_book
from npt.people.rules import posting_in_force
from npt.staffing.models import Contact
from npt.staffing.queries import contacts_of, serves
from npt.staffing.rules import ContactKind
from npt.store.constraints import refuse_on, refusing
from npt.store.versions import check_version


class NotANeighbourhood(Refusal):
    """A contact was named for a unit that is no neighbourhood."""


class NotOfTheTeam(Refusal):
    """Somebody was named who is no constable or PCSO of the neighbourhood's team on the first day."""


class ContactOverlaps(Refusal):
    """A neighbourhood would have two contacts, or two deputies, on the same day."""


class OwnDeputy(Refusal):
    """A member would be the deputy of themselves."""


class ContactEndsBeforeItStarts(Refusal):
    """The last day of a contact would come before the first."""


class NeighbourhoodNotOpen(Refusal):
    """A contact would be named for days on which the neighbourhood does not stand."""


def _named_already() -> Refusal:
    return ContactOverlaps(
        "Somebody is already named from that day on: open the page again and end that first.",
        field="starts_on",
    )


refuse_on("uq_contact_unit_id_kind_starts_on", _named_already)


def name_contact(
    session: Session,
    *,
    neighbourhood: Unit,
    member: Member,
    kind: ContactKind,
    starts_on: date,
    ends_on: date | None = None,
    ends_previous: bool = False,
) -> Contact:
    """Name `member` as contact or deputy of `neighbourhood` from `starts_on` to `ends_on`, both included.

    `ends_previous`: whoever is named in that part until then is so until the day before; otherwise the
    overlap is refused. Refusals: NotANeighbourhood, ContactEndsBeforeItStarts, NeighbourhoodNotOpen,
    NotOfTheTeam, ContactOverlaps, OwnDeputy.
    """
    records = _locked_records(session, neighbourhood)
    span = _checked_span(neighbourhood, starts_on, ends_on)
    _check_of_the_team(session, neighbourhood, member, starts_on)
    if ends_previous:
        for record in records:
            if record.kind is kind and record.starts_on < starts_on and record.span.covers(starts_on):
                record.ends_on = starts_on - timedelta(days=1)
    _check_free(records, kind, member, span)
    contact = Contact(unit=neighbourhood, member=member, kind=kind, starts_on=starts_on, ends_on=ends_on)
    with refusing(session):
        session.add(contact)
    return contact


def change_contact(
    session: Session,
    contact: Contact,
    *,
    member: Member,
    ends_on: date | None,
    expected_version: int | None = None,
) -> Contact:
    """Correct who is named, or until when. Unit and member of `contact` are loaded.

    `expected_version`: the version that the person saw; StaleRecord when it is another by now. Refusals as in
    `name_contact`; the first day stays.
    """
    check_version(contact, expected_version)
    records = _locked_records(session, contact.unit)
    span = _checked_span(contact.unit, contact.starts_on, ends_on)
    if member.id != contact.member_id:
        _check_of_the_team(session, contact.unit, member, contact.starts_on)
    _check_free([record for record in records if record.id != contact.id], contact.kind, member, span)
    contact.member, contact.ends_on = member, ends_on
    with refusing(session):
        return contact


def _locked_records(session: Session, neighbourhood: Unit) -> list[Contact]:
    if neighbourhood.level is not Level.NEIGHBOURHOOD:
        raise NotANeighbourhood(
            f"{neighbourhood.code} is no neighbourhood: name one of the neighbourhoods under it.",
            field="unit",
        )
    session.flush()
    lock_units(session, [neighbourhood.id], for_closing=True)  # alone: two must not pass each other
    return contacts_of(session, [neighbourhood.id])


def _checked_span(neighbourhood: Unit, starts_on: date, ends_on: date | None) -> Span:
    check_day(starts_on, "starts_on")
    check_day(ends_on, "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise ContactEndsBeforeItStarts(
            f"The last day, {day_in_words(ends_on)}, is before the first, {day_in_words(starts_on)}:"
            " give that day or a later one, or leave it empty.",
            field="ends_on",
        )
    if starts_on < neighbourhood.opened_on:
        raise NeighbourhoodNotOpen(
            f"{neighbourhood.code} opened on {day_in_words(neighbourhood.opened_on)}: start on that day or"
            " later.",
            field="starts_on",
        )
    closed_on = neighbourhood.closed_on
    # Without a last day it holds until further notice, or until the neighbourhood closes.
    if closed_on is not None and (ends_on or starts_on) > closed_on:
        raise NeighbourhoodNotOpen(
            f"{neighbourhood.code} closed on {day_in_words(closed_on)}: give that day or an earlier one as"
            " the last day.",
            field="ends_on",
        )
    return Span(starts_on, ends_on)


def _check_of_the_team(session: Session, neighbourhood: Unit, member: Member, day: date) -> None:
    held = posting_book(session, [member.id], day, day).held.get(member.id, ())
    if not any(serves(posting, neighbourhood) for posting in posting_in_force(held, day)):
        raise NotOfTheTeam(
            f"{member.number} is no constable or PCSO of the team of {neighbourhood.code} on"
            f" {day_in_words(day)}: name one who is, or post them to the team first.",
            field="number",
        )


def _check_free(records: Sequence[Contact], kind: ContactKind, member: Member, span: Span) -> None:
    for record in records:
        if not record.span.overlaps(span):
            continue
        until = f"to {day_in_words(record.ends_on)}" if record.ends_on else "until further notice"
        days = f"from {day_in_words(record.starts_on)} {until}"
        if record.kind is kind:
            raise ContactOverlaps(
                f"{record.member.name} is {kind.wording} {days}: end that the day before, or choose other"
                " days.",
                field="starts_on",
            )
        if record.member_id == member.id:
            raise OwnDeputy(
                f"{record.member.name} is {record.kind.wording} {days}, and nobody can stand in for"
                " themselves: name another member.",
                field="number",
            )
