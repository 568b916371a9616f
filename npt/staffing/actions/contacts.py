"""What is done to the contacts of neighbourhoods: name one, or a deputy, and end it.

The neighbourhood's row is locked first, so that two people cannot both name somebody for the same days.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import Span, check_free, checked_span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, OutsideUnit, check_within
from npt.people.models import Member
from npt.people.queries import posting_book
from npt.people.rules import posting_in_force
from npt.staffing.models import Contact
from npt.staffing.queries import contacts_of, serves
from npt.staffing.rules import ContactKind
from npt.store.constraints import name_violation, refusing
from npt.store.dated import take_over
from npt.store.versions import check_version


class NotANeighbourhood(Refusal):
    """A contact was named for a unit that is no neighbourhood."""


class NotOfTheTeam(Refusal):
    """Somebody was named who is no constable or PCSO of the neighbourhood's team on the first day."""


class ContactOverlaps(Refusal):
    """A neighbourhood would have two contacts, or two deputies, on the same day."""


class OwnDeputy(Refusal):
    """A member would be the deputy of themselves."""


class NeighbourhoodNotOpen(OutsideUnit):
    """A contact would be named for days on which the neighbourhood does not stand."""


def _named_already() -> Refusal:
    return ContactOverlaps(
        "Somebody is already named from that day: open the page again and end that entry first.",
        field="starts_on",
    )


name_violation("uq_contact_unit_id_kind_starts_on", _named_already)


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
    overlap is refused. Refusals: NotANeighbourhood, DayOutOfRange, EndsBeforeItStarts, NeighbourhoodNotOpen,
    NotOfTheTeam, ContactOverlaps, OwnDeputy.
    """
    records = _locked_records(session, neighbourhood)
    span = _checked_span(neighbourhood, starts_on, ends_on)
    _check_of_the_team(session, neighbourhood, member, starts_on)
    if ends_previous:
        take_over([record for record in records if record.kind is kind], starts_on)
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
            f"{neighbourhood.code} is not a neighbourhood: choose one of the neighbourhoods under it.",
            field="unit",
        )
    session.flush()
    lock_units(session, [neighbourhood.id], for_closing=True)  # alone: two must not pass each other
    return contacts_of(session, [neighbourhood.id])


def _checked_span(neighbourhood: Unit, starts_on: date, ends_on: date | None) -> Span:
    span = checked_span(starts_on, ends_on)
    check_within(span, neighbourhood.code, neighbourhood.span, NeighbourhoodNotOpen, may_stay_open=True)
    return span


def _check_of_the_team(session: Session, neighbourhood: Unit, member: Member, day: date) -> None:
    held = posting_book(session, [member.id], day, day).held.get(member.id, ())
    if not any(serves(posting, neighbourhood) for posting in posting_in_force(held, day)):
        raise NotOfTheTeam(
            f"{member.number} is not a constable or PCSO of the team of {neighbourhood.code} on"
            f" {day_in_words(day)}: name one who is, or post them to the team first.",
            field="number",
        )


def _check_free(records: Iterable[Contact], kind: ContactKind, member: Member, span: Span) -> None:
    def refusal(record: Contact) -> Refusal:
        if record.kind is kind:
            return ContactOverlaps(
                f"{record.member.name} is {kind.wording} {record.span.in_words}: end that the day before, or"
                " choose other days.",
                field="starts_on",
            )
        return OwnDeputy(
            f"{record.member.name} is {record.kind.wording} {record.span.in_words}, and cannot stand in "
            "for themselves: name another member.",
            field="number",
        )

    check_free(
        (record for record in records if record.kind is kind or record.member_id == member.id), span, refusal
    )
