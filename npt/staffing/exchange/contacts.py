"""The file of named contacts of neighbourhoods, in and out.

A record is known by unit, kind and first day; the rest of a row can change one. An empty kind is contact.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.people.exchange import MEMBERS_NUMBERED
from npt.people.models import Member
from npt.sheets.columns import Column, Shape, choice, code, day
from npt.staffing.actions import change_contact, name_contact
from npt.staffing.queries import contacts_of, contacts_under
from npt.staffing.rules import ContactKind
from npt.store.exchange import ImportOrder
from npt.store.keyed import Keyed, KeyedRow, one_by_one


@dataclass(frozen=True, slots=True)
class ContactRow(KeyedRow):
    """One row of the file."""

    unit: Unit
    member: Member
    starts_on: date
    ends_on: date | None
    kind: ContactKind


def _differs(was: ContactRow, row: ContactRow) -> str:
    until = was.ends_on.isoformat() if was.ends_on else "further notice"
    return (
        f"{was.member.number} is recorded as {was.kind.wording} of {was.unit.code} from"
        f" {was.starts_on.isoformat()} until {until}"
    )


def _add(session: Session, row: ContactRow, _order: ImportOrder) -> None:
    name_contact(
        session,
        neighbourhood=row.unit,
        member=row.member,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


CONTACTS = Keyed(
    shape=Shape(
        "contacts",
        (
            Column("unit", code, hint="the code of the neighbourhood"),
            Column("number", code, hint="the force number of a constable or PCSO of its team"),
            Column("from", day, hint="the first day, like 2008-04-01"),
            Column("to", day, is_required=False),
            Column("kind", choice(ContactKind), is_required=False, empty=ContactKind.CONTACT),
        ),
    ),
    row=ContactRow,
    known_by=("unit", "kind", "starts_on"),
    about="member",
    names={"unit": UNITS_CODED, "number": MEMBERS_NUMBERED},
    load=lambda session, rows: contacts_of(session, {row.unit.id for row in rows}),
    differs=_differs,
    take=one_by_one(
        add=_add,
        change=lambda session, contact, row, _order: change_contact(
            session, contact, member=row.member, ends_on=row.ends_on
        ),
    ),
    records=lambda session, order: (
        each for each in contacts_under(session, order.path) if order.covers(each.span)
    ),
)
