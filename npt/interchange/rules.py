"""What a profile says, and how a time that another system wrote is read. The rules are ours.

Two-digit years are read as POSIX reads them: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from zoneinfo import ZoneInfo, available_timezones

from npt.kit.clock import NeverHappens, Reading, parse_day, parse_instant, to_instant
from npt.kit.refusals import Refusal

#: The kinds of file that a duty system sends and a profile can translate.
KINDS = ("duty", "away")
LONGEST_WORD = 100
#: The parts of a date and time that a date format may name, and what each must come to.
_DATE_PARTS = {"d": "day", "m": "month", "b": "month", "Y": "year", "y": "year"}
_TIME_PARTS = {"H": "hour", "I": "hour", "M": "minute"}
_PARTS = _DATE_PARTS | _TIME_PARTS
_OPTIONAL = {"S", "p", "z", "%"}
#: How each part may be written. strptime alone takes a digit less wherever it can: 1112026 as 1 1 12026.
_WRITTEN = {
    **dict.fromkeys("dmHIMS", "[0-9]{1,2}"),
    "y": "[0-9]{2}",
    "Y": "[0-9]{4}",
    "b": "[a-z]+",
    "p": "[ap]m",
    "z": "(?:z|[+-][0-9]{2}:?[0-9]{2})",
    "%": "%",
}
#: The parts of a moment that may stand in columns of their own, as profiles call them.
DATE, TIME = " date", " time"
_PART = re.compile(r"%(.)", re.DOTALL)
_CLOCK = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?")
_EXAMPLE = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)


class ProfileRefused(Refusal):
    """A profile says something that cannot be; the message lists all of it."""


class UnknownProfile(Refusal):
    """No profile has this name, or this version."""


class TermSort(Enum):
    """What a word of another system stands for."""

    COLUMN = "column"
    IGNORED = "ignored"
    REASON = "reason"
    TEAM = "team"


@dataclass(frozen=True)
class Profile:
    """What another system calls things; each mapping goes from its word to ours.

    A column, reason or team that is not mentioned keeps its name. `columns` and nothing else is told apart by
    the kind of file.
    """

    name: str
    time_zone: str
    #: how it writes a date and time, in the codes of strftime
    date_format: str
    #: its rows may change records that exist with other values
    may_update: bool
    columns: Mapping[str, Mapping[str, str]]
    #: columns of its files that say nothing we keep
    ignored: tuple[str, ...]
    reasons: Mapping[str, str]
    teams: Mapping[str, str]

    @property
    def reader(self) -> Callable[[str], Reading]:
        """What reads its dates and times; see `moment_reader`."""
        return moment_reader(self.date_format, self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clocks it goes by."""
        return ZoneInfo(self.time_zone)


def check_time_zone(name: str) -> None:
    """ValueError for a name that is no time zone."""
    if name not in available_timezones():
        raise ValueError(f"“{name[:40]}” is not a time zone: give a name such as Europe/London or UTC")


def check_date_format(pattern: str) -> None:
    """ValueError for a format that does not tell day, month, year, hour and minute, each once."""
    found = _PART.findall(pattern)
    cure = "write it with %d, %m (or %b), %Y (or %y), %H (or %I and %p) and %M, like %d/%m/%Y %H:%M"
    unknown = [part for part in found if part not in _PARTS and part not in _OPTIONAL]
    if unknown:
        raise ValueError(f"“{pattern[:40]}” holds %{unknown[0]}, which is not read here: {cure}")
    told = sorted(_PARTS[part] for part in found if part in _PARTS)
    if told != ["day", "hour", "minute", "month", "year"] or len(pattern) > LONGEST_WORD:
        raise ValueError(
            f"“{pattern[:40]}” does not tell day, month, year, hour and minute once each: {cure}"
        )
    if found.count("I") != found.count("p"):
        raise ValueError(f"“{pattern[:40]}” has only one of %I and %p: the 12-hour clock needs both")


