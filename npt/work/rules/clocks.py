"""How long something may take: rules, pauses, when it is due, and how it stands, in words.

Instants are UTC in whole minutes. Hours are counted as they pass. Days, working days and months are counted
at ticks: the end of each local day, or the local time of day at which the clock started. A tick at which the
clock is paused does not count, so that a pause can only make it due later. The limits are those of the
design (72 hours for a reply, and so on); how pauses count is ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache

from npt.kit.clock import (
    day_in_words,
    local_day,
    local_midnight,
    minutes_between,
    moment_in_words,
    nearest_instant,
    to_local,
)
from npt.kit.holidays import public_holidays
from npt.kit.intervals import Interval, union_minutes
from npt.kit.months import LATEST_YEAR, Month
from npt.kit.refusals import Refusal

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_SATURDAY, _DAY_MINUTES = 5, 24 * 60
#: Paused for longer than this, or more than once, a clock is listed.
LONG_PAUSE = timedelta(days=14)


class BadRule(Refusal):
    """A rule of no length, or longer than anything has to wait."""


class PauseRefused(Refusal):
    """A clock was to be paused, or to run on, that is ended, paused already, or not paused."""


class Measure(Enum):
    """What a rule counts."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"

    @property
    def wording(self) -> str:
        """More than one of them: "working days"."""
        return self.value.replace("-", " ")

    @property
    def most(self) -> int:
        """The longest rule: ten years, or a year of hours."""
        return _MOST[self]


_MOST = {Measure.HOURS: 8_784, Measure.DAYS: 3_660, Measure.WORKING_DAYS: 2_600, Measure.MONTHS: 120}


class Until(Enum):
    """Where within its day a limit falls."""

    TIME = "time"
    DAY = "day"

    @property
    def wording(self) -> str:
        """The limit as people read it."""
        return "the same time of day" if self is Until.TIME else "the end of the day"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long something may take."""

    amount: int
    measure: Measure
    until: Until = Until.DAY

    @property
    def in_words(self) -> str:
        """The rule: "72 hours", "1 working day"."""
        noun = self.measure.wording
        return f"{self.amount:,} {noun[:-1] if self.amount == 1 else noun}"


class ClockKind(Enum):
    """What a clock is for."""

    REPLY = "reply"
    CALL_BACK = "call-back"
    COMPLAINT = "complaint"
    MEETING = "meeting"
    PRIORITY = "priority"
    GATEKEEPER = "gatekeeper"
    REVIEW = "review"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """What it is for, at the start of a line."""
        return _KIND_WORDING[self]


_KIND_WORDING = {
    ClockKind.REPLY: "Reply",
    ClockKind.CALL_BACK: "Call-back",
    ClockKind.COMPLAINT: "Quality-of-service complaint",
    ClockKind.MEETING: "Public meeting",
    ClockKind.PRIORITY: "Review of a priority",
    ClockKind.GATEKEEPER: "Information to be graded",
    ClockKind.REVIEW: "Review",
    ClockKind.OTHER: "Other",
}
#: The limits that are the same for everybody: the 2025 Neighbourhood Policing Guarantee (72 hours, three
#: months), the HMIC report of 2008 (48 hours, 28 days), and ours (92 days between meetings, 24 hours for the
#: gatekeeper of partner information).
SHIPPED: dict[ClockKind, Rule] = {
    ClockKind.REPLY: Rule(72, Measure.HOURS, Until.TIME),
    ClockKind.CALL_BACK: Rule(48, Measure.HOURS, Until.TIME),
    ClockKind.COMPLAINT: Rule(28, Measure.DAYS),
    ClockKind.MEETING: Rule(92, Measure.DAYS),
    ClockKind.PRIORITY: Rule(3, Measure.MONTHS),
    ClockKind.GATEKEEPER: Rule(24, Measure.HOURS, Until.TIME),
}


@dataclass(frozen=True, order=True, slots=True)
class Pause:
    """Time that does not count: from an instant to another, or until somebody ends it."""

    starts: datetime
    ends: datetime | None = None

    def covers(self, tick: datetime) -> bool:
        """Whether the clock stands still at `tick`: since before it, and not ended before it."""
        return self.starts < tick and (self.ends is None or tick <= self.ends)


def whole_minute(instant: datetime) -> datetime:
    """The instant without its seconds, as clocks keep time."""
    return instant.replace(second=0, microsecond=0)


def checked_rule(rule: Rule) -> Rule:
    """The rule, if anything can wait so long. BadRule."""
    if not 1 <= rule.amount <= rule.measure.most:
        raise BadRule(f"Give from 1 to {rule.measure.most:,} {rule.measure.wording}.", field="amount")
    return rule


def until_day(day: date, started: datetime) -> Rule:
    """The rule of what starts at an instant and has until the end of a day. BadRule for a day before."""
    days = (day - local_day(started)).days
    if not 1 <= days <= Measure.DAYS.most:
        raise BadRule(
            f"Give a day after {day_in_words(local_day(started))}, when the clock starts, and within ten"
            " years of it.",
            field="due_on",
        )
    return Rule(days, Measure.DAYS)


def due_at(rule: Rule, started: datetime, pauses: Sequence[Pause] = ()) -> datetime | None:
    """The last minute in which what started then is in time; None while a pause without end holds it back.

    Pauses may overlap, stand in any order, and begin before the start. ValueError past the year 2199.
    """
    if rule.measure is Measure.HOURS:
        due = _after_hours(rule.amount * 60, started, pauses)
        return due if due is None or rule.until is Until.TIME else _last_minute(local_day(due))
    return _at_tick(rule, started, pauses)


def _after_hours(minutes: int, started: datetime, pauses: Sequence[Pause]) -> datetime | None:
    at = started
    for pause in sorted(pauses, key=lambda each: each.starts):
        passed = minutes_between(at, pause.starts)
        if passed >= minutes:
            break
        minutes -= max(passed, 0)
        if pause.ends is None:
            return None
        at = max(at, pause.ends)
    return at + minutes * _MINUTE


def _at_tick(rule: Rule, started: datetime, pauses: Sequence[Pause]) -> datetime | None:
    """The tick at which the last of the days that count is over."""
    first, wanted = local_day(started), rule.amount
    if rule.measure is Measure.MONTHS:
        wanted = (_months_later(first, rule.amount) - first).days
    forever = min((pause.starts for pause in pauses if pause.ends is None), default=None)
    left = wanted + 1  # the day of the start counts too: held back over its end, all that follows is later
    for day, tick in _ticks(rule, started):
        if forever is not None and forever < tick:
            return None
        if any(pause.covers(tick) for pause in pauses):
            continue
        if day != first and rule.measure is Measure.WORKING_DAYS and not _is_working_day(day):
            continue
        left -= 1
        if not left:
            return tick
    raise ValueError(f"a limit after {LATEST_YEAR} cannot be worked out")


def _ticks(rule: Rule, started: datetime) -> Iterator[tuple[date, datetime]]:
    day, clock = local_day(started), to_local(started).time().replace(tzinfo=None)
    yield day, started if rule.until is Until.TIME else _last_minute(day)
    while day.year < LATEST_YEAR:
        day += _DAY
        tick = _at(day, clock) if rule.until is Until.TIME else _last_minute(day)
        yield day, tick


def _at(day: date, clock: time) -> datetime:
    return nearest_instant(datetime.combine(day, clock))


def _last_minute(day: date) -> datetime:
    return local_midnight(day + _DAY) - _MINUTE


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the last of a month that is too short."""
    month = Month.of(day).plus(months)
    return month.first.replace(day=min(day.day, month.last.day))


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(public_holidays(year))


