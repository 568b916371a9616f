"""How values are worded on every page: dates, times, durations, shares and counts.

What is not known is said in words, never shown as 0 or left blank.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from flask import Flask
from markupsafe import Markup, escape

from npt.kit.clock import day_in_words, moment_in_words, to_local
from npt.kit.months import MONTH_NAMES, Month
from npt.kit.shares import Share
from npt.kit.spans import last_day_in_words

NOT_KNOWN = "not known"
MINUS = "\u2212"
#: What every police page shortens, and newcomers do not know.
ABBREVIATIONS = {
    "BCU": "basic command unit",
    "FTE": "full-time equivalent",
    "NSO": "neighbourhood specialist officer",
    "PCSO": "police community support officer",
}
_AS_WORDS = {short: re.compile(rf"\b{short}s?\b") for short in ABBREVIATIONS}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date | None) -> str:
    """A date: "4 May 2026"."""
    return NOT_KNOWN if value is None else day_in_words(value)


def last_day(value: date | None) -> str:
    """The last day of what holds until further notice when it has none: "4 May 2026"."""
    return last_day_in_words(value)


def day_long(value: date | None) -> str:
    """A date with its weekday: "Monday 4 May 2026"."""
    return NOT_KNOWN if value is None else f"{WEEKDAYS[value.weekday()]} {day_in_words(value)}"


def day_short(value: date | None) -> str:
    """A date among its neighbours, where the year is plain: "Mon 4 May"."""
    if value is None:
        return NOT_KNOWN
    return f"{WEEKDAYS[value.weekday()][:3]} {value.day} {MONTH_NAMES[value.month - 1][:3]}"


def clock(instant: datetime | None) -> str:
    """The local time of an instant: "22:00"."""
    return NOT_KNOWN if instant is None else f"{to_local(instant):%H:%M}"


def moment(instant: datetime | None) -> str:
    """An instant as local date and time: "4 May 2026 22:00"."""
    return NOT_KNOWN if instant is None else moment_in_words(instant)


def hours(minutes: int | None) -> str:
    """Minutes as hours and minutes: "7 h 30 min", "45 min", "−2 h"."""
    if minutes is None:
        return NOT_KNOWN
    whole, rest = divmod(abs(minutes), 60)
    parts = ([f"{whole:,} h"] if whole else []) + ([f"{rest} min"] if rest or not whole else [])
    return (MINUS if minutes < 0 else "") + " ".join(parts)


def percent(value: Share | Decimal | str | None, places: int = 1) -> str:
    """A share, or a percentage already worked out, with its sign: "12.4%"."""
    percentage = value.percentage(places) if isinstance(value, Share) else value
    return NOT_KNOWN if percentage is None else f"{percentage}%".replace("-", MINUS)


def percent_beside(value: Share, mark: int) -> str:
    """A share over or under `mark` %, beside it: "12.4%"; more decimals where one would read as the mark."""
    places = 1
    while value.percentage(places) == f"{mark}.{'0' * places}":
        places += 1
    return percent(value, places)


def number(value: int | Decimal | None) -> str:
    """A count or an FTE: "1,200", "22", "22.5"."""
    if value is None:
        return NOT_KNOWN
    # A whole FTE is a number of people; "22.00" would claim a precision that nobody measured.
    plain = int(value) if value == int(value) else Decimal(value).normalize()
    return f"{plain:,}".replace("-", MINUS)


def month_title(month: Month | None) -> str:
    """A month: "October 2026"."""
    return NOT_KNOWN if month is None else month.title


def plural(count: int | None, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 shift", "3 shifts"; ``many`` where an s is not enough."""
    if count is None:
        return f"{many or one + 's'}: {NOT_KNOWN}"
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def isolated(text: str) -> Markup:
    """A name that somebody typed, kept from turning round the text beside it."""
    return Markup("<bdi>{}</bdi>").format(escape(text))


def tag(words: str, tone: str = "plain") -> Markup:
    """A word in a coloured box: plain, good, caution, bad or quiet. The word carries the meaning."""
    return Markup('<strong class="npt-tag npt-tag--{}">{}</strong>').format(tone, words)


def abbreviations(page: str) -> list[tuple[str, str]]:
    """The abbreviations that a page uses and does not spell out, each with its words."""
    used = [(short, words) for short, words in ABBREVIATIONS.items() if _is_used(short, page)]
    lower = page.lower() if used else ""
    return [(short, words) for short, words in used if words not in lower]


def _is_used(short: str, page: str) -> bool:
    """Whether it stands there as a word.

    It is found as plain text first: a pattern that begins at a boundary would be tried at every letter.
    """
    at = page.find(short)
    while at >= 0 and not _AS_WORDS[short].match(page, at):
        at = page.find(short, at + 1)
    return at >= 0


def register(app: Flask) -> None:
    """Give every template of ``app`` the filters, under their own names."""
    for wording in (
        day,
        last_day,
        day_long,
        day_short,
        clock,
        moment,
        hours,
        percent,
        number,
        month_title,
        plural,
        isolated,
        tag,
        abbreviations,
    ):
        app.jinja_env.filters[wording.__name__] = wording
