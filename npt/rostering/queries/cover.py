"""Minimum cover: what units want on duty, who is there, and where that is too few."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.spans import Span, earlier_last
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.rostering.models import CoverRule
from npt.rostering.rules import CoverPart, CoverRole, Days, Minimum, cover_parts, without
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.rules import ReasonKind
from npt.store.dated import lasting

_DAY = timedelta(days=1)
_ROLES = list(CoverRole)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A minimum with the unit that wants it."""

    id: int
    version: int
    unit_id: int
    unit_code: str
    unit_name: str
    unit_path: str
    #: its span ends with the unit's own last day, where that comes first
    minimum: Minimum


@dataclass(frozen=True, slots=True)
class AwayFor:
    """Time away in a shift, and of which kind; never why."""

    interval: Interval
    kind: ReasonKind


@dataclass(frozen=True, slots=True)
class Presence:
    """A shift, and the time away in it."""

    shift_id: int
    member: str
    number: str
    role: PolicingRole
    on_date: date
    unit_code: str
    unit_name: str
    unit_path: str
    shift: Interval
    away: tuple[AwayFor, ...]

    @property
    def there(self) -> tuple[Interval, ...]:
        """When the member is on duty for the neighbourhood: the shift without any time away."""
        return without(self.shift, [each.interval for each in self.away])


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a band through which too few are there."""

    line: CoverLine
    #: the day on which the band begins
    day: date
    interval: Interval
    count: int


@dataclass(frozen=True)  # without slots: what is worked out is kept
class Cover:
    """Every minimum asked for on some days, with who is there."""

    lines: tuple[CoverLine, ...]
    days: Days
    presences: Sequence[Presence]

    @cached_property
    def bands(self) -> Mapping[tuple[int, date], tuple[CoverPart, ...]]:
        """The parts of each band, by the key of its rule and the day on which it begins."""
        return {
            (line.id, day): cover_parts(
                band, [there for presence in self.behind(line, band) for there in presence.there]
            )
            for line in self.lines
            for day in self.days
            if line.minimum.asks_on(day) and (band := line.minimum.band(day)) is not None
        }

    def asks(self, line: CoverLine) -> bool:
        """Whether the minimum has a band on any of the days."""
        return any((line.id, day) in self.bands for day in self.days)

    def behind(self, line: CoverLine, band: Interval) -> list[Presence]:
        """The shifts that reach into a band and count towards the minimum, by start and number."""
        found = [
            presence
            for path, several in self._by_unit.items()
            if path.startswith(line.unit_path)
            for presence in several
            if presence.role in line.minimum.role.roles and presence.shift.overlaps(band)
        ]
        return sorted(found, key=lambda presence: (presence.shift, presence.number))

    @cached_property
    def _by_unit(self) -> Mapping[str, list[Presence]]:
        found: dict[str, list[Presence]] = {}
        for presence in self.presences:
            found.setdefault(presence.unit_path, []).append(presence)
        return found

    def gaps(self, unit_id: int | None = None) -> list[Gap]:
        """Where too few are there, in order of time; of the minimums of one unit, or of all."""
        found = [
            Gap(line, day, part.interval, part.count)
            for line in self.lines
            if unit_id is None or line.unit_id == unit_id
            for day in self.days
            for part in self.bands.get((line.id, day), ())
            if part.count < line.minimum.number
        ]
        return sorted(found, key=lambda gap: (gap.interval, gap.line.unit_path, gap.line.id))

    def gaps_after(self, now: datetime) -> list[Gap]:
        """The gaps of all minimums that have not passed yet."""
        return [gap for gap in self.gaps() if gap.interval.ends > now]


def cover_under(session: Session, path: str, days: Days) -> Cover:
    """The cover of the unit at `path` and of every unit under it. Three statements, whatever the size."""
    lines = _lines(session, within(path), *_asking(days))
    return Cover(tuple(lines), days, _presences(session, [path], days) if lines else ())


def cover_touching(session: Session, units: Collection[Unit], days: Days) -> Cover:
    """The cover of these units and of those above them, whose minimums their shifts count towards.

    Three statements.
    """
    paths = {path for unit in units for path in _above(unit.path)}
    lines = _lines(session, Unit.path.in_(sorted(paths)), *_asking(days))
    wanted = sorted({line.unit_path for line in lines})
    return Cover(tuple(lines), days, _presences(session, wanted, days) if wanted else ())


def cover_rules_of(session: Session, unit: Unit, day: date) -> list[CoverLine]:
    """The minimums of `unit` itself that have not ended before `day`. One statement."""
    return _lines(session, CoverRule.unit_id == unit.id, lasting(CoverRule.ends_on, day))


def cover_rule_in(session: Session, unit: Unit, cover_rule_id: int) -> CoverRule | None:
    """The rule of this key if it is `unit`'s own; None otherwise. One statement."""
    return session.scalar(
        select(CoverRule).where(CoverRule.id == cover_rule_id, CoverRule.unit_id == unit.id)
    )


