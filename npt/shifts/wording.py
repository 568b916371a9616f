"""Shifts and time away in the words of the screens: times, how long so far, the reasons on offer."""

from collections.abc import Iterable
from datetime import date, datetime

from npt.kit.clock import clock_in_words, local_day, minutes_between, to_local
from npt.kit.intervals import Interval
from npt.shifts.queries import ReasonLine
from npt.shifts.rules import ReasonKind, this_minute
from npt.webkit.fields import Choice
from npt.webkit.filters import day_short, hours


def reason_choices(
    reasons: Iterable[ReasonLine], on: date, kept: str = ""
) -> tuple[list[Choice], list[Choice]]:
    """The reasons as they are offered for a day: for being taken off duty, and for being off duty.

    One that is closed by then is left out, unless it is the one that is recorded already (`kept`, a code).
    """
    on_duty: list[Choice] = []
    off_duty: list[Choice] = []
    for reason in reasons:
        if not reason.is_open_on(on) and reason.code != kept:
            continue
        words = f"{reason.name} (say what in the note)" if reason.needs_note else reason.name
        group = on_duty if reason.kind is ReasonKind.ABSTRACTION else off_duty
        group.append(Choice(reason.code, words))
    return on_duty, off_duty


def span_in_words(interval: Interval) -> str:
    """The local times of an interval, without its day: "22:00 to 07:00"."""
    return interval.times_in_words


def span_on(interval: Interval, day: date) -> str:
    """The same beside what is of `day`; with its own day where it is not that: "Tue 5 May 01:00 to 03:00"."""
    starts_on = local_day(interval.starts)
    return (
        span_in_words(interval) if starts_on == day else f"{day_short(starts_on)} {span_in_words(interval)}"
    )


def clock_change_in_words(shift: Interval) -> str:
    """Why a shift is an hour longer or shorter than its times: "10 h: the clocks go back"; else empty."""
    before, after = (to_local(instant).utcoffset() for instant in (shift.starts, shift.ends))
    if before is None or after is None or before == after:
        return ""
    return f"{hours(shift.minutes)}: the clocks go {'back' if after < before else 'forward'}"


def shift_in_words(shift: Interval) -> str:
    """A shift with its day, and that of an end after midnight: "Mon 30 Nov 22:00 to Tue 1 Dec 07:00"."""
    first, last = local_day(shift.starts), local_day(shift.ends)
    ends = clock_in_words(shift.ends) if first == last else f"{day_short(last)} {clock_in_words(shift.ends)}"
    return f"{day_short(first)} {clock_in_words(shift.starts)} to {ends}"


def so_far(away: Interval, now: datetime) -> str:
    """How long something that began has lasted: "1 h 10 min so far"."""
    minute = this_minute(now)
    return f"{hours(minutes_between(away.starts, minute) if minute > away.starts else 0)} so far"
