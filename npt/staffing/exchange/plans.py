"""The files of limits on supervision and of the plan for people who give time, in and out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded, within
from npt.people.rules import PolicingRole
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.sheets.reading import Row
from npt.staffing.actions import MOST_HEADS, change_limit, change_target, set_limit, set_target
from npt.staffing.models import HeadsTarget, RatioLimit
from npt.staffing.rules import HIGHEST_LIMIT, LOWEST_LIMIT
from npt.store.exchange import ExportOrder, ImportOrder, Outcome

LIMITS = Shape(
    "limits",
    (
        Column("unit", code, hint="the code of the force"),
        Column(
            "people",
            decimal(2, LOWEST_LIMIT, HIGHEST_LIMIT),
            hint="the most constables and PCSOs (FTE) to a sergeant",
        ),
        Column("from", day, hint="the first day; it holds until the next limit"),
    ),
)
PLAN = Shape(
    "plan",
    (
        Column("unit", code, hint="the code of the unit that plans"),
        Column("role", choice(PolicingRole), hint="special or volunteer"),
        Column("people", decimal(0, 0, MOST_HEADS), hint="how many there are to be"),
        Column("by", day, hint="the day by which there are to be so many"),
    ),
)


class LimitRow(NamedTuple):
    """One row of the file of limits, typed; `line` is where it stands."""

    line: int
    unit: str
    people: Decimal
    on_date: date

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it this limit."""
        return self.unit, self.on_date


class PlanRow(NamedTuple):
    """One row of the file of the plan, typed; `line` is where it stands."""

    line: int
    unit: str
    role: PolicingRole
    people: Decimal
    on_date: date

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it this target."""
        return self.unit, self.role, self.on_date


class _Row(Protocol):
    """What the two kinds of row have in common: a number of people, known by all else."""

    @property
    def line(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def people(self) -> Decimal: ...
    @property
    def identity(self) -> tuple[object, ...]: ...


R = TypeVar("R", bound=_Row)
#: the columns that the fields of the actions' refusals are called in the file
_COLUMNS = {"unit": "unit", "role": "role", "people": "people", "heads": "people"}
_DAYS = {"starts_on": "from", "due_on": "by"}


def save_limits(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of limits in; see `npt.store.exchange.Import`. A limit is known by force and first day."""
    rows = [
        LimitRow(row.line, *(cast(Any, row.values[name]) for name in LIMITS.names))
        for row in _all(chunks, order)
    ]
    existing = {(limit.unit.code, limit.starts_on): limit for limit in _limits(session, None)}
    return _save(
        session,
        rows,
        {identity: (limit.people, limit) for identity, limit in existing.items()},
        order,
        add=lambda unit, row: set_limit(session, unit=unit, people=row.people, starts_on=row.on_date),
        change=lambda limit, row: change_limit(session, limit, people=row.people),
    )


def save_plan(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of the plan in; see `npt.store.exchange.Import`. Known by unit, role and day."""
    rows = [
        PlanRow(row.line, *(cast(Any, row.values[name]) for name in PLAN.names))
        for row in _all(chunks, order)
    ]
    existing = {(target.unit.code, target.role, target.due_on): target for target in _targets(session, None)}
    return _save(
        session,
        rows,
        {identity: (Decimal(target.heads), target) for identity, target in existing.items()},
        order,
        add=lambda unit, row: set_target(
            session, unit=unit, role=row.role, due_on=row.on_date, heads=int(row.people)
        ),
        change=lambda target, row: change_target(session, target, heads=int(row.people)),
    )


def _all(chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Iterator[Row]:
    for chunk in chunks:
        yield from chunk
        order.progress(len(chunk))


def _save(
    session: Session,
    rows: Sequence[R],
    existing: dict[Any, tuple[Decimal, Any]],
    order: ImportOrder,
    *,
    add: Callable[[Unit, R], object],
    change: Callable[[Any, R], object],
) -> Outcome:
    """Take rows in that say a number of people and are known by the rest."""
    outcome = Outcome()
    units = units_coded(session, {row.unit for row in rows})
    first: dict[tuple[object, ...], R] = {}
    for row in rows:
        earlier = first.setdefault(row.identity, row)
        known = existing.get(row.identity)
        if row.unit not in units:
            outcome.refuse(
                row.line, "unit", f"There is no unit {row.unit}: correct the code, or add the unit."
            )
        elif earlier is not row and earlier.people != row.people:
            outcome.refuse(
                row.line,
                "people",
                f"Line {earlier.line} says another number for the same day: keep one of the two.",
            )
        elif earlier is not row or (known is not None and known[0] == row.people):
            outcome.unchanged += 1
        elif known is not None and not order.may_update:
            outcome.refuse(
                row.line,
                "people",
                f"{known[0].normalize():f} are recorded for that day: correct the row,"
                " or import with --update.",
            )
        else:
            _take(units[row.unit], row, known, outcome, add, change)
    return outcome


def _take(
    unit: Unit,
    row: R,
    known: tuple[Decimal, Any] | None,
    outcome: Outcome,
    add: Callable[[Unit, R], object],
    change: Callable[[Any, R], object],
) -> None:
    try:
        if known is None:
            add(unit, row)
            outcome.added += 1
        else:
            change(known[1], row)
            outcome.changed += 1
    except Refusal as refusal:
        columns = {**_COLUMNS, **_DAYS}
        outcome.refuse(row.line, columns.get(refusal.field or ""), refusal.message)


def _limits(session: Session, path: str | None) -> list[RatioLimit]:
    asked = select(RatioLimit).join(RatioLimit.unit).options(contains_eager(RatioLimit.unit))
    if path is not None:
        asked = asked.where(within(path))
    return list(session.scalars(asked.order_by(Unit.path, RatioLimit.starts_on)))


def _targets(session: Session, path: str | None) -> list[HeadsTarget]:
    asked = select(HeadsTarget).join(HeadsTarget.unit).options(contains_eager(HeadsTarget.unit))
    if path is not None:
        asked = asked.where(within(path))
    return list(session.scalars(asked.order_by(Unit.path, HeadsTarget.role, HeadsTarget.due_on)))


def limit_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The limits of forces at and under the path; a month does not narrow them."""
    for limit in _limits(session, order.path):
        yield limit.unit.code, limit.people, limit.starts_on


def plan_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The targets at and under the path, those of the month if one is given."""
    for target in _targets(session, order.path):
        if order.month is None or order.month.first <= target.due_on <= order.month.last:
            yield target.unit.code, target.role.value, target.heads, target.due_on
