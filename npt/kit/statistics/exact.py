"""Exact intervals of a share and of a count, and the exact test that goes with them.

Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934); Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936). Test and
interval are one statement: a share lies outside the interval just when one tail under it is below 2.5%.

scipy.special takes a third of a second and 46 MB, so it is loaded by the first figure that is judged, and
never by a worker that judges none.
"""

from dataclasses import dataclass
from fractions import Fraction

from npt.kit.statistics.entries import MOST, NotJudged, check_count

#: What is left out at each end of a 95% interval.
TAIL = 0.025
#: Tails are worked out to some thirteen digits. One that is exactly 2.5%, as of 1 in 1 against 1 in 40, is
#: not below it, whatever its last digits say.
_NOT_BELOW = TAIL * (1 - 1e-10)


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a 95% interval, which are in it."""

    low: Fraction
    high: Fraction


def share_ends(part: int, whole: int) -> Ends:
    """The Clopper–Pearson interval of `part` out of `whole`, as shares of 1.

    NotJudged when the whole is nobody, or the part is negative or exceeds it.
    """
    check_part(part, whole)
    from scipy.special import betaincinv

    low = float(betaincinv(part, whole - part + 1, TAIL)) if part else 0
    high = float(betaincinv(part + 1, whole - part, 1 - TAIL)) if part < whole else 1
    return Ends(Fraction(low), Fraction(high))


def count_ends(count: int) -> Ends:
    """Garwood's interval of the mean of a Poisson count, in events. NotJudged when the count is negative."""
    check_count(count, "count")
    from scipy.special import gammainccinv, gammaincinv

    low = float(gammaincinv(count, TAIL)) if count else 0
    return Ends(Fraction(low), Fraction(float(gammainccinv(count + 1, TAIL))))


@dataclass(frozen=True, slots=True)
class Tails:
    """The chances of so few (`lower`) and of so many (`upper`), both with the observed count itself."""

    lower: float
    upper: float

    @property
    def p(self) -> float:
        """Twice the smaller tail, 1 at most. Any other two-sided p can contradict the interval."""
        return min(1.0, 2 * min(self.lower, self.upper))

    @property
    def is_low(self) -> bool:
        """So few are too few: the whole interval lies below the share."""
        return self.lower < _NOT_BELOW

    @property
    def is_high(self) -> bool:
        """So many are too many: the whole interval lies above the share."""
        return self.upper < _NOT_BELOW


def share_tails(part: int, whole: int, share: Fraction) -> Tails:
    """The tails of `part` out of `whole` where each has the chance `share` (0 to 1). Of none both are 1."""
    from scipy.special import betainc

    return Tails(
        lower=float(betainc(whole - part, part + 1, float(1 - share))) if part < whole else 1.0,
        upper=float(betainc(part, whole - part + 1, float(share))) if part else 1.0,
    )


def check_part(part: int, whole: int, *, part_field: str = "part", whole_field: str = "whole") -> None:
    """Refuse (NotJudged) a part that is negative or exceeds its whole, and a whole of nobody."""
    if whole == 0:
        raise NotJudged("a share of nobody is not known: give 1 or more", field=whole_field)
    check_count(whole, whole_field, least=1, most=2 * MOST)  # two counts together
    check_count(part, part_field, most=2 * MOST)
    if part > whole:
        raise NotJudged(f"{part:,} of {whole:,} is more than all: give {whole:,} at most", field=part_field)
