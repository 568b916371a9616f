"""Local time in Europe/London, and the instants behind it.

Instants are kept in UTC in whole minutes. In March one local hour never happens; in October one happens
twice. The source is silent on both; the rules here are ours: an hour that happens twice is read as the first
of the two and flagged, an hour that never happens is an error.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES

LONDON = ZoneInfo("Europe/London")

# Python's own ISO readers also take week dates and "20261025", which a person mending a file would not
# recognise as dates.
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


class NeverHappens(ValueError):
    """A local time that the clocks skip when they go forward."""


class Reading(NamedTuple):
    """An instant as read; `is_ambiguous` when its local time happens twice and the first was taken."""

    instant: datetime
    is_ambiguous: bool


def to_local(instant: datetime) -> datetime:
    """The instant as Europe/London local time, still aware. ValueError when `instant` is naive."""
    if instant.tzinfo is None:
        raise ValueError(
            f"{instant.isoformat()} has no time zone: only an aware instant can be shown in local time."
        )
    return instant.astimezone(LONDON)


def local_day(instant: datetime) -> date:
    """The local date on which the instant falls. ValueError when `instant` is naive."""
    return to_local(instant).date()


def day_in_words(day: date) -> str:
    """The day as people read it: "29 March 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def days_in_words(first: date, last: date) -> str:
    """The first and the last day as people read them: "4 May 2026 to 9 May 2026"; one day is said once."""
    return day_in_words(first) if first == last else f"{day_in_words(first)} to {day_in_words(last)}"


def moment_in_words(instant: datetime) -> str:
    """The instant in local time as people read it: "29 March 2026 01:30".

    In the hour that happens twice it adds which of the two is meant: "25 October 2026 01:30 GMT".
    """
    local = to_local(instant)
    return f"{day_in_words(local.date())} {clock_in_words(instant)}"


def clock_in_words(instant: datetime) -> str:
    """The local time of day of the instant, "01:30", with BST or GMT in the hour that happens twice."""
    local = to_local(instant)
    other = local.replace(fold=1 - local.fold)
    happens_twice = other.utcoffset() != local.utcoffset()
    return f"{local:%H:%M %Z}" if happens_twice else f"{local:%H:%M}"


def when_in_words(instant: datetime, now: datetime) -> str:
    """The instant beside the present one: "at 09:16" on the same local day, else "on 4 May 2026 at 09:16"."""
    if local_day(instant) == local_day(now):
        return f"at {clock_in_words(instant)}"
    return f"on {day_in_words(local_day(instant))} at {clock_in_words(instant)}"


def to_instant(local: datetime, zone: ZoneInfo = LONDON) -> Reading:
    """The UTC instant of a naive local time, of Europe/London unless another system's `zone` is given.

    NeverHappens when the clocks skip it; ValueError when already aware.
    """
    if local.tzinfo is not None:
        raise ValueError(f"{local.isoformat()} already has a time zone: give a local time without one.")
    _check_year(local.year)
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return Reading(first, is_ambiguous=False)
    if first < second:
        return Reading(first, is_ambiguous=True)
    # In a gap, fold 0 reads the time by the clock before the change and fold 1 by the one after it, so the
    # change itself lies between the two; it falls on a whole minute, so a search by minutes finds it.
    change = _change_between(second, first, zone)
    before = (change - timedelta(minutes=1)).astimezone(zone) + timedelta(minutes=1)
    raise NeverHappens(
        f"{day_in_words(local.date())} {local:%H:%M} never happens: clocks go forward"
        f" from {before:%H:%M} to {change.astimezone(zone):%H:%M}"
    )


def nearest_instant(local: datetime) -> datetime:
    """The UTC instant of a naive local time: of one that happens twice the first, of one skipped the change.

    Later local times never have earlier instants. ValueError when already aware.
    """
    try:
        return to_instant(local).instant
    except NeverHappens:
        first, second = (local.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (1, 0))
        return _change_between(first, second, LONDON)


def _change_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The first whole minute after `earlier` whose offset is not that of `earlier`; at most `later`."""
    offset = earlier.astimezone(zone).utcoffset()
    instant = earlier
    while instant < later and instant.astimezone(zone).utcoffset() == offset:
        instant += timedelta(minutes=1)
    return instant


def local_midnight(day: date) -> datetime:
    """The instant at which the local day begins. ValueError outside 1900 to 2199."""
    return to_instant(datetime.combine(day, time.min)).instant


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes of real time from one instant to the other; negative when `later` comes first.

    ValueError when either is naive. Both are compared in UTC: Python subtracts two times of one zone by the
    wall clock, which would lose the hour of a clock change.
    """
    if earlier.tzinfo is None or later.tzinfo is None:
        raise ValueError("Minutes can only be counted between two instants that have a time zone.")
    return (later.astimezone(UTC) - earlier.astimezone(UTC)) // timedelta(minutes=1)


def parse_day(text: str) -> date:
    """Read a date like "2026-10-25". ValueError, with a message fit to show, for anything else."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text[:40]}” is not a date: write year, month and day, like 2026-10-25.")
    _check_year(int(match[1]))
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"There is no such day as {match[0]}: check the month and the day.") from None


def parse_instant(text: str, zone: ZoneInfo = LONDON) -> Reading:
    """Read "2026-10-25T22:00" (local), or the same with Z or an offset such as +01:00. A space may replace
    the T.

    Seconds may be written but must be zero. ValueError, with a message fit to show, for anything else;
    NeverHappens for a local time that the clocks skip.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text[:40]}” is not a date and time: write it like 2026-10-25T22:00.")
    if int(match["second"] or 0) or int(match["fraction"] or 0):
        raise ValueError(f"{match[0]} is not a whole minute: leave the seconds out.")
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 23 or minute > 59:
        raise ValueError(
            f"There is no such time as {hour:02d}:{minute:02d}: write a time from 00:00 to 23:59."
        )
    local = datetime.combine(parse_day(match["day"]), time(hour, minute))
    if match["offset"] is None:
        return to_instant(local, zone)
    instant = (local - _offset(match["offset"])).replace(tzinfo=UTC)
    _check_year(to_local(instant).year)
    return Reading(instant, is_ambiguous=False)


def _offset(text: str) -> timedelta:
    if text in "Zz":
        return timedelta(0)
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:  # no place on earth is further from UTC than fourteen hours
        raise ValueError(f"There is no such offset as {text}: write Z, or an offset like +01:00.")
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[0] == "-" else size


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(
            f"The year {year} is out of range: give a year from {EARLIEST_YEAR} to {LATEST_YEAR}."
        )
