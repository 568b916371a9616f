"""The files of neighbourhood specialist officers (NSOs) and of the PCSOs they line-manage, in and out.

An NSO is known by number, team and first day, line management by PCSO and first day; the rest of a row can
change one. An empty `to` says that it lasts as long as it can.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy.orm import Session, aliased

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.actions import (
    change_line_management,
    change_specialist,
    mark_specialist,
    name_line_manager,
)
from npt.people.exchange.lookups import MEMBERS_NUMBERED
from npt.people.models import LineManagement, Member, Posting, Specialist
from npt.people.queries import managements, managements_of, marks_of, marks_under, postings_at
from npt.people.rules import may_be_specialist, posting_in_force
from npt.sheets.columns import Column, Shape, choice, code, day
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.keyed import Keyed, KeyedRow, one_by_one


class NotPostedThere(Refusal):
    """An NSO's row names a team to which they are not posted as a constable on its first day."""


class NoSpecialist(Refusal):
    """A row names a line manager who is no NSO on its first day."""


# NSOs -------------------------------------------------------------------------------------------------------


class Payment(Enum):
    """Whether the special priority payment is due, as the file says it."""

    DUE = "due"
    NOT_DUE = "not-due"


@dataclass(frozen=True, slots=True)
class SpecialistRow(KeyedRow):
    """One row of the file of NSOs."""

    member: Member
    unit: Unit
    starts_on: date
    ends_on: date | None
    payment: Payment

    @property
    def is_payment_due(self) -> bool:
        """Whether the payment is due."""
        return self.payment is Payment.DUE


def _as_row(mark: Specialist) -> SpecialistRow:
    payment = Payment.DUE if mark.is_payment_due else Payment.NOT_DUE
    return SpecialistRow(0, mark.posting.member, mark.posting.unit, mark.starts_on, mark.ends_on, payment)


def _add_specialist(session: Session, row: SpecialistRow, _order: ImportOrder) -> None:
    mark_specialist(
        session,
        _posting(session, row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_payment_due=row.is_payment_due,
    )


def _posting(session: Session, row: SpecialistRow) -> Posting:
    """The posting that the row means: of several there that hold on its first day, the one that counts."""
    held = postings_at(session, row.member.id, row.unit.id)
    found = posting_in_force(
        [each for each in held if may_be_specialist(each.role, each.kind)], row.starts_on
    )
    if not found:
        raise NotPostedThere(
            f"{row.member.number} is not posted to {row.unit.code} as a constable, other than as a student"
            f" officer, on {day_in_words(row.starts_on)}: correct the row, or import the posting first.",
            field="unit",
        )
    return found[0]


def _change_specialist(session: Session, mark: Specialist, row: SpecialistRow, _order: ImportOrder) -> None:
    change_specialist(session, mark, ends_on=row.ends_on, is_payment_due=row.is_payment_due)


SPECIALISTS = Keyed(
    shape=Shape(
        "specialists",
        (
            Column("number", code, hint="the force number of a constable"),
            Column("team", code, hint="the code of the team"),
            Column("from", day, hint="the first day, like 2008-04-01"),
            Column("to", day, is_required=False),
            Column("payment", choice(Payment), hint="due or not-due: the special priority payment"),
        ),
    ),
    row=SpecialistRow,
    known_by=("member", "unit", "starts_on"),
    names={"number": MEMBERS_NUMBERED, "team": UNITS_CODED},
    load=lambda session, rows: marks_of(session, {row.member.id for row in rows}),
    as_row=_as_row,
    differs=lambda was, row: f"It is recorded {_until(was.ends_on)} with the payment {was.payment.value}",
    take=one_by_one(add=_add_specialist, change=_change_specialist),
    records=lambda session, order: (
        mark for mark in marks_under(session, order.path) if order.covers(mark.span)
    ),
)


# Line management --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ManagementRow(KeyedRow):
    """One row of the file of line management."""

    pcso: Member
    manager: Member
    starts_on: date
    ends_on: date | None


def _mark(session: Session, row: ManagementRow) -> Specialist:
    """The mark that makes the line manager an NSO on the first day."""
    marks = marks_of(session, [row.manager.id])
    found = next((each for each in marks if each.span_held and each.span_held.covers(row.starts_on)), None)
    if found is None:
        raise NoSpecialist(
            f"{row.manager.number} is no neighbourhood specialist officer on {day_in_words(row.starts_on)}:"
            " correct the row, or import that first.",
            field="manager",
        )
    return found


def _add_management(session: Session, row: ManagementRow, _order: ImportOrder) -> None:
    mark = _mark(session, row)
    name_line_manager(session, row.pcso, mark, starts_on=row.starts_on, ends_on=row.ends_on)


def _change_management(
    session: Session, management: LineManagement, row: ManagementRow, _order: ImportOrder
) -> None:
    change_line_management(session, management, mark=_mark(session, row), ends_on=row.ends_on)


def _managements(session: Session, order: ExportOrder) -> Iterable[LineManagement]:
    """Line management by the NSOs at and under the path, that of the month if one is given."""
    pcso = aliased(Member)
    asked = managements().join(pcso, pcso.id == LineManagement.member_id)
    if order.path is not None:
        asked = asked.where(within(order.path))
    found = session.scalars(asked.order_by(pcso.number, LineManagement.starts_on))
    return (each for each in found if order.covers(each.span))


LINE_MANAGEMENT = Keyed(
    shape=Shape(
        "line-management",
        (
            Column("pcso", code, hint="the force number of a PCSO"),
            Column("manager", code, hint="the force number of an NSO of the same area"),
            Column("from", day, hint="the first day, like 2008-04-01"),
            Column("to", day, is_required=False),
        ),
    ),
    row=ManagementRow,
    known_by=("pcso", "starts_on"),
    about="manager",
    names={"pcso": MEMBERS_NUMBERED, "manager": MEMBERS_NUMBERED},
    load=lambda session, rows: managements_of(session, {row.pcso.id for row in rows}),
    as_row=lambda record: ManagementRow(
        0, record.member, record.specialist.posting.member, record.starts_on, record.ends_on
    ),
    differs=lambda was, row: f"{was.manager.number} is recorded {_until(was.ends_on)}",
    take=one_by_one(add=_add_management, change=_change_management),
    records=_managements,
)


def _until(ends_on: date | None) -> str:
    return f"to {ends_on.isoformat()}" if ends_on else "without a last day"
