"""The file of contacts of neighbourhoods, in and out.

A record is known by unit, kind and first day; the rest of a row can change one. An empty kind is contact.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.people.models import Member
from npt.people.queries import members_numbered
from npt.sheets.columns import Column, Shape, choice, code, day
from npt.sheets.reading import Row
from npt.staffing.actions import change_contact, name_contact
from npt.staffing.models import Contact
from npt.staffing.queries import contacts_of, contacts_under
from npt.staffing.rules import ContactKind
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

CONTACTS = Shape(
    "contacts",
    (
        Column("unit", code, hint="the code of the neighbourhood"),
        Column("number", code, hint="the force number of a constable or PCSO of its team"),
        Column("from", day, hint="the first day, like 2008-04-01"),
        Column("to", day, is_required=False, hint="the last day; empty until further notice"),
        Column("kind", choice(ContactKind), is_required=False, hint="contact or deputy; empty is contact"),
    ),
)
#: the columns that the fields of the actions' refusals are called in the file
_COLUMNS = {"unit": "unit", "number": "number", "starts_on": "from", "ends_on": "to"}
_Identity = tuple[str, ContactKind, date]


class ContactRow(NamedTuple):
    """One row of the file, typed; `line` is where it stands."""

    line: int
    unit: str
    number: str
    starts_on: date
    ends_on: date | None
    kind: ContactKind

    @classmethod
    def of(cls, row: Row) -> "ContactRow":
        """The row as read by the shape `CONTACTS`."""
        unit, number, starts_on, ends_on, kind = (cast(Any, row.values[name]) for name in CONTACTS.names)
        return cls(row.line, unit, number, starts_on, ends_on, kind or ContactKind.CONTACT)

    @property
    def identity(self) -> _Identity:
        """What the record is known by."""
        return self.unit, self.kind, self.starts_on


def save_contacts(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of contacts in; see `npt.store.exchange.Import`.

    What the file changes is changed before what it adds, so that it may end one contact and begin the next in
    any order of its rows.
    """
    rows: list[ContactRow] = []
    for chunk in chunks:
        rows += [ContactRow.of(row) for row in chunk]
        order.progress(len(chunk))
    outcome = Outcome()
    units = units_coded(session, {row.unit for row in rows})
    members = members_numbered(session, {row.number for row in rows})
    existing: dict[_Identity, Contact] = {
        (record.unit.code, record.kind, record.starts_on): record
        for record in contacts_of(session, [unit.id for unit in units.values()])
    }
    adding: list[ContactRow] = []
    for row in _told_once(_known(rows, units, members, outcome), outcome):
        record = existing.get(row.identity)
        if record is None:
            adding.append(row)
        elif (record.member.number, record.ends_on) == (row.number, row.ends_on):
            outcome.unchanged += 1
        else:
            _change(session, record, members[row.number], row, order, outcome)
    for row in adding:
        _add(session, units[row.unit], members[row.number], row, outcome)
    return outcome


def _known(
    rows: Sequence[ContactRow], units: dict[str, Unit], members: dict[str, Member], outcome: Outcome
) -> Iterator[ContactRow]:
    """The rows whose unit and member there are."""
    for row in rows:
        if row.unit not in units:
            outcome.refuse(
                row.line, "unit", f"There is no unit {row.unit}: correct the code, or add the unit."
            )
        if row.number not in members:
            outcome.refuse(
                row.line,
                "number",
                f"There is no member {row.number}: correct the number, or import the member first.",
            )
        if row.unit in units and row.number in members:
            yield row


def _told_once(rows: Iterable[ContactRow], outcome: Outcome) -> list[ContactRow]:
    """The rows without those that come twice; two that contradict each other are refused."""
    first: dict[_Identity, ContactRow] = {}
    kept: list[ContactRow] = []
    for row in rows:
        earlier = first.setdefault(row.identity, row)
        if earlier is row:
            kept.append(row)
        elif earlier[1:] == row[1:]:
            outcome.unchanged += 1
        else:
            outcome.refuse(
                row.line,
                "from",
                f"Line {earlier.line} says something else of the same days: keep one of the two.",
            )
    return kept


def _change(
    session: Session,
    record: Contact,
    member: Member,
    row: ContactRow,
    order: ImportOrder,
    outcome: Outcome,
) -> None:
    if not order.may_update:
        until = record.ends_on.isoformat() if record.ends_on else "further notice"
        outcome.refuse(
            row.line,
            "number",
            f"{record.member.number} is recorded as {row.kind.wording} of {row.unit} from"
            f" {row.starts_on.isoformat()} until {until}: correct the row, or import with --update.",
        )
        return
    try:
        change_contact(session, record, member=member, ends_on=row.ends_on)
        outcome.changed += 1
    except Refusal as refusal:
        outcome.refuse(row.line, _COLUMNS.get(refusal.field or ""), refusal.message)


def _add(session: Session, unit: Unit, member: Member, row: ContactRow, outcome: Outcome) -> None:
    try:
        name_contact(
            session,
            neighbourhood=unit,
            member=member,
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        outcome.added += 1
    except Refusal as refusal:
        outcome.refuse(row.line, _COLUMNS.get(refusal.field or ""), refusal.message)


def contact_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The contacts at and under the path, those that hold in the month if one is given."""
    month = None if order.month is None else Span(order.month.first, order.month.last)
    for record in contacts_under(session, order.path):
        if month is None or record.span.overlaps(month):
            yield (
                record.unit.code,
                record.member.number,
                record.starts_on,
                record.ends_on,
                record.kind.value,
            )
