"""Operations of a place: those planned there or under it, and those that take from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from npt.kit.paging import Page, Part
from npt.operations.models import Ask, Choice, Operation
from npt.operations.rules import OperationKind, OperationStatus
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.store.loading import loaded_with
from npt.store.paging import paged


@dataclass(frozen=True, slots=True)
class OperationLine:
    """An operation in a list. `chosen` counts members over all its days, `chosen_here` those of the unit
    whose list it is and of those under it.
    """

    id: int
    name: str
    kind: OperationKind
    status: OperationStatus
    unit_code: str
    unit_name: str
    first_on: date
    last_on: date
    starts: time
    ends: time
    #: members asked for on each day
    number: int
    chosen: int
    chosen_here: int

    @property
    def asked(self) -> int:
        """Members asked for over all days."""
        return self.number * ((self.last_on - self.first_on).days + 1)


def operations_of(
    session: Session,
    path: str,
    *,
    today: date,
    is_past: bool,
    limit: int | None = None,
    leaving_out: Collection[OperationStatus] = (),
) -> list[OperationLine]:
    """The operations that concern the unit at `path` or those under it, the first `limit` of them, or all.

    Coming ones (the last day is today or later), the first to come first; or past ones, latest first;
    but for those in a status of `leaving_out`. One statement.
    """
    asked = _operations(path, today, is_past=is_past).where(Operation.status.not_in(leaving_out))
    return [OperationLine(*tuple(row)) for row in session.execute(asked.limit(limit))]


def past_operations(session: Session, path: str, *, today: date, page: Page) -> Part[OperationLine]:
    """One page of the past operations of `operations_of`. Two statements."""
    part = paged(session, _operations(path, today, is_past=True), page)
    return part.of([OperationLine(*tuple(row)) for row in part.rows])


def _operations(path: str, today: date, *, is_past: bool) -> Select[*tuple[Any, ...]]:
    asked = select(func.coalesce(func.sum(Ask.number), 0)).where(Ask.operation_id == Operation.id)
    chosen = select(func.count()).select_from(Choice).where(Choice.operation_id == Operation.id)
    there = select(Unit.id).where(within(path)).correlate(None)
    return (
        select(
            Operation.id,
            Operation.name,
            Operation.kind,
            Operation.status,
            Unit.code,
            Unit.name,
            Operation.first_on,
            Operation.last_on,
            Operation.starts,
            Operation.ends,
            asked.scalar_subquery(),
            chosen.scalar_subquery(),
            chosen.where(Choice.unit_id.in_(there)).scalar_subquery(),
        )
        .join(Unit, Unit.id == Operation.unit_id)
        .where(
            _concerns(path),
            Operation.last_on < today if is_past else Operation.last_on >= today,
        )
        .order_by(
            *((Operation.last_on.desc(), Operation.id.desc()) if is_past else ()),
            Operation.first_on,
            Operation.starts,
            Operation.id,
        )
    )


def operations_at(session: Session, path: str) -> list[Operation]:
    """Every operation that concerns the unit at `path` or those under it, latest first. One statement."""
    asked = select(Operation).join(Unit, Unit.id == Operation.unit_id).where(_concerns(path))
    return list(session.scalars(asked.order_by(Operation.first_on.desc(), Operation.id.desc())))


def operation_in(session: Session, path: str, operation_id: int) -> Operation | None:
    """The operation of this key if it concerns the unit at `path` or those under it; None otherwise.

    The unit, the reason and what is asked are loaded. Two statements.
    """
    return _loaded(session, operation_id, _concerns(path))


def operation_planned_in(session: Session, path: str, operation_id: int) -> Operation | None:
    """The operation of this key if it is planned by the unit at `path` or one under it; loaded as above."""
    return _loaded(session, operation_id, within(path))


def _loaded(session: Session, operation_id: int, condition: ColumnElement[bool]) -> Operation | None:
    return session.scalar(
        loaded_with(Operation, Operation.unit)
        .where(Operation.id == operation_id, condition)
        .options(joinedload(Operation.reason), selectinload(Operation.asks).joinedload(Ask.unit))
        .execution_options(populate_existing=True)
    )


def _concerns(path: str) -> ColumnElement[bool]:
    """The condition that an operation, joined with its unit, is planned at `path` or under it, or takes from
    there."""
    there = select(Unit.id).where(within(path)).correlate(None)
    return or_(
        within(path),
        Operation.id.in_(select(Ask.operation_id).where(Ask.unit_id.in_(there))),
        Operation.id.in_(select(Choice.operation_id).where(Choice.unit_id.in_(there))),
    )
