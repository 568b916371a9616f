"""What the neighbourhoods of a unit lost by abstraction, by kind, and each loss."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from npt.kit.paging import FIRST_PAGE, Page
from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds, within
from npt.people.models import Member
from npt.shifts.models import Away, Loss, Reason, Shift
from npt.shifts.rules import LossKind, ReasonKind
from npt.store.exchange import ExportOrder


@dataclass(frozen=True, slots=True)
class LossRecord:
    """A loss with the time away that it was the price of."""

    kind: LossKind
    words: str | None
    unit_code: str
    on_date: date
    number: str
    name: str
    reason_name: str


@dataclass(frozen=True, slots=True)
class LossesPage:
    """One page of the losses of a unit's days; `counts` are of all of them."""

    counts: Mapping[LossKind, int]
    records: tuple[LossRecord, ...]
    total: int


def loss_counts(session: Session, path: str, first: date, last: date) -> dict[LossKind, int]:
    """How many of each kind were lost by time away in shifts from `first` to `last`; kinds without are 0.

    Of the unit at `path` and all under it. One statement.
    """
    counts = dict.fromkeys(LossKind, 0)
    for kind, count in session.execute(_COUNTED, {**path_bounds(path), "first": first, "last": last}):
        counts[kind] = int(count)
    return counts


def losses_page(
    session: Session,
    path: str,
    first: date,
    last: date,
    *,
    kind: LossKind | None = None,
    page: Page = FIRST_PAGE,
) -> LossesPage:
    """The losses by time away in shifts from `first` to `last`, of the unit at `path` and all under it.

    Narrowed to a kind; in the order of days, times and numbers. A page beyond the last is empty.
    """
    counts = loss_counts(session, path, first, last)
    asked = (
        _recorded(
            select(
                Loss.kind,
                Loss.words,
                Unit.code,
                Shift.on_date,
                Member.number,
                Member.name,
                Reason.name,
            )
        )
        .join(Member, Member.id == Loss.member_id)
        .where(within(path), Shift.on_date.between(first, last))
        .order_by(Shift.on_date, Loss.starts_at, Member.number, Loss.id)
    )
    if kind is not None:
        asked = asked.where(Loss.kind == kind)
    rows = session.execute(asked.limit(page.size).offset(page.offset))
    return LossesPage(
        counts=counts,
        records=tuple(LossRecord(*row) for row in rows),
        total=sum(counts.values()) if kind is None else counts[kind],
    )


def losses_asked(order: ExportOrder) -> Select[*tuple[Any, ...]]:
    """The losses by time away in the shifts of the order: the time away, what was lost and in which words."""
    time_away = (Unit.code, Member.number, Away.starts_at, Away.ends_at, Reason.code)
    asked = (
        _recorded(select(*time_away, Loss.kind, Loss.words))
        .join(Member, Member.id == Loss.member_id)
        .order_by(Member.number, Loss.starts_at, Loss.id)
    )
    return in_shifts_of(asked, order)


def in_shifts_of(asked: Select[*tuple[Any, ...]], order: ExportOrder) -> Select[*tuple[Any, ...]]:
    """What is asked, narrowed to the unit and the month of the order; shift and unit are joined."""
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Shift.on_date.between(order.month.first, order.month.last))
    return asked


def _recorded(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Losses of abstractions that are recorded: from the unit's shifts, so that a month stays a range.

    Where an absence was recorded in the place of an abstraction, nobody reads of it here.
    """
    return (
        asked.select_from(Shift)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Away, Away.shift_id == Shift.id)
        .join(Reason, and_(Reason.id == Away.reason_id, Reason.kind == ReasonKind.ABSTRACTION))
        .join(Loss, and_(Loss.member_id == Shift.member_id, Loss.starts_at == Away.starts_at))
    )


#: Put together once: every month page asks it.
_COUNTED = (
    _recorded(select(Loss.kind, func.count()))
    .where(
        bound_within(), Shift.on_date.between(bindparam("first", type_=Date), bindparam("last", type_=Date))
    )
    .group_by(Loss.kind)
)