def _is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


@dataclass(frozen=True)
class Running:
    """A clock as it stands: what its records say, and what follows."""

    rule: Rule
    started: datetime
    pauses: Sequence[Pause] = ()
    ended: datetime | None = None

    @property
    def due(self) -> datetime | None:
        """The last minute in which it is in time; None while it is paused and was not late before."""
        return due_at(self.rule, self.started, self.pauses)

    @property
    def is_paused(self) -> bool:
        """Whether it stands still now."""
        return self.ended is None and any(pause.ends is None for pause in self.pauses)

    def is_over(self, now: datetime) -> bool:
        """Whether it is in breach: past due, and not ended."""
        due = self.due
        return self.ended is None and due is not None and due < whole_minute(now)

    def paused_minutes(self, now: datetime) -> int:
        """Minutes that it stood still; a pause that goes on counts up to the end, or now."""
        until = whole_minute(self.ended or now)
        spans = [(pause.starts, min(pause.ends or until, until)) for pause in self.pauses]
        return union_minutes(Interval(starts, ends) for starts, ends in spans if starts < ends)

    def is_paused_long(self, now: datetime) -> bool:
        """Whether it is listed for its pauses: more than one, or more than 14 days."""
        return len(self.pauses) > 1 or self.paused_minutes(now) > LONG_PAUSE // _MINUTE

    def state_in_words(self, now: datetime) -> str:
        """How it stands: "due in 5 h", "2 days over, paused 3 days", "ended in time"."""
        paused = self.paused_minutes(now)
        told = self._told(whole_minute(now))
        return f"{told}, paused {_long(paused)}" if paused and not self._stands_still else told

    @property
    def _stands_still(self) -> bool:
        return self.ended is None and self.due is None

    def _told(self, now: datetime) -> str:
        due = self.due
        if self.ended is not None:
            late = 0 if due is None else minutes_between(due, self.ended)
            return f"ended {_long(late)} late" if late > 0 else "ended in time"
        if due is None:
            return f"paused {_long(self.paused_minutes(now))}"
        left = minutes_between(now, due)
        return f"due in {_long(left)}" if left >= 0 else f"{_long(-left)} over"

    def due_in_words(self) -> str:
        """Until when: "by the end of 4 May 2026", "by 4 May 2026 14:00"; while it is paused, that it is."""
        due = self.due
        if due is None:
            return "paused"
        if self.rule.until is Until.DAY:
            return f"by the end of {day_in_words(local_day(due))}"
        return f"by {moment_in_words(due)}"


def _long(minutes: int) -> str:
    """How long something lasts, roughly, never more than it does: "40 min", "5 h", "3 days"."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 2 * _DAY_MINUTES:
        return f"{minutes // 60} h"
    return f"{minutes // _DAY_MINUTES:,} days"
