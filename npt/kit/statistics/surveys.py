"""Are two figures of a survey different?

HMIC's inspection of September 2008 says how (its statistical appendix): by the intervals of both together,
never by whether the two overlap.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from npt.kit.statistics.entries import NotJudged, check_count, percentage
from npt.kit.statistics.normal import NORMAL, root

#: A mean of more forces than there are is a slip of the hand.
MOST_PEERS = 100


class Survey(StrEnum):
    """A survey, by how its people are chosen."""

    BCS = "bcs"
    SATISFACTION = "satisfaction"

    @property
    def deft(self) -> Fraction:
        """The design factor: how much wider its intervals are than those of people chosen one by one.

        1.1 for the British Crime Survey, whose sample is clustered and uneven; 1 for user satisfaction.
        """
        return Fraction("1.1") if self is Survey.BCS else Fraction(1)


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage of a survey with its variance, in squared percentage points."""

    percent: Fraction
    variance: Fraction

    @classmethod
    def of_people(cls, percent: Decimal | Fraction | int, people: int, deft: Fraction = Fraction(1)) -> Self:
        """By the number of people asked: SE = deft × √(p(1−p) ÷ n).

        NotJudged when nobody was, or p is no percentage.
        """
        known = percentage(percent, "percent")
        check_count(people, "people", least=1)
        return cls(known, deft**2 * known * (100 - known) / people)

    @classmethod
    def with_half_width(cls, percent: Decimal | Fraction | int, half_width: Decimal | Fraction | int) -> Self:
        """By a published 95% half-width in percentage points, which has the design factor in it.

        NotJudged unless it is more than 0 and at most 100.
        """
        known = percentage(percent, "percent")
        points = percentage(half_width, "half_width")
        if not points:
            raise NotJudged(
                "an interval of no width was never published: give more than 0", field="half_width"
            )
        return cls(known, (points / NORMAL) ** 2)

    def as_mean_of(self, peers: int) -> "Figure":
        """The mean of `peers` forces of which each has this interval: SE = √(ΣSE²) ÷ k.

        NotJudged for no peers.
        """
        check_count(peers, "peers", least=1, most=MOST_PEERS)
        return Figure(self.percent, self.variance / peers)

    @property
    def standard_error(self) -> Fraction:
        """The standard error, in percentage points."""
        return root(self.variance)

    @property
    def half_width(self) -> Fraction:
        """Half of the 95% interval, in percentage points."""
        return NORMAL * self.standard_error


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure less the other, in percentage points, with the 95% half-width of that difference.

    `z` and `is_significant` are None when neither figure has an interval, being 0% or 100%: the method cannot
    tell.
    """

    difference: Fraction
    half_width: Fraction
    z: Fraction | None
    is_significant: bool | None


def comparison(figure: Figure, other: Figure) -> Comparison:
    """Significant when |p₁ − p₂| > 1.96 × √(SE₁² + SE₂²); exactly on it is not. Decided without rounding."""
    difference = figure.percent - other.percent
    variance = figure.variance + other.variance
    if not variance:
        return Comparison(difference, Fraction(0), None, None)
    error = root(variance)
    return Comparison(difference, NORMAL * error, difference / error, difference**2 > NORMAL**2 * variance)
