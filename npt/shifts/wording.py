"""Shifts and time away in the words of the screens: times, how long so far, the reasons on offer."""

from collections.abc import Iterable
from datetime import date, datetime

from npt.kit.clock import clock_in_words, minutes_between
from npt.kit.intervals import Interval
from npt.shifts.queries import ReasonLine
from npt.shifts.rules import ReasonKind, this_minute
from npt.webkit.fields import Choice
from npt.webkit.filters import hours


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
    return f"{clock_in_words(interval.starts)} to {clock_in_words(interval.ends)}"


def so_far(away: Interval, now: datetime) -> str:
    """How long something that began has lasted: "1 h 10 min so far"."""
    minute = this_minute(now)
    return f"{hours(minutes_between(away.starts, minute) if minute > away.starts else 0)} so far"
