"""What lies along the width of a page: a shift in its day, and what the target allows in a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from npt.kit.clock import to_local
from npt.kit.intervals import Interval


def across(part: Fraction | int) -> str:
    """A fraction of the width as SVG wants it. Shape only: nothing is compared by these rounded figures."""
    return f"{round(part * 10000) / 100:.2f}%"


@dataclass(frozen=True, slots=True)
class Away:
    """Time away from the neighbourhood role inside a shift, with its reason in words."""

    interval: Interval
    reason: str
    #: absent from duty, rather than on duty elsewhere
    is_absence: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a strip, and what it means."""

    x: str
    width: str
    words: str
    is_absence: bool = False


@dataclass(frozen=True, slots=True)
class DayStrip:
    """One shift on the axis of its day."""

    shift: Part
    away: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class HourTick:
    """A mark on the axis: where it is and its local time."""

    x: str
    words: str
    #: left out where the page is narrow
    is_minor: bool


@dataclass(frozen=True, slots=True)
class HourAxis:
    """The hours that all strips of a page share. Equal lengths are equal time, even when clocks change."""

    starts: datetime
    ends: datetime
    ticks: tuple[HourTick, ...]

    def at(self, instant: datetime) -> Fraction:
        """Where an instant lies on the axis, from 0 to 1; what lies outside is put at the nearer end."""
        seconds = Fraction((min(max(instant, self.starts), self.ends) - self.starts) // timedelta(seconds=1))
        return seconds / ((self.ends - self.starts) // timedelta(seconds=1))

    def part(self, interval: Interval, words: str, *, is_absence: bool = False) -> Part:
        """The piece of a strip that an interval takes up."""
        left, right = self.at(interval.starts), self.at(interval.ends)
        return Part(across(left), across(right - left), words, is_absence)

    def strip(self, shift: Interval, away: Sequence[Away]) -> DayStrip:
        """A shift and the times away inside it."""
        return DayStrip(
            self.part(shift, _span(shift)),
            tuple(
                self.part(each.interval, f"{_span(each.interval)} {each.reason}", is_absence=each.is_absence)
                for each in away
            ),
        )


def hour_axis(shifts: Sequence[Interval]) -> HourAxis:
    """An axis in whole hours that holds every shift. ValueError without any."""
    if not shifts:
        raise ValueError("An axis of hours needs at least one shift.")
    hour = timedelta(hours=1)
    starts = min(shift.starts for shift in shifts).replace(minute=0)
    last = max(shift.ends for shift in shifts)
    length = -((starts - last) // hour)  # whole hours, rounded up
    every = 1 if length <= 6 else 2 if length <= 14 else 4
    # By the clock, so that the hours stay even where one is skipped or happens twice.
    first = to_local(starts).hour
    marked: list[tuple[int, str]] = []
    for number in range(length):
        local = to_local(starts + hour * number)
        is_again = every > 1 and bool(marked) and marked[-1] == (number - 1, f"{local:%H:%M}")
        if (local.hour - first) % every == 0 and not is_again:
            marked.append((number, f"{local:%H:%M}"))
    ticks = tuple(
        HourTick(across(Fraction(number, length)), words, place % 2 != 0)
        for place, (number, words) in enumerate(marked)
    )
    return HourAxis(starts, starts + hour * length, ticks)


def _span(interval: Interval) -> str:
    return f"{to_local(interval.starts):%H:%M}\u2013{to_local(interval.ends):%H:%M}"


# Headroom ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeadroomBar:
    """What the target allows in a month, and what of it is used, planned, and added by the entry at hand."""

    used: Part
    planned: Part
    entry: Part
    #: where the allowance ends
    allowance_x: str
    is_over: bool


def headroom_bar(*, allowance: int, used: int, planned: int, entry: int = 0) -> HeadroomBar:
    """The bar of a month's headroom; all in minutes, none negative. ``words`` are left to the template.

    The scale ends at the allowance, or beyond it at what is taken when that is more.
    """
    taken = used + planned + entry
    scale = Fraction(max(allowance, taken, 1)) * (Fraction(21, 20) if taken > allowance else 1)
    ends = [Fraction(0), used / scale, (used + planned) / scale, taken / scale]
    used_part, planned_part, entry_part = (
        Part(across(left), across(right - left), "") for left, right in pairwise(ends)
    )
    return HeadroomBar(used_part, planned_part, entry_part, across(allowance / scale), taken > allowance)
