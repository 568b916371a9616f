"""The file of postings, in and out.

A posting is known by number, team, role, kind and first day, and the rest of a row can change one; an empty
kind is substantive, and an empty `to` says that the posting has no last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.actions import check_terms, lock_members
from npt.people.exchange.lookups import MEMBERS_NUMBERED
from npt.people.models import Member, Posting
from npt.people.rules import DatedPosting, PolicingRole, PostingKind, check_fte
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.store.batches import found_by
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow
from npt.store.loading import loaded_with


@dataclass(frozen=True, slots=True)
class PostingRow(KeyedRow):
    """One row of the file of postings."""

    member: Member
    unit: Unit
    role: PolicingRole
    fte: Decimal
    kind: PostingKind
    starts_on: date
    ends_on: date | None

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.starts_on, self.ends_on)


def _load_postings(session: Session, rows: Sequence[PostingRow]) -> Iterable[Posting]:
    """All postings of the members: those that the file leaves alone count towards full time as well."""
    member_ids = {row.member.id for row in rows}
    lock_members(session, member_ids)
    lock_units(session, {row.unit.id for row in rows})
    return found_by(session, loaded_with(Posting, Posting.unit), Posting.member_id, member_ids)


def _posting_differs(was: PostingRow, _row: PostingRow) -> str:
    until = f"to {was.ends_on.isoformat()}" if was.ends_on else "without a last day"
    return f"This posting of {was.member.number} is recorded with FTE {was.fte} and {until}"


def _take_postings(intake: Intake[PostingRow, Posting]) -> None:
    """The rows of one member are judged together, wherever they stand in the file."""
    wanted: dict[Member, list[PostingRow]] = defaultdict(list)
    for row in intake.standing:
        with intake.telling(row):
            check_terms(row.unit, row.role, row.kind, row.starts_on, row.ends_on)
            wanted[row.member].append(row)
    untouched: dict[Member, list[Posting]] = defaultdict(list)
    for key, posting in intake.records.items():
        if key not in intake.rows or intake.is_refused(intake.rows[key]):
            untouched[posting.member].append(posting)
    for member, theirs in wanted.items():
        _check_full_time(intake, theirs, untouched[member])
    for row, posting in intake.changing:
        if not intake.is_refused(row):
            posting.fte, posting.ends_on = row.fte, row.ends_on
    for row in intake.new:
        if not intake.is_refused(row):
            intake.session.add(
                Posting(
                    member_id=row.member.id,
                    unit_id=row.unit.id,
                    role=row.role,
                    fte=row.fte,
                    kind=row.kind,
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                )
            )


def _check_full_time(
    intake: Intake[PostingRow, Posting], rows: Sequence[PostingRow], untouched: Sequence[Posting]
) -> None:
    """Refuse the rows that, beside the postings they leave alone, take the member past 1.00 FTE of a kind."""
    try:
        check_fte([*untouched, *rows])
    except Refusal:
        # One by one in the order of the file, so that each row that goes too far is told.
        fitting: list[DatedPosting] = list(untouched)
        for row in rows:
            with intake.telling(row):
                check_fte([*fitting, row])
                fitting.append(row)


def posted(order: ExportOrder) -> Select[Posting]:
    """The postings at or under the order's path that hold in its month, with their units joined."""
    asked = select(Posting).join(Posting.unit)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Posting.holding(order.month.first, order.month.last))
    return asked


def _postings(session: Session, order: ExportOrder) -> Iterable[Posting]:
    asked = posted(order).join(Posting.member)
    asked = asked.options(contains_eager(Posting.member), contains_eager(Posting.unit))
    return session.scalars(asked.order_by(Member.number, Posting.starts_on, Posting.id))


POSTINGS = Keyed(
    shape=Shape(
        "postings",
        (
            Column("number", code, hint="the member's force number"),
            Column("team", code, hint="the code of the team, or of the area for an inspector"),
            Column("role", choice(PolicingRole), hint="what the member does there"),
            Column("fte", decimal(2, "0.01", "1.00"), hint="the share of full time, like 1.00 or 0.50"),
            Column("kind", choice(PostingKind), is_required=False, empty=PostingKind.SUBSTANTIVE),
            Column("from", day, hint="the first day, like 2008-04-01"),
            Column("to", day, is_required=False),
        ),
    ),
    row=PostingRow,
    known_by=("member", "unit", "role", "kind", "starts_on"),
    names={"number": MEMBERS_NUMBERED, "team": UNITS_CODED},
    load=_load_postings,
    differs=_posting_differs,
    take=_take_postings,
    records=_postings,
)