def split_format(pattern: str) -> tuple[str, str]:
    """The format of the date and that of the time, for files that have them in two columns.

    ValueError when the parts of the one stand among those of the other.
    """
    parts = list(_PART.finditer(pattern))
    dates = [part for part in parts if part[1] in _DATE_PARTS]
    times = [part for part in parts if part[1] in _TIME_PARTS or part[1] in "Spz"]
    if dates[-1].end() <= times[0].start() or times[-1].end() <= dates[0].start():
        return pattern[dates[0].start() : dates[-1].end()], pattern[times[0].start() : times[-1].end()]
    raise ValueError(
        f"“{pattern[:40]}” has the time among the parts of the date: for two columns write one after the"
        " other, like %d/%m/%Y %H:%M"
    )


def moment_reader(pattern: str, zone: ZoneInfo) -> Callable[[str], Reading]:
    """A reader of dates and times in the format, by the clocks of the zone; ISO is understood as well.

    It raises ValueError, with a message fit to show, for anything else, and for a time that the clocks skip;
    a time that happens twice is taken as the first, and the reading says so.
    """
    written = _written(pattern)
    example = _EXAMPLE.strftime(pattern)

    def read(text: str) -> Reading:
        try:
            local = _parsed(text, pattern, written)
        except ValueError:
            try:
                # A workbook's own dates come as ISO, whatever its cells look like.
                return parse_instant(text, zone)
            except NeverHappens:
                raise
            except ValueError:
                raise ValueError(f"“{text[:40]}” is not a date and time: write it like {example}") from None
        return _reading(local, zone)

    return read


def date_reader(pattern: str) -> Callable[[str], date]:
    """A reader of the dates of a format as `split_format` gives it; ISO is understood as well. ValueError."""
    written = _written(pattern)
    example = _EXAMPLE.strftime(pattern)

    def read(text: str) -> date:
        try:
            return _parsed(text, pattern, written).date()
        except ValueError:
            try:
                return parse_day(text)
            except ValueError:
                raise ValueError(f"“{text[:40]}” is not a date: write it like {example}") from None

    return read


def time_reader(pattern: str) -> Callable[[str], time]:
    """A reader of the times of such a format, with their offset if they have one; 14:30 is always understood.

    ValueError, with a message fit to show.
    """
    written = _written(pattern)
    example = _EXAMPLE.strftime(pattern)

    def read(text: str) -> time:
        try:
            return _parsed(text, pattern, written).timetz()
        except ValueError:
            match = _CLOCK.fullmatch(text)
            if match is None or int(match[1]) > 23 or int(match[2]) > 59:
                raise ValueError(f"“{text[:40]}” is not a time of day: write it like {example}") from None
            return time(int(match[1]), int(match[2]))

    return read


def joined(day: date, clock: time, zone: ZoneInfo) -> Reading:
    """The moment on that day at that time, by the clocks of the zone. ValueError as of `moment_reader`."""
    return _reading(datetime.combine(day, clock), zone)


def _reading(local: datetime, zone: ZoneInfo) -> Reading:
    if local.second:
        raise ValueError(f"{local:%H:%M:%S} is not a whole minute: leave the seconds out")
    if local.tzinfo is not None:
        return parse_instant(local.isoformat(timespec="minutes"))
    return to_instant(local, zone)


def _parsed(text: str, pattern: str, written: re.Pattern[str]) -> datetime:
    if written.fullmatch(text) is None:
        raise ValueError(text)
    return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is given by those who call


def _written(pattern: str) -> re.Pattern[str]:
    """What a text in the format looks like. Where no sign parts two numbers, both have all their digits."""
    parts = list(_PART.finditer(pattern))
    texts: list[str] = []
    end = 0
    for place, part in enumerate(parts):
        texts.append(_literal(pattern[end : part.start()]))
        end = part.end()
        beside = [
            other[1]
            for other in parts[max(place - 1, 0) : place + 2]
            if other.end() == part.start() or other.start() == part.end()
        ]
        is_packed = any(other in _WRITTEN and other not in "bpz%" for other in beside)
        texts.append(_WRITTEN[part[1]].replace("{1,2}", "{2}" if is_packed else "{1,2}"))
    return re.compile("".join([*texts, _literal(pattern[end:])]), re.IGNORECASE)


def _literal(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))
