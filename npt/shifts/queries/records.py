"""Time away as lists show it: with its shift, member, unit and reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, OpenEnd, Reason, Shift
from npt.shifts.queries.shifts import HAS_OPEN_END
from npt.shifts.rules import ReasonKind


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
    def whose(self) -> str:
        """Whose it is, and in which shift."""
        return f"{self.name}, shift {self.shift.in_words}"

    @property
    def minutes(self) -> int:
        """The length of the time away, in whole minutes."""
        return self.interval.minutes


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
