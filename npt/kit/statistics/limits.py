"""Is a value of a series out of the ordinary? XmR limits: individual values by their moving ranges.

Wheeler, "Understanding Variation" (1993). Minutes and rates of abstraction too are judged so, and not by a
chart for proportions: minutes are no independent trials.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from npt.kit.statistics.entries import NotJudged

#: Limits drawn from fewer values are on trial.
SETTLED = 12
#: With fewer there are no limits.
FEWEST = 8
#: 3 ÷ 1.128, the mean range of two values in standard deviations, as every table prints it.
WIDTH = Fraction("2.66")
#: Values in a row that make a run or a trend.
IN_A_ROW = 7

Value = Decimal | Fraction | int


class Rule(StrEnum):
    """Why a value is out of the ordinary."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that the value at a place, counted from 1, completes."""

    at: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean, and 2.66 mean moving ranges to either side of it; `width` is None without any variation."""

    mean: Fraction
    width: Fraction | None
    #: drawn from fewer than twelve values
    is_trial: bool

    @property
    def low(self) -> Fraction | None:
        """The lower limit, 0 at least. None when there are no limits."""
        return None if self.width is None else max(self.mean - self.width, Fraction(0))

    @property
    def high(self) -> Fraction | None:
        """The upper limit. None when there are no limits."""
        return None if self.width is None else self.mean + self.width

    @property
    def is_floored(self) -> bool:
        """The lower limit would be below 0 and is 0, so no fall can reach it."""
        return self.width is not None and self.mean < self.width


def limits_of(values: Sequence[Value]) -> Limits:
    """The limits that a series draws: whole, known periods in their order, none below 0.

    NotJudged with fewer than eight values, and for a value that is negative or no number.
    """
    known = _known(values)
    if len(known) < FEWEST:
        raise NotJudged(
            f"{len(known)} is too few: limits need {FEWEST} values at least, so give more periods",
            field="values",
        )
    ranges = sum(abs(after - before) for before, after in pairwise(known))
    width = WIDTH * ranges / (len(known) - 1)
    return Limits(sum(known) / Fraction(len(known)), Fraction(width) if width else None, len(known) < SETTLED)


def signals_in(values: Sequence[Value], limits: Limits, *, since: int = 1) -> tuple[Signal, ...]:
    """What is out of the ordinary, each value that completes a rule, in order; from the place `since` on.

    *outside* a limit; *run*: the seventh or later value in a row on one side of the mean (one on it breaks
    the row); *trend*: the seventh or later in a row, each above, or each below, the one before; *near*:
    beyond two thirds of the way to a limit, as one of the two values before it is on the same side. On a line
    is not beyond it. Where the lower limit is floored, *outside* and *near* tell no falls; without limits
    neither is told.
    """
    known = _known(values)
    sides = [(value > limits.mean) - (value < limits.mean) for value in known]
    steps = [0, *((after > before) - (after < before) for before, after in pairwise(known))]
    near = [_beyond(value, limits, Fraction(2, 3)) for value in known]
    found = {
        Rule.OUTSIDE: lambda place: _beyond(known[place], limits, Fraction(1)) != 0,
        Rule.RUN: lambda place: _is_row(sides, place, IN_A_ROW),
        Rule.TREND: lambda place: _is_row(steps, place, IN_A_ROW - 1),
        Rule.NEAR: lambda place: near[place] != 0 and near[place] in near[max(place - 2, 0) : place],
    }
    return tuple(
        Signal(place + 1, rule)
        for place in range(since - 1, len(known))
        for rule in Rule
        if found[rule](place)
    )


def _beyond(value: Fraction, limits: Limits, part: Fraction) -> int:
    """1 above, −1 below, 0 within the lines at that part of the way to the limits."""
    if limits.width is None:
        return 0
    away = value - limits.mean
    if away > part * limits.width:
        return 1
    return -1 if -away > part * limits.width and not limits.is_floored else 0


def _is_row(sides: list[int], last: int, length: int) -> bool:
    """Whether so many up to and with the last are on one and the same side."""
    row = sides[max(last - length + 1, 0) : last + 1]
    return len(row) == length and row[0] != 0 and len(set(row)) == 1


def _known(values: Sequence[Value]) -> list[Fraction]:
    for place, value in enumerate(values, start=1):
        if isinstance(value, Decimal) and not value.is_finite():
            raise NotJudged(f"value {place}, {value}, is no number: leave no period out", field="values")
        if value < 0:
            raise NotJudged(
                f"value {place}, {value}, is below 0: limits are for counts and rates, which are 0 or more",
                field="values",
            )
    return [Fraction(value) for value in values]
