"""The file of establishments, in and out, and staffing as scripts read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.people.rules import PolicingRole
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.sheets.reading import Row
from npt.staffing.actions import MOST_POSTS, change_establishment, set_establishment
from npt.staffing.models import Establishment
from npt.staffing.queries import establishments_in, establishments_under
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

ESTABLISHMENT = Shape(
    "establishment",
    (
        Column("unit", code, hint="the code of the unit that has the posts"),
        Column("role", choice(PolicingRole), hint="inspector, sergeant, constable, pcso, special, volunteer"),
        Column("posts", decimal(2, 0, MOST_POSTS), hint="the number of funded posts (FTE)"),
        Column("from", day, hint="the first day, like 2008-04-01"),
        Column("to", day, is_required=False, hint="the last day; empty until further notice"),
    ),
)


class EstablishmentRow(NamedTuple):
    """One row of the file, typed; `line` is where it stands."""

    line: int
    unit: str
    role: PolicingRole
    posts: Decimal
    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, row: Row) -> "EstablishmentRow":
        """The row as read by the shape `ESTABLISHMENT`."""
        return cls(row.line, *(cast(Any, row.values[name]) for name in ESTABLISHMENT.names))


#: The reason that a file leaves behind, which has no column for one.
IMPORTED = "Brought in from a file"

_Identity = tuple[str, PolicingRole, date]


def save_establishment(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of establishments in; see `npt.store.exchange.Import`.

    A record is known by unit, role and first day. What the file changes is changed before what it adds, so
    that it may end one establishment and begin the next in any order of its rows.
    """
    rows: list[EstablishmentRow] = []
    for chunk in chunks:
        rows += [EstablishmentRow.of(row) for row in chunk]
        order.progress(len(chunk))
    outcome = Outcome()
    units = units_coded(session, {row.unit for row in rows})
    existing: dict[_Identity, Establishment] = {
        (record.unit.code, record.role, record.starts_on): record
        for record in establishments_in(session, [unit.id for unit in units.values()])
    }
    adding: list[EstablishmentRow] = []
    for row in _told_once(rows, outcome):
        record = existing.get((row.unit, row.role, row.starts_on))
        if row.unit not in units:
            outcome.refuse(
                row.line, "unit", f"There is no unit {row.unit}: correct the code, or add the unit."
            )
        elif record is None:
            adding.append(row)
        elif (record.posts, record.ends_on) == (row.posts, row.ends_on):
            outcome.unchanged += 1
        else:
            _change(session, record, row, order, outcome)
    for row in adding:
        _add(session, units[row.unit], row, order, outcome)
    return outcome


def _told_once(rows: Sequence[EstablishmentRow], outcome: Outcome) -> list[EstablishmentRow]:
    """The rows without those that come twice; two that contradict each other are refused."""
    first: dict[_Identity, EstablishmentRow] = {}
    kept: list[EstablishmentRow] = []
    for row in rows:
        earlier = first.setdefault((row.unit, row.role, row.starts_on), row)
        if earlier is row:
            kept.append(row)
        elif (earlier.posts, earlier.ends_on) == (row.posts, row.ends_on):
            outcome.unchanged += 1
        else:
            outcome.refuse(
                row.line,
                "from",
                f"Line {earlier.line} says something else of the same days: keep one of the two.",
            )
    return kept


def _change(
    session: Session, record: Establishment, row: EstablishmentRow, order: ImportOrder, outcome: Outcome
) -> None:
    if not order.may_update:
        until = record.ends_on.isoformat() if record.ends_on else "further notice"
        outcome.refuse(
            row.line,
            "posts",
            f"{row.unit} is recorded with {record.posts.normalize():f} posts for this role from"
            f" {row.starts_on.isoformat()} until {until}: correct the row, or import with --update.",
        )
        return
    try:
        change_establishment(
            session,
            record,
            posts=row.posts,
            ends_on=row.ends_on,
            stamp=Stamp(order.account_id, order.now),
            reason=IMPORTED,
        )
        outcome.changed += 1
    except Refusal as refusal:
        outcome.refuse(row.line, _COLUMNS.get(refusal.field or ""), refusal.message)


def _add(session: Session, unit: Unit, row: EstablishmentRow, order: ImportOrder, outcome: Outcome) -> None:
    try:
        set_establishment(
            session,
            unit=unit,
            role=row.role,
            posts=row.posts,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            stamp=Stamp(order.account_id, order.now),
            reason=IMPORTED,
        )
        outcome.added += 1
    except Refusal as refusal:
        outcome.refuse(row.line, _COLUMNS.get(refusal.field or ""), refusal.message)


#: the columns that the fields of the actions' refusals are called in the file
_COLUMNS = {"unit": "unit", "posts": "posts", "starts_on": "from", "ends_on": "to"}


def establishment_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The establishments at and under the path, those that hold in the month if one is given."""
    month = None if order.month is None else Span(order.month.first, order.month.last)
    for record in establishments_under(session, order.path):
        if month is None or record.span.overlaps(month):
            yield record.unit.code, record.role.value, record.posts, record.starts_on, record.ends_on
