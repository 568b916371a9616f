"""Expected against heard: two bars a group, and over the second the interval that it may stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from npt.webkit.charts.strips import across


@dataclass(frozen=True, slots=True)
class HeardFigure:
    """A group as it is shown: shares from 0 to 1, None for what is not known, and the verdict in words."""

    name: str
    expected: Fraction | None
    heard: Fraction | None
    low: Fraction | None
    high: Fraction | None
    words: str
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class HeardBars:
    """The two bars of a group and the interval, across in parts of the width; "" for what is not drawn."""

    figure: HeardFigure
    expected: str
    heard: str
    low: str
    high: str


def heard_bars(figures: Sequence[HeardFigure]) -> list[HeardBars]:
    """The bars of these groups, in their order; the longest bar or interval takes the whole width."""
    ends = [end for each in figures for end in (each.expected, each.heard, each.high) if end is not None]
    longest = max(ends, default=Fraction()) or Fraction(1)

    def long(share: Fraction | None) -> str:
        return "" if share is None else across(share / longest)

    return [
        HeardBars(each, long(each.expected), long(each.heard), long(each.low), long(each.high))
        for each in figures
    ]
