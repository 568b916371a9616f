"""The records behind a figure: time away, as far as it counts under a definition."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from npt.counting.queries.definitions import DatedDefinition
from npt.kit.paging import FIRST_PAGE, Page
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.queries.records import RECORD_COLUMNS, AwayRecord, record_of, with_its_shift
from npt.shifts.rules import ReasonKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """One page of a list of records; `total` and `minutes` are of the whole list."""

    records: tuple[AwayRecord, ...]
    total: int
    minutes: int
    page: Page


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
    member_id: int | None = None,
    page: Page = FIRST_PAGE,
) -> RecordsPage:
    """The time away, at the unit at `path` and under it, in shifts that start from `first` to `last`.

    Narrowed to some roles, a reason (by code), a kind, one member, and to what counts under a definition: the
    minutes are then those that a rate under it has as its numerator. In the order of days, times and numbers.
    A page beyond the last is empty. Two statements.
    """
    asked = [within(path), Shift.on_date.between(first, last)]
    if roles is not None:
        asked.append(Shift.role.in_(roles))
    if reason is not None:
        asked.append(Reason.code == reason)
    if member_id is not None:
        asked.append(Shift.member_id == member_id)
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
        .limit(page.size)
        .offset(page.offset)
    )
    return RecordsPage(tuple(record_of(row) for row in rows), int(total), int(minutes), page)


def counting_parts(
    definition: DatedDefinition, first: date, last: date
) -> list[tuple[date, date, list[str]]]:
    """The parts of `first` to `last` in which the definition counts alike: first and last day, and codes."""
    stands = definition.stands(first, last)
    ends = [*(day - _DAY for day, _counting in stands[1:]), last]
    return [(begins, until, sorted(counting)) for (begins, counting), until in zip(stands, ends, strict=True)]


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
