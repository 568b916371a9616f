"""The file of contacts, in and out. A contact is known by its reference, for ever.

An empty ethnicity says that nobody asked, NS that somebody did not say. A community is named by its code in
the neighbourhood; "none" says that somebody is of none there, and an empty cell that nobody asked. What
wants an answer is no column: a promise is made by a person.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from sqlalchemy.orm import Session

from npt.categories.exchange import CATEGORIES_CODED
from npt.categories.models import Category
from npt.communities.models import Community
from npt.communities.queries import communities_of
from npt.communities.rules import NO_COMMUNITY
from npt.engagement.actions import CommunityElsewhere, ContactFacts, change_contact, take_contact
from npt.engagement.exchange.instants import hold, instant_of
from npt.engagement.models import Contact
from npt.engagement.queries import contacts_referred, contacts_told
from npt.engagement.rules import ETHNICITIES, LONGEST_STREET, LONGEST_WORDS, street_of
from npt.kin.models import KeyIndividual
from npt.kin.queries import individuals_of
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Member
from npt.sheets.columns import BadCell, Column, Shape, code, instant, text
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow
from npt.store.rows import Lookup


def _individuals(session: Session, references: Collection[str]) -> dict[str, KeyIndividual]:
    return {each.reference: each for each in individuals_of(session, references)}


KIN_REFERRED = Lookup(
    _individuals,
    "There is no key individual {}: correct the reference, or import the key individual first.",
    attrgetter("reference"),
)


def _ethnicity(typed: str) -> str:
    if typed not in ETHNICITIES:
        raise BadCell(
            f"“{typed[:20]}” is no code: give W, M, A, B or O, a code of 18+1 or 16+1, NS for somebody who"
            " did not say, or nothing where nobody asked"
        )
    return typed


def _street(typed: str) -> str | None:
    return street_of(text(LONGEST_STREET)(typed))


@dataclass(frozen=True, slots=True)
class ContactRow(KeyedRow):
    """One row of the file."""

    reference: str
    member: Member | None
    at: datetime
    neighbourhood: Unit
    street: str | None
    individual: KeyIndividual | None
    ethnicity: str | None
    #: its code in the neighbourhood; NO_COMMUNITY for none of those there, None where nobody asked
    community: str | None
    category: Category | None
    words: str | None

    def __post_init__(self) -> None:
        # A cell gives an instant with what is doubtful about it; a record has none of that.
        object.__setattr__(self, "at", instant_of(self.at))


def _community(contact: Contact) -> str | None:
    if contact.is_of_none:
        return NO_COMMUNITY
    return None if contact.community is None else contact.community.code


def _as_row(contact: Contact) -> ContactRow:
    return ContactRow(
        0,
        contact.reference,
        contact.member,
        contact.at,
        contact.unit,
        contact.street,
        contact.individual,
        contact.ethnicity,
        _community(contact),
        contact.category,
        contact.words,
    )


def _differs(was: ContactRow, row: ContactRow) -> str:
    category = "" if was.category is None else f", {was.category.code}"
    return f"{row.reference} is recorded with other values ({was.neighbourhood.code}{category})"


def _take(intake: Intake[ContactRow, Contact]) -> None:
    session, order = intake.session, intake.order
    rows = [*(row for row, _ in intake.changing), *intake.new]
    units = {row.neighbourhood.id: row.neighbourhood for row in rows}
    hold(session, units.values())
    known = {(each.unit_id, each.code): each for each in communities_of(session, units)}
    for row, contact in intake.changing:
        with intake.telling(row):
            contact.member = row.member
            kept = replace(_facts(row, known), are_priorities_right=contact.are_priorities_right)
            change_contact(session, contact, facts=kept, stamp=order.stamp)
    for row in intake.new:
        with intake.telling(row):
            take_contact(
                session,
                reference=row.reference,
                member=row.member,
                facts=_facts(row, known),
                stamp=order.stamp,
            )


def _facts(row: ContactRow, known: dict[tuple[int, str], Community]) -> ContactFacts:
    is_of_none = row.community == NO_COMMUNITY
    community = None if row.community is None else known.get((row.neighbourhood.id, row.community))
    if row.community is not None and community is None and not is_of_none:
        raise CommunityElsewhere(
            f"{row.neighbourhood.code} has no community {row.community}: correct the code, or import the"
            " community first. Give none for somebody who is of none there.",
            field="community",
        )
    return ContactFacts(
        row.neighbourhood,
        at=row.at,
        street=row.street,
        category=row.category,
        words=row.words,
        ethnicity=row.ethnicity,
        community=community,
        is_of_none=is_of_none,
        individual_id=None if row.individual is None else row.individual.id,
    )


def _load(session: Session, rows: Sequence[ContactRow]) -> list[Contact]:
    return contacts_referred(session, [row.reference for row in rows])


def _records(session: Session, order: ExportOrder) -> Iterator[Contact]:
    return contacts_told(session, order.path, order.month)


CONTACTS = Keyed(
    shape=Shape(
        "community-contacts",
        (
            Column("ref", code, hint="a reference that no other contact has"),
            Column("number", code, hint="the member's force number", is_required=False),
            Column("at", instant, hint="when it was, like 2026-11-30T09:15"),
            Column("neighbourhood", code, hint="the code of the neighbourhood"),
            Column("street", _street, is_required=False),
            Column("kin", code, is_required=False),
            Column("ethnicity", _ethnicity, is_required=False),
            Column("community", code, is_required=False),
            Column("matters", code, is_required=False),
            Column("note", text(LONGEST_WORDS, is_multiline=True), is_required=False),
        ),
    ),
    row=ContactRow,
    known_by=("reference",),
    names={
        "number": MEMBERS_NUMBERED,
        "neighbourhood": UNITS_CODED,
        "kin": KIN_REFERRED,
        "matters": CATEGORIES_CODED,
    },
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=_take,
    records=_records,
)
