"""How long something may take: rules, pauses, and when it is due.

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
    nearest_instant,
    to_local,
)
from npt.kit.holidays import public_holidays
from npt.kit.months import LATEST_YEAR, Month
from npt.kit.refusals import Refusal

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_SATURDAY = 5
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
