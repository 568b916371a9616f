"""The geometry of line charts: counts through time, one line what is and another what was to be.

As in `npt.webkit.charts` everything across is a percentage of the width and everything down is in pixels, so
that a line is drawn piece by piece; what is not known leaves a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from npt.webkit.charts import across


class LineKind(Enum):
    """What a line means: how it is drawn, too, so that colour is never alone."""

    ACTUAL = "actual"
    EXPECTED = "expected"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Series:
    """One line: where its points are, as a share of the width, and their values; None is not known."""

    name: str
    kind: LineKind
    points: Sequence[tuple[Fraction, Fraction | None]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A word under the chart. A minor one is left out where the page is narrow."""

    at: Fraction
    words: str
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """One known point."""

    x: str
    y: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The straight piece between two neighbouring known points."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, slots=True)
class Line:
    """One series as it is drawn."""

    name: str
    kind: LineKind
    dots: tuple[Dot, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over one scale that begins at nothing."""

    lines: tuple[Line, ...]
    height: int
    base: int
    #: (value, pixel) of each grid line
    ticks: tuple[tuple[int, int], ...]
    #: (place, word, whether it may be left out) under the chart
    marks: tuple[tuple[str, str, bool], ...]


def line_chart(series: Sequence[Series], marks: Sequence[Mark], *, height: int = 220) -> LineChart:
    """The lines of `series`, in the order in which they are drawn, and the words of `marks` below."""
    top, base = 14, height - 28
    values = [value for each in series for _, value in each.points if value is not None]
    step = _step(max(values, default=Fraction(0)))
    highest = max(step, step * -(-max(values, default=Fraction(0)) // step))

    def pixel(value: Fraction | int) -> int:
        return base - round((base - top) * Fraction(value) / highest)

    return LineChart(
        lines=tuple(
            Line(
                each.name,
                each.kind,
                tuple(Dot(across(x), pixel(value)) for x, value in each.points if value is not None),
                tuple(
                    Piece(across(x1), pixel(first), across(x2), pixel(second))
                    for (x1, first), (x2, second) in pairwise(each.points)
                    if first is not None and second is not None
                ),
            )
            for each in series
        ),
        height=height,
        base=base,
        ticks=tuple((value, pixel(value)) for value in range(0, int(highest) + 1, step)),
        marks=tuple((across(mark.at), mark.words, mark.is_minor) for mark in marks),
    )


def _step(highest: Fraction) -> int:
    """A round distance between grid lines that gives at most six of them."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if highest <= step * 5:
                return step
        size *= 10
