"""A figure month by month: bars against the line of a target, and the same in miniature."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from npt.kit.months import MONTH_NAMES, Month
from npt.kit.shares import Share
from npt.webkit.charts.strips import across

#: the width of a bar, and that of a month with its share of the gaps
BAR_WIDTH = 5
UNITS_A_MONTH = 7
_GAP = (UNITS_A_MONTH - BAR_WIDTH) // 2


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One month's rate as it will be shown: its words are also the row of the table below the chart."""

    month: Month
    rate: Share
    words: str
    is_provisional: bool = False
    href: str = ""


class Bar(NamedTuple):
    """One month in the chart. ``height`` 0 with ``is_known`` False is a month whose rate is not known.

    A tuple, because a page has hundreds of them.
    """

    #: where it begins, in the units of which a month has `UNITS_A_MONTH`
    x: int
    y: int
    height: int
    is_known: bool
    is_over: bool
    is_provisional: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """All bars that look alike, as one path: a page draws hundreds of bars."""

    path: str
    is_over: bool
    is_provisional: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class MonthLabel:
    """What is written at a month's bar, and in its row of the table."""

    #: where the middle of the month is, across
    middle: str
    bar: Bar
    #: the rate without its sign, "" when it is not known
    value: str
    short_month: str
    figure: MonthFigure


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of some months, and the line of the target that they are held against."""

    bars: tuple[Bar, ...]
    #: the bars as they are drawn
    shapes: tuple[Shape, ...]
    #: in the units of the bars, stretched to the width of the page; and in pixels
    width: int
    height: int
    target_y: int


@dataclass(frozen=True, slots=True)
class Trend(Bars):
    """A row of bars against a target line, with its scale and its words."""

    months: tuple[MonthLabel, ...]
    top: int
    base: int
    target: int
    #: (percentage, pixel) of each grid line
    ticks: tuple[tuple[int, int], ...]
    has_provisional: bool
    has_unknown: bool
    has_over: bool


#: a month's rate, and whether it is provisional
MonthRate = tuple[Share, bool]


def trend(figures: Sequence[MonthFigure], target: int, *, height: int = 240) -> Trend:
    """The bars of ``figures`` (oldest first; the last is the month in question) against ``target`` per cent.

    ValueError without any month.
    """
    scale = _Scale.of([figure.rate for figure in figures], target, top=26, base=height - 28)
    bars = _bars([(figure.rate, figure.is_provisional) for figure in figures], target, scale)
    return Trend(
        bars=bars,
        shapes=_shapes(bars),
        width=UNITS_A_MONTH * len(bars),
        height=height,
        target_y=scale.pixel(target, 100),
        months=tuple(
            MonthLabel(
                middle=across(Fraction(2 * place + 1, 2 * len(bars))),
                bar=bar,
                value=figure.rate.percentage(1) or "",
                short_month=MONTH_NAMES[figure.month.month - 1][:3],
                figure=figure,
            )
            for place, (bar, figure) in enumerate(zip(bars, figures, strict=True))
        ),
        top=scale.top,
        base=scale.base,
        target=target,
        ticks=tuple((value, scale.pixel(value, 100)) for value in range(0, scale.highest + 1, scale.step)),
        has_provisional=any(figure.is_provisional for figure in figures),
        has_unknown=not all(bar.is_known for bar in bars),
        has_over=any(bar.is_over for bar in bars),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From 0 to ``highest`` per cent between the pixels ``base`` and ``top``, a line every ``step``."""

    highest: int
    step: int
    top: int
    base: int

    @classmethod
    def of(cls, rates: Sequence[Share], target: int, *, top: int, base: int) -> "_Scale":
        if not rates:
            raise ValueError("A trend needs at least one month.")
        # In whole per cent, rounded up: the lines stand at whole ones.
        peak = max([target, *(-(-rate.part * 100 // rate.whole) for rate in rates if rate.is_known)])
        step = _step(peak)
        highest = step * -(-peak // step)
        if highest <= target:  # room above the target line, so that it never lies on the frame
            highest += step
        return cls(highest, step, top, base)

    def pixel(self, part: int, whole: int) -> int:
        """Where a share lies, from above."""
        return self.base - _rounded((self.base - self.top) * part * 100, whole * self.highest)


def _rounded(part: int, whole: int) -> int:
    """A fraction as a whole number, by integers alone: a page works out hundreds."""
    return (2 * part + whole) // (2 * whole)


def _bars(rates: Sequence[MonthRate], target: int, scale: _Scale) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    last = len(rates) - 1
    for place, (rate, is_provisional) in enumerate(rates):
        x, is_over = UNITS_A_MONTH * place + _GAP, rate.exceeds(target)
        if is_over is None:
            bars.append(Bar(x, scale.base, 0, False, False, is_provisional, place == last))
        else:
            y = scale.pixel(rate.part, rate.whole)
            bars.append(Bar(x, y, scale.base - y, True, is_over, is_provisional, place == last))
    return tuple(bars)


def _shapes(bars: Sequence[Bar]) -> tuple[Shape, ...]:
    paths: dict[tuple[bool, bool, bool], str] = {}
    for x, y, height, is_known, is_over, is_provisional, is_current in bars:
        if is_known:
            look = is_over, is_provisional, is_current
            paths[look] = f"{paths.get(look, '')}M{x} {y}h{BAR_WIDTH}v{height}h-{BAR_WIDTH}z"
    return tuple(Shape(path, *look) for look, path in paths.items())


def _step(highest: int) -> int:
    """A round distance between grid lines that gives four to eight of them."""
    for step in (1, 2, 5, 10, 20, 25, 50):
        if highest <= step * 6:
            return step
    return 100 * (1 + highest // 600)


# Small multiples --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SmallTrend(Bars):
    """One unit's months in miniature, beside its name and its latest rate in words."""

    name: str
    href: str
    words: str


def small_multiple(
    name: str, href: str, words: str, rates: Sequence[MonthRate], target: int, *, height: int = 56
) -> SmallTrend:
    """A miniature of ``rates``, oldest first; ``words`` say what the last of them is."""
    scale = _Scale.of([rate for rate, _is_provisional in rates], target, top=4, base=height - 4)
    bars = _bars(rates, target, scale)
    return SmallTrend(
        bars=bars,
        shapes=_shapes(bars),
        width=UNITS_A_MONTH * len(bars),
        height=height,
        target_y=scale.pixel(target, 100),
        name=name,
        href=href,
        words=words,
    )
