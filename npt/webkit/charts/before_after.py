"""Before and after: counts by month with the two windows behind them, and a ratio with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from npt.kit.months import MONTH_NAMES, Month
from npt.webkit.charts.strips import across

#: A ratio beyond this is drawn at the end of its line: the words beside it say what it is.
_FARTHEST = Fraction(3)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """The days of one month that were asked for, and how many there were; None where that is not known."""

    first: date
    last: date
    count: int | None

    @property
    def title(self) -> str:
        """The month as people read it."""
        return Month.of(self.first).title


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar as it is drawn, with the month under it; "" for one that is left out where many stand."""

    bar: MonthBar
    x: str
    width: str
    middle: str
    y: int
    height: int
    month: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The days of a window, behind the bars."""

    words: str
    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Bars of months over a scale that begins at nothing, and the windows behind them."""

    bars: Sequence[DrawnBar]
    bands: Sequence[Band]
    height: int
    top: int
    base: int
    #: (value, pixel) of each grid line
    ticks: Sequence[tuple[int, int]]


def before_after(
    months: Sequence[MonthBar], windows: Sequence[tuple[str, date, date]], *, height: int = 200
) -> BeforeAfter:
    """The bars of months, the earliest first, and the windows (words, first and last day).

    ValueError without a month.
    """
    if not months:
        raise ValueError("a chart needs at least one month")
    top, base = 30, height - 28
    begins, days = months[0].first, Fraction((months[-1].last - months[0].first).days + 1)
    highest = max([each.count or 0 for each in months] or [0])
    step = next(each for each in _steps() if each * 4 >= highest)
    scale = step * max(1, -(-highest // step))

    def place(day: date, more: int = 0) -> Fraction:
        return min(max(Fraction((day - begins).days + more) / days, Fraction(0)), Fraction(1))

    def pixel(value: int) -> int:
        return base - round(Fraction((base - top) * value, scale))

    every = -(-len(months) // 8)
    bars = [
        DrawnBar(
            each,
            across(place(each.first) + Fraction(1, 400)),
            across(place(each.last, 1) - place(each.first) - Fraction(1, 200)),
            across((place(each.first) + place(each.last, 1)) / 2),
            pixel(each.count or 0),
            base - pixel(each.count or 0),
            "" if number % every else MONTH_NAMES[each.first.month - 1][:3],
            bool(number % (2 * every)),
        )
        for number, each in enumerate(months)
    ]
    bands = [
        Band(
            words,
            across(place(first)),
            across(place(last, 1) - place(first)),
            across((place(first) + place(last, 1)) / 2),
        )
        for words, first, last in windows
    ]
    ticks = [(value, pixel(value)) for value in range(0, scale + 1, step)]
    return BeforeAfter(bars, bands, height, top, base, ticks)


def _steps() -> list[int]:
    return [digit * 10**size for size in range(9) for digit in (1, 2, 5)]


@dataclass(frozen=True, slots=True)
class RatioLine:
    """A ratio on a line from nothing to three times as much, with its interval; "" for what is not drawn."""

    words: str
    ratio: str
    low: str
    high: str
    #: whether the interval goes on beyond the end of the line
    goes_on: bool
    one: str = across(1 / _FARTHEST)


def ratio_line(words: str, ratio: Fraction | None, low: Fraction | None, high: Fraction | None) -> RatioLine:
    """A ratio of rates with its interval, whose upper end may be missing."""

    def at(value: Fraction) -> str:
        return across(min(value, _FARTHEST) / _FARTHEST)

    goes_on = low is not None and (high is None or high > _FARTHEST)
    return RatioLine(
        words,
        "" if ratio is None else at(ratio),
        "" if low is None else at(low),
        "" if low is None else at(_FARTHEST if high is None else high),
        goes_on,
    )
