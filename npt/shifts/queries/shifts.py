"""Shifts and the time away in them, as a person sees them, and one of each through its place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, OpenEnd, Reason, Shift
from npt.shifts.rules import AwayTime, ReasonKind
from npt.store.batches import batches

#: What `shift_line` needs to know of a shift.
SHIFT_COLUMNS = (
    Shift.id,
    Shift.member_id,
    Shift.role,
    Shift.on_date,
    Shift.starts_at,
    Shift.ends_at,
    Shift.is_team_named,
    Shift.version,
)


#: Time away, its shift joined, against the ends that are open.
HAS_OPEN_END = and_(OpenEnd.member_id == Shift.member_id, OpenEnd.starts_at == Away.starts_at)


@dataclass(frozen=True, slots=True)
class GridAway:
    """Time away in a shift of the grid."""

    id: int
    interval: Interval
    reason_id: int
    reason_code: str
    reason_name: str
    kind: ReasonKind
    note: str | None
    version: int
    #: its end was not known when it was recorded; see `npt.shifts.rules.is_running`
    is_end_open: bool = False

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return self.interval.minutes

    @property
    def away_time(self) -> AwayTime:
        """The same as the rules take it."""
        return AwayTime(self.interval, self.reason_code, self.kind)


@dataclass(frozen=True, slots=True)
class GridShift:
    """A shift of the grid, on the local date on which it starts."""

    id: int
    member_id: int
    role: PolicingRole
    on_date: date
    interval: Interval
    is_team_named: bool
    version: int
    away: tuple[GridAway, ...]

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return self.interval.minutes


@dataclass(frozen=True, slots=True)
class RosteredShift:
    """A shift with its member, to change it."""

    id: int
    number: str
    name: str
    role: PolicingRole
    on_date: date
    interval: Interval
    is_team_named: bool
    version: int

    @property
    def whose(self) -> str:
        """Whose it is, and when."""
        return f"{self.name}, shift {self.interval.in_words}"


def shift_in(session: Session, unit: Unit, shift_id: int) -> RosteredShift | None:
    """The shift of this key if it belongs to `unit` itself; None otherwise."""
    asked = select(*SHIFT_COLUMNS, Member.number, Member.name).join(Member, Member.id == Shift.member_id)
    row = session.execute(asked.where(Shift.id == shift_id, Shift.unit_id == unit.id)).first()
    if row is None:
        return None
    return RosteredShift(
        row.id,
        row.number,
        row.name,
        row.role,
        row.on_date,
        Interval(row.starts_at, row.ends_at),
        row.is_team_named,
        row.version,
    )


_AWAY = (
    select(
        Away.shift_id,
        Away.id,
        Away.starts_at,
        Away.ends_at,
        Reason.id,
        Reason.code,
        Reason.name,
        Reason.kind,
        Away.note,
        Away.version,
        OpenEnd.member_id.is_not(None),
    )
    .join(Reason, Reason.id == Away.reason_id)
    .join(Shift, Shift.id == Away.shift_id)
    .outerjoin(OpenEnd, HAS_OPEN_END)
    .where(Away.shift_id.in_(bindparam("shifts", expanding=True)))
    .order_by(Away.shift_id, Away.starts_at)
)


def away_of(session: Session, shift_ids: Collection[int]) -> dict[int, tuple[GridAway, ...]]:
    """The time away in these shifts, in order; a shift without any is left out."""
    found: dict[int, list[GridAway]] = {}
    for some in batches(sorted(shift_ids)):
        for shift_id, key, starts, ends, *rest in session.execute(_AWAY, {"shifts": some}):
            line = GridAway(key, Interval(starts, ends), *rest)
            found.setdefault(shift_id, []).append(line)
    return {shift_id: tuple(lines) for shift_id, lines in found.items()}


def shift_line(row: Row[*tuple[Any, ...]], away: tuple[GridAway, ...]) -> GridShift:
    """The shift of a row of `SHIFT_COLUMNS`, with the time away in it."""
    return GridShift(
        id=row.id,
        member_id=row.member_id,
        role=row.role,
        on_date=row.on_date,
        interval=Interval(row.starts_at, row.ends_at),
        is_team_named=row.is_team_named,
        version=row.version,
        away=away,
    )
