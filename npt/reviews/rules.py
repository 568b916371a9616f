"""The law of a monthly review: what makes a figure an exception, how units are ranked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.statistics import Rule, share_ends
from npt.matters.rules import MatterKind
from npt.measures.rules import Better, CountedIn, Figure, Measure, MonthTarget
from npt.signals.rules import Drawn, drawn_for, is_settled, signals_for, value_of

LONGEST_COMMENT = 2_000
#: A share of fewer is not ranked: one more or less would move it by several places. Ours.
FEWEST_RANKED = 30


class Why(Enum):
    """Why a figure is an exception, the weightiest first."""

    TARGET = "target"
    LIMIT = "limit"
    TREND = "trend"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


#: What each rule is told as.
_TOLD_AS = {Rule.OUTSIDE: Why.LIMIT, Rule.NEAR: Why.LIMIT, Rule.RUN: Why.TREND, Rule.TREND: Why.TREND}


class ReviewRefused(Refusal):
    """Something was to be said or done in a review that has none of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure of a unit in a month, with all that it is judged by."""

    measure: Measure
    month: Month
    series: Mapping[Month, Figure]
    #: that of the last day of the month, and what held before in it
    target: MonthTarget
    drawn: Drawn
    signals: tuple[Rule, ...]

    @property
    def figure(self) -> Figure:
        """The figure of the month."""
        return self.series[self.month]

    @property
    def is_missed(self) -> bool:
        """Whether the figure is known and on the wrong side of its target; exactly on it is within."""
        return self.target.target.is_met(self.measure, self.figure) is False

    @property
    def is_provisional(self) -> bool:
        """Whether the figure is known, and rests on days that nobody has confirmed."""
        return self.figure.is_known and not is_settled(self.figure)

    @property
    def is_better(self) -> bool | None:
        """Whether a signal is good news; None where there is none, or the measure has no good way."""
        mean = None if self.drawn.limits is None else self.drawn.limits.mean
        if not self.signals or mean is None or self.measure.better is Better.NEITHER:
            return None
        return (value_of(self.figure) < mean) is (self.measure.better is Better.LOWER)

    @property
    def whys(self) -> tuple[Why, ...]:
        """Why it is an exception, the weightiest first; nothing where it is none."""
        found = {_TOLD_AS[rule] for rule in self.signals}
        if self.is_missed:
            found.add(Why.TARGET)
        if not self.figure.is_known or self.is_provisional:
            found.add(Why.UNKNOWN)
        return tuple(why for why in Why if why in found)


def reading_of(
    measure: Measure, month: Month, series: Mapping[Month, Figure], target: MonthTarget, drawn: Drawn
) -> Reading:
    """A measure of a unit with what its months say of this one."""
    return Reading(measure, month, series, target, drawn, signals_for(series, month, drawn))


def exceptions_first(readings: Iterable[Reading]) -> list[Reading]:
    """Those that are exceptions, the weightiest first: a target missed, then limits, trends, the unknown."""
    order = list(Why)
    found = [each for each in readings if each.whys]
    return sorted(found, key=lambda each: (order.index(each.whys[0]), each.is_better is True))


def flagged_by_chance(readings: Iterable[Reading]) -> tuple[int, Fraction]:
    """How many figures are judged by limits, and how many of them chance alone would flag."""
    judged = [each.drawn for each in readings if each.drawn.limits is not None and is_settled(each.figure)]
    return len(judged), sum((each.by_chance for each in judged), Fraction(0))


# Units beside one another -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit below in a ranking: its figure and interval; no rank where there is too little to rank by."""

    path: str
    figure: Figure
    rank: int | None
    low: Fraction | None = None
    high: Fraction | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below: its figures by month, and from which month on its limits are drawn."""

    path: str
    series: Mapping[Month, Figure]
    since: Month | None = None


def ranked(measure: Measure, month: Month, units: Sequence[Below]) -> list[Ranked]:
    """The units below by their figures, the worst first; equal ones have one rank, the unranked come last.

    The interval of a share of things is exact, for 95%. Minutes are no independent trials: there, and where
    there is no whole, it is the range in which the unit's own months before lie by their limits.
    """
    known, unranked = list[tuple[Fraction, Below]](), list[Ranked]()
    for unit in units:
        figure = unit.series[month]
        why = _too_little(measure, figure)
        if why:
            unranked.append(Ranked(unit.path, figure, None, why_not=why))
        else:
            known.append((value_of(figure), unit))
    known.sort(key=lambda each: each[0], reverse=measure.better is not Better.HIGHER)
    values = [value for value, _unit in known]
    return [
        *(
            Ranked(unit.path, unit.series[month], values.index(value) + 1, *_interval(measure, month, unit))
            for value, unit in known
        ),
        *unranked,
    ]


def _is_share_of_things(measure: Measure) -> bool:
    return measure.counted_in is CountedIn.SHARE and measure.is_of_things


def _too_little(measure: Measure, figure: Figure) -> str:
    if not figure.is_known:
        return figure.why_unknown or "Not known."
    if not is_settled(figure):
        return "Not confirmed yet."
    if figure.coverage is not None and figure.coverage.whole < FEWEST_RANKED:
        return f"Too few to rank: {figure.coverage.whole} shifts, and {FEWEST_RANKED} are needed."
    if _is_share_of_things(measure) and (figure.of or 0) < FEWEST_RANKED:
        return f"Too few to rank: {figure.of} in all, and {FEWEST_RANKED} are needed."
    return ""


def _interval(measure: Measure, month: Month, unit: Below) -> tuple[Fraction | None, Fraction | None]:
    figure = unit.series[month]
    counted, of = figure.counted, figure.of
    if _is_share_of_things(measure) and counted is not None and of and 0 <= counted <= of:
        ends = share_ends(counted, of)
        return ends.low, ends.high
    limits = drawn_for(unit.series, month, unit.since).limits
    return (None, None) if limits is None else (limits.low, limits.high)


def check_month(month: Month, this_month: Month) -> None:
    """Refuse to review a month that has not begun. ReviewRefused."""
    if month > this_month:
        raise ReviewRefused(f"{month.title} has not begun: review it once it has.")


def reference_of(code: str, month: Month) -> str:
    """How the review of the unit with this code is referred to: "REV-c-2026-10"."""
    return f"{MatterKind.REVIEW.reference(0).removesuffix('0')}{code}-{month}"


def month_referred(reference: str) -> Month:
    """The month whose review has this reference. ValueError for another."""
    return Month.parse(reference[-7:])
