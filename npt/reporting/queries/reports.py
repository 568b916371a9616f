"""What members report of themselves: what waits for an answer, what was answered, what is running."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from npt.accounts.models import Account
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.organisation.queries import path_bounds
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.reporting.models import Report
from npt.reporting.rules import ReportState
from npt.shifts.models import Away, OpenEnd, Reason, Shift
from npt.shifts.queries.records import AwayRecord, away_records
from npt.shifts.queries.shifts import SHIFT_COLUMNS, GridShift, away_of, shift_line
from npt.shifts.rules import AwayTime, LossKind, ReasonKind, this_minute

#: How long after its end a member may still report of a shift.
REPORTED_AFTER = timedelta(hours=12)
#: Answered reports that a member sees of their own.
ANSWERED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A member's report of their own abstraction, and the shift that it is about."""

    id: int
    member_id: int
    number: str
    name: str
    role: PolicingRole
    unit_id: int
    unit_code: str
    unit_name: str
    on_date: date
    shift_id: int
    shift: Interval
    starts: datetime
    #: None: not known yet
    ends: datetime | None
    reason_code: str
    reason_name: str
    note: str | None
    lost: LossKind | None
    lost_words: str | None
    reported_at: datetime
    state: ReportState
    version: int

    @property
    def interval(self) -> Interval:
        """What would be recorded of it: to the end of the shift where the end is not known."""
        return Interval(self.starts, self.ends or max(self.shift.ends, self.starts + timedelta(minutes=1)))

    @property
    def away_time(self) -> AwayTime:
        """The same as the rules take it."""
        return AwayTime(self.interval, self.reason_code, ReasonKind.ABSTRACTION)


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as the member who made it sees it."""

    id: int
    starts: datetime
    ends: datetime | None
    reason_name: str
    note: str | None
    lost: LossKind | None
    lost_words: str | None
    reported_at: datetime
    state: ReportState
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None
    version: int
    #: None where no shift of the member stands at that time any more
    shift: Interval | None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state is ReportState.WAITING

    def is_running(self, now: datetime) -> bool:
        """Whether it waits, and the member can say that they are back."""
        return (
            self.is_waiting
            and self.ends is None
            and self.shift is not None
            and self.starts < this_minute(now) < self.shift.ends
        )

    @property
    def is_stranded(self) -> bool:
        """Whether nobody can answer it: it waits, and its shift was taken out of the roster."""
        return self.is_waiting and self.shift is None


@dataclass(frozen=True, slots=True)
class OwnShift:
    """The shift that a member can report of, and the unit that it counts for."""

    shift: GridShift
    unit: Unit


def own_shift(session: Session, member_id: int, now: datetime) -> OwnShift | None:
    """The member's shift at this moment; else the last that ended, up to twelve hours ago; else None."""
    minute = this_minute(now)
    asked = (
        select(*SHIFT_COLUMNS, Unit)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(
            Shift.member_id == member_id,
            Shift.starts_at <= minute,
            Shift.ends_at > minute - REPORTED_AFTER,
        )
        .order_by(Shift.starts_at.desc())
        .limit(1)
    )
    row = session.execute(asked).first()
    if row is None:
        return None
    return OwnShift(shift_line(row, away_of(session, [row.id]).get(row.id, ())), row.Unit)


def next_shift(session: Session, member_id: int, now: datetime) -> Interval | None:
    """The member's next shift that has not begun."""
    row = session.execute(
        select(Shift.starts_at, Shift.ends_at)
        .where(Shift.member_id == member_id, Shift.starts_at > this_minute(now))
        .order_by(Shift.starts_at)
        .limit(1)
    ).first()
    return None if row is None else Interval(row.starts_at, row.ends_at)


def waiting_reports(session: Session, path: str) -> tuple[ReportLine, ...]:
    """The reports that wait for an answer, of shifts at the unit at `path` and under it; the oldest first."""
    return tuple(_report(row) for row in session.execute(_waiting(), path_bounds(path)))


@cache
def _waiting() -> Select[*tuple[Any, ...]]:
    # Not by the index of paths: SQLite would begin with every shift that the units ever had, and look for its
    # reports, where the reports that wait are few.
    path = Unit.path.concat("")
    asked = _reports().where(
        Report.state == ReportState.WAITING, path >= bindparam("lower"), path < bindparam("upper")
    )
    return asked.order_by(Report.starts_at, Member.number, Report.id)


