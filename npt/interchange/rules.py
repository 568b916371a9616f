"""What a profile says, and how a time that another system wrote is read. The rules are ours."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from zoneinfo import ZoneInfo, available_timezones

from npt.kit.clock import NeverHappens, Reading, parse_instant, to_instant
from npt.kit.refusals import Refusal

#: The kinds of file that a duty system sends and a profile can translate.
KINDS = ("duty", "away")
LONGEST_WORD = 100
#: The parts of a date and time that a date format may name, and what each must come to.
_PARTS = {"d": "day", "m": "month", "b": "month", "Y": "year", "H": "hour", "M": "minute"}
_OPTIONAL = {"S", "z", "%"}
_PART = re.compile(r"%(.)", re.DOTALL)
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
        return moment_reader(self.date_format, ZoneInfo(self.time_zone))


def check_time_zone(name: str) -> None:
    """ValueError for a name that is no time zone."""
    if name not in available_timezones():
        raise ValueError(f"“{name[:40]}” is no time zone: give a name such as Europe/London or UTC")


def check_date_format(pattern: str) -> None:
    """ValueError for a format that does not tell day, month, year, hour and minute, each once."""
    found = _PART.findall(pattern)
    cure = "write it with %d, %m (or %b), %Y, %H and %M, like %d/%m/%Y %H:%M"
    unknown = [part for part in found if part not in _PARTS and part not in _OPTIONAL]
    if unknown:
        raise ValueError(f"“{pattern[:40]}” holds %{unknown[0]}, which is not read here: {cure}")
    told = sorted(_PARTS[part] for part in found if part in _PARTS)
    if told != ["day", "hour", "minute", "month", "year"] or len(pattern) > LONGEST_WORD:
        raise ValueError(
            f"“{pattern[:40]}” does not tell day, month, year, hour and minute once each: {cure}"
        )


def moment_reader(pattern: str, zone: ZoneInfo) -> Callable[[str], Reading]:
    """A reader of dates and times in the format, by the clocks of the zone; ISO is understood as well.

    It raises ValueError, with a message fit to show, for anything else, and for a time that the clocks skip;
    a time that happens twice is taken as the first, and the reading says so.
    """
    example = _EXAMPLE.strftime(pattern)

    def read(text: str) -> Reading:
        try:
            local = datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is given in the next lines
        except ValueError:
            try:
                # A workbook's own dates come as ISO, whatever its cells look like.
                return parse_instant(text, zone)
            except NeverHappens:
                raise
            except ValueError:
                raise ValueError(f"“{text[:40]}” is not a date and time: write it like {example}") from None
        if local.second:
            raise ValueError(f"{text} is not a whole minute: leave the seconds out")
        if local.tzinfo is not None:
            return parse_instant(local.isoformat(timespec="minutes"))
        return to_instant(local, zone)

    return read
