"""The file of members, in and out. A member is known by number; an empty email leaves what is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.people.actions import MemberErased, change_member, check_member
from npt.people.exchange.lookups import erased_numbers
from npt.people.exchange.postings import posted
from npt.people.models import Member, Posting
from npt.people.queries import members_numbered
from npt.people.rules import MemberFacts
from npt.sheets.columns import Column, Shape, code, email, text
from npt.store.exchange import ExportOrder, ImportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow, one_by_one


@dataclass(frozen=True, slots=True)
class MemberRow(KeyedRow):
    """One row of the file of members."""

    number: str
    name: str
    email: str | None


def _add_member(session: Session, row: MemberRow, _order: ImportOrder) -> None:
    check_member(row.number, row.name)
    session.add(Member(number=row.number, name=row.name, email=row.email))


def _take(intake: Intake[MemberRow, Member]) -> None:
    """An old file brings nobody back who was erased; a number given to somebody new is added on the page."""
    for number, said in erased_numbers(intake.session, [row.number for row in intake.new]).items():
        intake.tell(intake.rows[number], MemberErased(said, field="number"))
    _ONE_BY_ONE(intake)


def _change_member(session: Session, member: Member, row: MemberRow, _order: ImportOrder) -> None:
    change_member(session, member, facts=MemberFacts(row.name, row.email))


def _members(session: Session, order: ExportOrder) -> Iterable[Member]:
    """The members posted at or under the path, in the month if one is given; all members without either."""
    asked = select(Member).order_by(Member.number)
    if order.path is not None or order.month is not None:
        asked = asked.where(Member.id.in_(posted(order).with_only_columns(Posting.member_id)))
    return session.scalars(asked)


_ONE_BY_ONE = one_by_one(add=_add_member, change=_change_member)

MEMBERS = Keyed(
    shape=Shape(
        "members",
        (
            Column("number", code, hint="the member's force number"),
            Column("name", text(200), hint="the member's name"),
            Column("email", email, is_required=False),
        ),
    ),
    row=MemberRow,
    known_by=("number",),
    kept=("email",),
    load=lambda session, rows: members_numbered(session, [row.number for row in rows]).values(),
    differs=lambda was, row: f"{was.number} is recorded with another name or email",
    take=_take,
    records=_members,
)
