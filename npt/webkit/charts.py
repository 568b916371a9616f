"""The geometry of charts, worked out before the page so that templates only draw.

Across the page everything is a percentage of the width ("12.50%"): the SVG needs no view box, so words in it
keep their size at every width and no style has to be computed in the browser. Down the page it is in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from npt.kit.clock import to_local
from npt.kit.intervals import Interval
from npt.kit.months import MONTH_NAMES, Month
from npt.kit.shares import Share


def across(part: Fraction | int) -> str:
    """A fraction of the width as SVG wants it. Shape only: nothing is compared by these rounded figures."""
    return f"{round(part * 10000) / 100:.2f}%"


# A figure month by month ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One month's rate as it will be shown: its words are also the row of the table below the chart."""

    month: Month
    rate: Share
    words: str
    is_provisional: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month in the chart. ``height`` 0 with ``is_known`` False is a month whose rate is not known."""

    figure: MonthFigure
    x: str
    middle: str
    width: str
    y: int
    height: int
    label: str
    short_month: str
    value: str
    is_known: bool
    is_over: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """A row of bars against a target line, with its scale."""

    bars: tuple[Bar, ...]
    height: int
    top: int
    base: int
    target: int
    target_y: int
    #: (percentage, pixel) of each grid line
    ticks: tuple[tuple[int, int], ...]
    has_provisional: bool
    has_unknown: bool
    has_over: bool


def trend(figures: Sequence[MonthFigure], target: int, *, height: int = 240, is_small: bool = False) -> Trend:
    """The bars of ``figures`` (oldest first; the last is the month in question) against ``target`` per cent.

    ``is_small`` leaves out the room for words, for small multiples. ValueError without any month.
    """
    if not figures:
        raise ValueError("A trend needs at least one month.")
    top, base = (4, height - 4) if is_small else (26, height - 28)
    rates = [(f.rate.fraction or Fraction(0)) * 100 for f in figures]
    step = _step(max(max(rates), Fraction(target)))
    highest = step * (-(-max(max(rates), Fraction(target)) // step))
    if highest <= target:  # room above the target line, so that it never lies on the frame
        highest += step

    def pixel(percentage: Fraction | int) -> int:
        return base - round((base - top) * Fraction(percentage) / highest)

    slot = Fraction(1, len(figures))
    gap = slot / 7
    bars = tuple(
        Bar(
            figure=figure,
            x=across(slot * index + gap),
            middle=across(slot * index + slot / 2),
            width=across(slot - 2 * gap),
            y=pixel(rate),
            height=base - pixel(rate),
            label=figure.month.title,
            short_month=MONTH_NAMES[figure.month.month - 1][:3],
            value=figure.rate.percentage(1) or "",
            is_known=figure.rate.is_known,
            is_over=figure.rate.exceeds(target) is True,
            is_current=index == len(figures) - 1,
        )
        for index, (figure, rate) in enumerate(zip(figures, rates, strict=True))
    )
    return Trend(
        bars=bars,
        height=height,
        top=top,
        base=base,
        target=target,
        target_y=pixel(target),
        ticks=tuple((int(value), pixel(value)) for value in range(0, int(highest) + 1, int(step))),
        has_provisional=any(figure.is_provisional for figure in figures),
        has_unknown=any(not bar.is_known for bar in bars),
        has_over=any(bar.is_over for bar in bars),
    )


def _step(highest: Fraction) -> int:
    """A round distance between grid lines that gives four to eight of them."""
    for step in (1, 2, 5, 10, 20, 25, 50):
        if highest <= step * 6:
            return step
    return 100 * (1 + int(highest) // 600)


# Small multiples --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SmallTrend:
    """One unit's months in miniature, beside its name and its latest rate in words."""

    name: str
    href: str
    words: str
    trend: Trend


def small_multiples(
    units: Sequence[tuple[str, str, Sequence[MonthFigure]]], target: int, *, height: int = 56
) -> tuple[SmallTrend, ...]:
    """A miniature for each (name, href, months), in the order given."""
    return tuple(
        SmallTrend(name, href, figures[-1].words, trend(figures, target, height=height, is_small=True))
        for name, href, figures in units
    )


# A shift in its day -----------------------------------------------------------------------------------------


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
    ticks = tuple(
        HourTick(
            across(Fraction(number, length)),
            f"{to_local(starts + hour * number):%H:%M}",
            number % (every * 2) != 0,
        )
        for number in range(0, length, every)
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
