"""The records behind a figure, and the days that nobody has confirmed yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import Session

from npt.duty.models import Away, Confirmation, OpenEnd, Reason, Shift
from npt.duty.queries.reasons import DatedDefinition
from npt.duty.queries.shifts import HAS_OPEN_END
from npt.duty.rules import ReasonKind
from npt.kit.intervals import Interval
from npt.kit.paging import Paged
from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds, within
from npt.people.models import Member
from npt.people.rules import PolicingRole

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AwayRecord:
    """Time away with all that a list says of it. `shift` is the interval of the shift it lies in."""

    id: int
    shift_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    member_id: int
    number: str
    name: str
    role: PolicingRole
    on_date: date
    shift: Interval
    interval: Interval
    reason_code: str
    reason_name: str
    kind: ReasonKind
    note: str | None
    version: int
    is_end_open: bool

    @property
    def minutes(self) -> int:
        """The length of the time away, in whole minutes."""
        return self.interval.minutes


@dataclass(frozen=True, slots=True)
class RecordsPage(Paged):
    """One page of a list of records; `total` and `minutes` are of the whole list. Pages count from 1."""

    records: tuple[AwayRecord, ...]
    total: int
    minutes: int
    page: int
    page_size: int


@dataclass(frozen=True, slots=True)
class UnconfirmedDay:
    """A day on which a unit had shifts and which no supervisor has confirmed."""

    unit_id: int
    unit_code: str
    unit_name: str
    on_date: date
    shifts: int


def records_behind(
    session: Session,
    path: str,
    first: date,
    last: date,
    *,
    roles: Collection[PolicingRole] | None = None,
    reason: str | None = None,
    kind: ReasonKind | None = None,
    counted_under: DatedDefinition | None = None,
    page: int = 1,
    page_size: int = 50,
) -> RecordsPage:
    """The time away, at the unit at `path` and under it, in shifts that start from `first` to `last`.

    Narrowed to some roles, a reason (by code), a kind, and to what counts under a definition: the minutes are
    then those that a rate under it has as its numerator. In the order of days, times and numbers. A page
    beyond the last is empty. Two statements.
    """
    asked = [within(path), Shift.on_date.between(first, last)]
    if roles is not None:
        asked.append(Shift.role.in_(roles))
    if reason is not None:
        asked.append(Reason.code == reason)
    if kind is not None:
        asked.append(Reason.kind == kind)
    if counted_under is not None:
        asked.append(counts_under(counted_under, first, last))
    totals = with_its_shift(select(func.count(), func.coalesce(func.sum(Away.minutes), 0)).select_from(Away))
    total, minutes = session.execute(totals.where(*asked)).one()
    rows = session.execute(
        with_its_shift(select(*RECORD_COLUMNS).select_from(Away))
        .join(Member, Member.id == Shift.member_id)
        .where(*asked)
        .order_by(Shift.on_date, Away.starts_at, Member.number, Away.id)
        .limit(page_size)
        .offset((max(page, 1) - 1) * page_size)
    )
    return RecordsPage(
        tuple(record_of(row) for row in rows), int(total), int(minutes), max(page, 1), page_size
    )


def away_in(session: Session, unit: Unit, away_id: int) -> AwayRecord | None:
    """The time away of this key if its shift belongs to `unit` itself; None otherwise."""
    asked = with_its_shift(select(*RECORD_COLUMNS).select_from(Away)).join(
        Member, Member.id == Shift.member_id
    )
    row = session.execute(asked.where(Away.id == away_id, Shift.unit_id == unit.id)).first()
    return None if row is None else record_of(row)


def away_records(session: Session, *conditions: ColumnElement[bool]) -> tuple[AwayRecord, ...]:
    """The time away that meets conditions on its shift, reason or open end; in the order of starts."""
    asked = with_its_shift(select(*RECORD_COLUMNS).select_from(Away)).join(
        Member, Member.id == Shift.member_id
    )
    rows = session.execute(asked.where(*conditions).order_by(Away.starts_at, Member.number))
    return tuple(record_of(row) for row in rows)


def unconfirmed_days(
    session: Session, path: str, first: date, last: date, *, limit: int | None = None
) -> list[UnconfirmedDay]:
    """The days from `first` to `last` with shifts and no confirmation, at `path` and under it.

    The oldest first, then by unit; the first `limit` of them, or all.
    """
    asked = _UNCONFIRMED if limit is None else _UNCONFIRMED.limit(limit)
    days = {"first": first, "last": last}
    return [UnconfirmedDay(*row) for row in session.execute(asked, path_bounds(path) | days)]


_UNCONFIRMED = (
    select(Unit.id, Unit.code, Unit.name, Shift.on_date, func.count())
    .join(Shift, Shift.unit_id == Unit.id)
    .outerjoin(
        Confirmation, and_(Confirmation.unit_id == Shift.unit_id, Confirmation.on_date == Shift.on_date)
    )
    .where(
        bound_within(),
        Shift.on_date.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        Confirmation.id.is_(None),
    )
    .group_by(Unit.id, Unit.path, Unit.code, Unit.name, Shift.on_date)
    .order_by(Shift.on_date, Unit.path)
)


#: What `record_of` needs to know of time away; its member joined.
RECORD_COLUMNS = (
    Away.id,
    Away.shift_id,
    Shift.unit_id,
    Unit.code,
    Unit.name,
    Shift.member_id,
    Member.number,
    Member.name,
    Shift.role,
    Shift.on_date,
    Shift.starts_at,
    Shift.ends_at,
    Away.starts_at,
    Away.ends_at,
    Reason.code,
    Reason.name,
    Reason.kind,
    Away.note,
    Away.version,
    OpenEnd.member_id.is_not(None),
)


def with_its_shift(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Time away with its shift, its open end if it has one, its unit and its reason."""
    return (
        asked.join(Shift, Shift.id == Away.shift_id)
        .outerjoin(OpenEnd, HAS_OPEN_END)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Reason, Reason.id == Away.reason_id)
    )


def record_of(row: Sequence[Any]) -> AwayRecord:
    """The record of a row of `RECORD_COLUMNS`: the two pairs of instants become intervals."""
    values: list[Any] = list(row)
    values[10:14] = [Interval(values[10], values[11]), Interval(values[12], values[13])]
    return AwayRecord(*values)


def counting_parts(
    definition: DatedDefinition, first: date, last: date
) -> list[tuple[date, date, list[str]]]:
    """The parts of `first` to `last` in which the definition counts alike: first and last day, and codes."""
    beginnings = [first, *(day for day in definition.changes if first < day <= last)]
    ends = [*(day - _DAY for day in beginnings[1:]), last]
    return [
        (begins, until, sorted(definition.on(begins).counting_reasons))
        for begins, until in zip(beginnings, ends, strict=True)
    ]


def counts_under(definition: DatedDefinition, first: date, last: date) -> ColumnElement[bool]:
    """The condition that time away counts under the definition as it stood on the day of the shift."""
    parts: list[ColumnElement[bool]] = []
    for begins, until, counting in counting_parts(definition, first, last):
        parts.append(
            and_(
                Shift.on_date.between(begins, until),
                or_(
                    and_(Reason.kind == ReasonKind.ABSTRACTION, Reason.code.in_(counting)),
                    Reason.kind == ReasonKind.ABSENCE if definition.puts_absence_back else false(),
                ),
            )
        )
    return or_(*parts)
