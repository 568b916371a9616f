"""The file of postings, in and out.

A posting is known by number, team, role, kind and first day; the rest of a row can change one. An empty kind
is substantive; an empty `to` says that the posting has no last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded, within
from npt.people.actions import check_terms, lock_members
from npt.people.models import Member, Posting
from npt.people.queries import members_numbered
from npt.people.rules import DatedPosting, PolicingRole, PostingKind, check_fte
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.sheets.reading import Row
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

POSTINGS = Shape(
    "postings",
    (
        Column("number", code, hint="the member's force number"),
        Column("team", code, hint="the code of the team, or of the area for an inspector"),
        Column("role", choice(PolicingRole), hint="what the member does there"),
        Column("fte", decimal(2, "0.01", "1.00"), hint="the share of full time, like 1.00 or 0.50"),
        Column("kind", choice(PostingKind), is_required=False),
        Column("from", day, hint="the first day, like 2008-04-01"),
        Column("to", day, is_required=False),
    ),
)


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One row of the file, typed, with whom and where it means."""

    line: int
    member: Member
    unit: Unit
    role: PolicingRole
    fte: Decimal
    kind: PostingKind
    span: Span

    @property
    def identity(self) -> tuple[int, int, PolicingRole, PostingKind, date]:
        """What makes two rows, or a row and a record, the same posting."""
        return self.member.id, self.unit.id, self.role, self.kind, self.span.first


@dataclass
class _PostingImport:
    """What is known while a file of postings is taken in."""

    session: Session
    order: ImportOrder
    outcome: Outcome = field(default_factory=Outcome)
    members: dict[str, Member] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def save(self, rows: list[Row]) -> Outcome:
        self.members = members_numbered(self.session, [str(row.values["number"]) for row in rows])
        self.units = units_coded(self.session, [str(row.values["team"]) for row in rows])
        lock_members(self.session, [member.id for member in self.members.values()])
        lock_units(self.session, [unit.id for unit in self.units.values()])
        recorded = _recorded(self.session, [member.id for member in self.members.values()])
        of_member: dict[int, list[PostingRow]] = defaultdict(list)
        lines: dict[tuple[object, ...], int] = {}
        for row in rows:
            typed = self._typed(row)
            if typed is None:
                continue
            if typed.identity in lines:
                self.outcome.refuse(
                    row.line,
                    "from",
                    f"The same posting is on line {lines[typed.identity]} already: keep one of the two rows.",
                )
                continue
            lines[typed.identity] = row.line
            of_member[typed.member.id].append(typed)
        for member_id, wanted in of_member.items():
            self._take(wanted, recorded.get(member_id, {}))
        with refusing(self.session):
            self.session.flush()
        return self.outcome

    def _typed(self, row: Row) -> PostingRow | None:
        """The row with whom and where it means, checked as far as it stands alone; None when refused."""
        cells = cast(dict[str, Any], row.values)
        member, unit = self.members.get(cells["number"]), self.units.get(cells["team"])
        if member is None:
            self.outcome.refuse(
                row.line,
                "number",
                f"There is no member {cells['number']}: correct the number, or import the member first.",
            )
        if unit is None:
            self.outcome.refuse(
                row.line,
                "team",
                f"There is no unit {cells['team']}: correct the code, or import the unit first.",
            )
        if member is None or unit is None:
            return None
        try:
            span = check_terms(unit, cells["role"], cells["from"], cells["to"])
        except Refusal as refusal:
            self.outcome.refuse(row.line, refusal.field, refusal.message)
            return None
        kind = cells["kind"] or PostingKind.SUBSTANTIVE
        return PostingRow(row.line, member, unit, cells["role"], cells["fte"], kind, span)

    def _take(self, wanted: list[PostingRow], recorded: dict[tuple[object, ...], Posting]) -> None:
        """Take the rows of one member, whose recorded postings are given by identity."""
        changing = [
            row
            for row in wanted
            if row.identity in recorded
            and (recorded[row.identity].fte, recorded[row.identity].ends_on) != (row.fte, row.span.last)
        ]
        if changing and not self.order.may_update:
            for row in changing:
                self.outcome.refuse(
                    row.line,
                    "from",
                    f"This posting of {row.member.number} is recorded with"
                    f" {_in_words(recorded[row.identity])}: correct the row, or import with --update to"
                    " change the posting.",
                )
            wanted = [row for row in wanted if row not in changing]
            changing = []
        named = {row.identity for row in wanted}
        untouched = [posting for identity, posting in recorded.items() if identity not in named]
        if not self._fits(wanted, untouched):
            return
        for row in wanted:
            posting = recorded.get(row.identity)
            if posting is None:
                self.session.add(_posting(row))
                self.outcome.added += 1
            elif row in changing:
                posting.fte, posting.ends_on = row.fte, row.span.last
                self.outcome.changed += 1
            else:
                self.outcome.unchanged += 1

    def _fits(self, wanted: list[PostingRow], untouched: list[Posting]) -> bool:
        """Whether the rows, beside the postings they leave alone, keep the member to 1.00 FTE of a kind."""
        try:
            check_fte([*untouched, *wanted])
        except Refusal:
            pass
        else:
            return True
        # One by one in the order of the file, so that each row that goes too far is told.
        fitting: list[DatedPosting] = list(untouched)
        for row in wanted:
            try:
                check_fte([*fitting, row])
            except Refusal as refusal:
                self.outcome.refuse(row.line, refusal.field, refusal.message)
            else:
                fitting.append(row)
        return False


def _recorded(session: Session, member_ids: Sequence[int]) -> dict[int, dict[tuple[object, ...], Posting]]:
    """The postings of these members by member, then by identity."""
    found: dict[int, dict[tuple[object, ...], Posting]] = defaultdict(dict)
    for some in batches(member_ids):
        for posting in session.scalars(select(Posting).where(Posting.member_id.in_(some))):
            identity = (
                posting.member_id,
                posting.unit_id,
                posting.role,
                posting.kind,
                posting.starts_on,
            )
            found[posting.member_id][identity] = posting
    return found


def _posting(row: PostingRow) -> Posting:
    return Posting(
        member_id=row.member.id,
        unit_id=row.unit.id,
        role=row.role,
        fte=row.fte,
        kind=row.kind,
        starts_on=row.span.first,
        ends_on=row.span.last,
    )


def _in_words(posting: Posting) -> str:
    until = f"to {posting.ends_on.isoformat()}" if posting.ends_on else "without a last day"
    return f"FTE {posting.fte} and {until}"


def save_postings(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of postings in; see `npt.store.exchange.Import`.

    The rows of one member are judged together, wherever they stand in the file.
    """
    rows: list[Row] = []
    for chunk in chunks:
        rows += chunk
        order.progress(len(chunk))
    return _PostingImport(session, order).save(rows)


def posting_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The postings at or under the path that hold in the month; all without either."""
    asked = posted(order).join(Posting.member)
    asked = asked.options(contains_eager(Posting.member), contains_eager(Posting.unit))
    for posting in session.scalars(asked.order_by(Member.number, Posting.starts_on, Posting.id)):
        yield (
            posting.member.number,
            posting.unit.code,
            posting.role.value,
            posting.fte,
            posting.kind.value,
            posting.starts_on,
            posting.ends_on,
        )


def posted(order: ExportOrder) -> Select[Posting]:
    """The postings at or under the order's path that hold in its month, with their units joined."""
    asked = select(Posting).join(Posting.unit)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Posting.holding(order.month.first, order.month.last))
    return asked