def waiting_in(session: Session, shift_id: int) -> tuple[ReportLine, ...]:
    """The reports that wait for an answer, of one shift."""
    asked = _reports().where(Report.state == ReportState.WAITING, Shift.id == shift_id)
    return tuple(_report(row) for row in session.execute(asked.order_by(Report.starts_at)))


def report_in(session: Session, unit: Unit, report_id: int) -> ReportLine | None:
    """The report of this key, answered or not, if its shift belongs to `unit` itself; None otherwise."""
    row = session.execute(_reports().where(Report.id == report_id, Shift.unit_id == unit.id)).first()
    return None if row is None else _report(row)


def unanswered_days(session: Session) -> frozenset[tuple[int, date]]:
    """Every day of a unit, by its key, of which a report waits for an answer."""
    asked = select(Shift.unit_id, Shift.on_date).join(Report, _OF_SHIFT)
    rows = session.execute(asked.where(Report.state == ReportState.WAITING).distinct())
    return frozenset((unit_id, on_date) for unit_id, on_date in rows)


def own_reports(session: Session, member_id: int) -> tuple[OwnReport, ...]:
    """The member's reports, latest first: all that wait, and the latest answered."""
    answerer = aliased(Account)
    asked = (
        select(
            Report.id,
            Report.starts_at,
            Report.ends_at,
            Reason.name,
            Report.note,
            Report.lost,
            Report.lost_words,
            Report.reported_at,
            Report.state,
            answerer.name,
            Report.answered_at,
            Report.answer,
            Report.version,
            Shift.starts_at,
            Shift.ends_at,
        )
        .join(Reason, Reason.id == Report.reason_id)
        .outerjoin(answerer, answerer.id == Report.answered_by)
        .outerjoin(Shift, _OF_SHIFT)
        .where(Report.member_id == member_id)
        .order_by((Report.state == ReportState.WAITING).desc(), Report.id.desc())
        .limit(ANSWERED_SHOWN)
    )
    return tuple(_own_report(row) for row in session.execute(asked))


def own_running(session: Session, member_id: int, now: datetime) -> tuple[AwayRecord, ...]:
    """The member's abstractions that go on at this moment and have no end yet."""
    return away_records(session, Shift.member_id == member_id, *_running(now))


def own_away(session: Session, member_id: int, away_id: int) -> AwayRecord | None:
    """The time away of this key if it is the member's own; None otherwise."""
    found = away_records(session, Away.id == away_id, Shift.member_id == member_id)
    return found[0] if found else None


def running_on(session: Session, unit_id: int, day: date, now: datetime) -> tuple[AwayRecord, ...]:
    """The abstractions of a unit's day that go on at this moment and have no end yet."""
    return away_records(session, Shift.unit_id == unit_id, Shift.on_date == day, *_running(now))


def _running(now: datetime) -> list[Any]:
    """The conditions of `npt.shifts.rules.is_running`, for an abstraction with its shift and open end."""
    minute = this_minute(now)
    return [
        Reason.kind == ReasonKind.ABSTRACTION,
        OpenEnd.member_id.is_not(None),
        Away.ends_at == Shift.ends_at,
        Away.starts_at <= minute,
        Away.ends_at > minute,
    ]


#: A report against the shift that it is about: the one of the member that covers its start.
_OF_SHIFT = and_(
    Shift.member_id == Report.member_id,
    Shift.starts_at <= Report.starts_at,
    Shift.ends_at > Report.starts_at,
)


def _reports() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Report.id,
            Report.member_id,
            Member.number,
            Member.name,
            Shift.role,
            Shift.unit_id,
            Unit.code,
            Unit.name,
            Shift.on_date,
            Shift.id,
            Shift.starts_at,
            Shift.ends_at,
            Report.starts_at,
            Report.ends_at,
            Reason.code,
            Reason.name,
            Report.note,
            Report.lost,
            Report.lost_words,
            Report.reported_at,
            Report.state,
            Report.version,
        )
        .join(Shift, _OF_SHIFT)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Member, Member.id == Report.member_id)
        .join(Reason, Reason.id == Report.reason_id)
    )


def _report(row: Row[*tuple[Any, ...]]) -> ReportLine:
    values: list[Any] = list(row)
    values[10:12] = [Interval(values[10], values[11])]
    return ReportLine(*values)


def _own_report(row: Row[*tuple[Any, ...]]) -> OwnReport:
    values: list[Any] = list(row)
    values[13:15] = [None if values[13] is None else Interval(values[13], values[14])]
    return OwnReport(*values)
