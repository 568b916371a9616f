"""A figure month by month between the limits that its own months draw: points on a line, in miniature.

The points lie in a drawing of their own that is stretched to the width; a dot is a stroke of no length with
round ends, which stays round however far it is stretched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from npt.kit.months import MONTH_NAMES, Month
from npt.webkit.charts.strips import across

#: The width of a month, in the units of the drawing.
_MONTH = 10


@dataclass(frozen=True, slots=True)
class LimitsPoint:
    """A month: its figure, None when it is not known, and whether it is confirmed."""

    month: Month
    value: Fraction | None
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class LimitsLines:
    """The lines across a chart, in the figure's own number; None for what there is not."""

    target: Fraction | None = None
    mean: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class LimitsChart:
    """What is drawn. Paths are in units of `width` across; lines and marks in pixels down."""

    width: int
    height: int
    #: from point to point; a month that is not known leaves a gap
    line: str
    dots: str
    #: a box for each month that is not confirmed
    hollow: str
    #: the month in question
    last: str
    #: where a month that is not known is marked, across
    unknown: tuple[str, ...]
    base: int
    target_y: int | None
    mean_y: int | None
    low_y: int | None
    high_y: int | None
    #: what stands at the ends of the time; the scale need not begin at nothing
    first_month: str
    last_month: str

    @property
    def band(self) -> tuple[int, int] | None:
        """From which pixel, and how high, the months lie by their limits; None without limits."""
        if self.high_y is None or self.low_y is None:
            return None
        return self.high_y, self.low_y - self.high_y


def limits_chart(points: Sequence[LimitsPoint], lines: LimitsLines, *, height: int = 96) -> LimitsChart:
    """The months, the earliest first; the last is the one in question. ValueError without any."""
    if not points:
        raise ValueError("a chart needs at least one month")
    top, base = 8, height - 8
    across_it = [each for each in (lines.target, lines.mean, lines.low, lines.high) if each is not None]
    values = [float(each) for each in (*across_it, *(point.value for point in points)) if each is not None]
    highest, lowest = max([*values, 0.0]), min(values, default=0.0)
    if highest > lowest > highest / 2:  # far above nothing: what varies is drawn large
        lowest -= (highest - lowest) / 4
    else:
        lowest = min(lowest, 0.0)
    scale = (base - top) / ((highest - lowest) or 1.0)

    def pixel(value: Fraction) -> int:
        return base - round((float(value) - lowest) * scale)

    def line_at(value: Fraction | None) -> int | None:
        return None if value is None else pixel(value)

    line, unknown = list[str](), list[str]()
    dots: dict[bool, str] = {True: "", False: ""}
    goes_on = False
    for place, point in enumerate(points):
        x = place * _MONTH + _MONTH // 2
        if point.value is None:
            unknown.append(across(Fraction(2 * place + 1, 2 * len(points))))
        else:
            y = pixel(point.value)
            line.append(f"{'L' if goes_on else 'M'}{x} {y}")
            dots[point.is_settled] += f"M{x} {y}h0" if point.is_settled else f"M{x - 1} {y - 4}h2v8h-2z"
        goes_on = point.value is not None
    last = points[-1]
    return LimitsChart(
        _MONTH * len(points),
        height,
        "".join(line),
        dots[True],
        dots[False],
        "" if last.value is None else f"M{_MONTH * len(points) - _MONTH // 2} {pixel(last.value)}h0",
        tuple(unknown),
        base,
        line_at(lines.target),
        line_at(lines.mean),
        line_at(lines.low),
        line_at(lines.high),
        _short(points[0].month),
        _short(last.month),
    )


def _short(month: Month) -> str:
    return f"{MONTH_NAMES[month.month - 1][:3]} {month.year}"