def minimum_of(rule: CoverRule, closed_on: date | None = None) -> Minimum:
    """What a rule asks for, at the longest to the last day of its unit."""
    last = earlier_last(rule.ends_on, closed_on)
    return Minimum(
        role=rule.role,
        weekdays=frozenset(day for day in range(7) if rule.weekdays >> day & 1),
        starts=rule.band_starts,
        ends=rule.band_ends,
        number=rule.number,
        span=Span(rule.starts_on, None if last is None else max(last, rule.starts_on)),
    )


def _above(path: str) -> list[str]:
    lineage = Lineage.parse(path)
    return [path, *(above.path for above in lineage.ancestors)]


def _asking(days: Days) -> tuple[ColumnElement[bool], ...]:
    return CoverRule.holding(days.first, days.last), lasting(Unit.closed_on, days.first)


def _lines(session: Session, *conditions: ColumnElement[bool]) -> list[CoverLine]:
    """In the order of units, then roles, the days and times."""
    asked = select(CoverRule, Unit).join(Unit, Unit.id == CoverRule.unit_id).where(*conditions)
    found = [
        CoverLine(
            rule.id,
            rule.version,
            unit.id,
            unit.code,
            unit.name,
            unit.path,
            minimum_of(rule, unit.closed_on),
        )
        for rule, unit in session.execute(asked)
    ]
    return sorted(found, key=_order)


def _order(line: CoverLine) -> tuple[Any, ...]:
    asked = line.minimum
    return line.unit_path, _ROLES.index(asked.role), asked.span.first, sorted(asked.weekdays), asked.starts


def _presences(session: Session, paths: Collection[str], days: Days) -> list[Presence]:
    """The shifts of the units at these paths and under them that may reach into bands of the days.

    In the order of their starts and of numbers. Two statements.
    """
    # A shift lasts a day at most, and a band that begins on the last day ends on the next.
    asked_of = (
        or_(*(within(path) for path in paths)),
        Shift.on_date.between(days.first - _DAY, days.last + _DAY),
    )
    away: dict[int, list[AwayFor]] = {}
    for shift_id, starts, ends, kind in session.execute(
        select(Away.shift_id, Away.starts_at, Away.ends_at, Reason.kind)
        .join(Reason, Reason.id == Away.reason_id)
        .join(Shift, Shift.id == Away.shift_id)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(*asked_of)
        .order_by(Away.starts_at)
    ):
        away.setdefault(shift_id, []).append(AwayFor(Interval(starts, ends), kind))
    asked = (
        select(
            Shift.id,
            Member.name,
            Member.number,
            Shift.role,
            Shift.on_date,
            Unit.code,
            Unit.name,
            Unit.path,
            Shift.starts_at,
            Shift.ends_at,
        )
        .join(Member, Member.id == Shift.member_id)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(*asked_of)
        .order_by(Shift.starts_at, Member.number)
    )
    return [
        Presence(
            shift_id=key,
            member=name,
            number=number,
            role=role,
            on_date=on_date,
            unit_code=code,
            unit_name=unit,
            unit_path=path,
            shift=Interval(starts, ends),
            away=tuple(away.get(key, ())),
        )
        for key, name, number, role, on_date, code, unit, path, starts, ends in session.execute(asked)
    ]
