"""What a neighbourhood has said of its vulnerable and emerging communities, and until when that counts.

A list is said by recording its communities, by re-confirming them, or by signing that there are none, and
counts for twelve months. It is as old as the oldest of its parts: one new flag says nothing of the others.
Silence is not "none".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from npt.communities.rules.communities import Flag
from npt.kit.months import months_after
from npt.kit.spans import Span

#: ours: the report gives no period
MONTHS_VALID = 12


class Said(Enum):
    """How a neighbourhood stands with one of its lists on a day."""

    NAMED = "named"
    NONE = "none"
    LAPSED = "lapsed"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Saying:
    """That somebody re-confirmed the communities of a list, or signed that there are none, on a day."""

    on: date
    is_none: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A list on a day: how many communities it names, when it was last said, and since when it is silent."""

    flag: Flag
    said: Said
    #: the communities with the flag
    named: int
    #: when the list was last said, the oldest part of it; None where nobody ever has
    on: date | None
    #: the first day on which it was, or will be, no longer said
    silent_from: date

    @property
    def is_said(self) -> bool:
        """Whether the list counts as said."""
        return self.said in (Said.NAMED, Said.NONE)


def last_valid_day(on: date) -> date:
    """The last day on which what was said on a day counts: the same day twelve months later."""
    return months_after(on, MONTHS_VALID)


def standing_of(
    flag: Flag, flags: Iterable[Span], sayings: Iterable[Saying], *, day: date, since: date
) -> Standing:
    """How a list stands on `day`, from the spans of its flags and what was said of it.

    `since`: the day on which the neighbourhood opened, from which it is silent where nobody ever spoke.
    What comes after `day` is not looked at.
    """
    known, heard = list(flags), [each for each in sayings if each.on <= day]
    standing = [span for span in known if span.covers(day)]
    if standing:
        confirmed = [each.on for each in heard if not each.is_none]
        on = min(max([span.first, *(each for each in confirmed if each >= span.first)]) for span in standing)
        return _dated(flag, Said.NAMED, len(standing), on, day)
    over = max((span.last for span in known if span.last is not None and span.last < day), default=None)
    signed = [each.on for each in heard if each.is_none and (over is None or each.on > over)]
    if signed:
        return _dated(flag, Said.NONE, 0, max(signed), day)
    from_then = since if over is None else max(since, over + timedelta(days=1))
    return Standing(flag, Said.SILENT, 0, None, from_then)


def _dated(flag: Flag, said: Said, named: int, on: date, day: date) -> Standing:
    last = last_valid_day(on)
    return Standing(flag, said if day <= last else Said.LAPSED, named, on, last + timedelta(days=1))
