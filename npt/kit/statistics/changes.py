"""Did a count change, and did it change more than elsewhere?

Counts of events only: a weighted score (crime harm) varies in another way, and is never tested so.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from npt.kit.statistics.entries import check_count, check_days
from npt.kit.statistics.exact import share_ends, share_tails
from npt.kit.statistics.normal import NORMAL, root


@dataclass(frozen=True, slots=True)
class Windows:
    """The counts of one place, before and after."""

    before: int
    after: int

    def check(self, field: str = "") -> None:
        """Refuse (NotJudged) a negative or absurd count; `field` begins the name of its argument."""
        check_count(self.before, f"{field}before")
        check_count(self.after, f"{field}after")

    @property
    def difference(self) -> int:
        """After less before."""
        return self.after - self.before

    @property
    def total(self) -> int:
        """All that was counted."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class CountChange:
    """The rate after ÷ the rate before, with its 95% interval.

    `ratio` is None when there was nothing before, `high` when the interval has no upper end; with no event in
    either window all three are None, and so is `has_changed`, for nothing can be said. `p` is then 1.
    """

    ratio: Fraction | None
    low: Fraction | None
    high: Fraction | None
    p: Fraction
    has_changed: bool | None


def count_change(windows: Windows, *, before_days: int, after_days: int) -> CountChange:
    """The exact conditional test of two Poisson counts, and its Clopper–Pearson interval as a rate ratio.

    With no change each of the a + b events falls after with the chance t_b ÷ (t_a + t_b). Przyborowski and
    Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940). Changed
    only when the interval leaves 1, which is when p is below 5%. NotJudged for a negative count or a window
    without days.
    """
    windows.check()
    check_days(before_days, "before_days")
    check_days(after_days, "after_days")
    tails = share_tails(windows.after, windows.total, Fraction(after_days, before_days + after_days))
    if not windows.total:
        return CountChange(None, None, None, Fraction(tails.p), None)
    exposure = Fraction(before_days, after_days)
    # The upper end is the lower one of the other way about: no digits are lost where the share is close to 1.
    upside_down = _odds(share_ends(windows.before, windows.total).low)
    return CountChange(
        ratio=exposure * Fraction(windows.after, windows.before) if windows.before else None,
        low=exposure * _odds(share_ends(windows.after, windows.total).low),
        high=exposure / upside_down if upside_down else None,
        p=Fraction(tails.p),
        has_changed=tails.is_low or tails.is_high,
    )


def fall_needed(before: int, *, before_days: int, after_days: int) -> int | None:
    """The most that may be counted after, so that the exact test says that it fell; None where 0 would not.

    With equal windows 5 before cannot show a fall at all, 10 needs 2 or fewer after, 100 needs 73. NotJudged
    as `count_change`.
    """

    def falls(after: int) -> bool:
        change = count_change(Windows(before, after), before_days=before_days, after_days=after_days)
        return bool(change.has_changed) and change.high is not None and change.high < 1

    if not falls(0):
        return None
    # The more there are after, the weaker the evidence: halve what is left between a fall and none.
    most, none = 0, before * after_days // before_days + 1
    while none - most > 1:
        tried = (most + none) // 2
        most, none = (tried, none) if falls(tried) else (most, tried)
    return most


def _odds(share: Fraction) -> Fraction:
    return share / (1 - share)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The ratio here ÷ the ratio elsewhere, with its 95% interval."""

    ratio: Fraction
    low: Fraction
    high: Fraction

    @property
    def differs(self) -> bool:
        """Whether the interval leaves 1: the change here is not that of elsewhere."""
        return not self.low <= 1 <= self.high


def change_beside(here: Windows, elsewhere: Windows) -> Elsewhere:
    """(T₁ ÷ T₀) ÷ (C₁ ÷ C₀), which needs no days, since both places were counted in the same windows.

    The interval is that of its logarithm, ± 1.96 √(1/T₀ + 1/T₁ + 1/C₀ + 1/C₁); where one of the four is 0, a
    half is added to all (Haldane 1956, Anscombe 1956). NotJudged for a negative count.
    """
    here.check()
    elsewhere.check("elsewhere_")
    counts = (here.before, here.after, elsewhere.before, elsewhere.after)
    more = Fraction(0) if all(counts) else Fraction(1, 2)
    before, after, other_before, other_after = (count + more for count in counts)
    ratio = (after / before) / (other_after / other_before)
    variance = 1 / before + 1 / after + 1 / other_before + 1 / other_after
    factor = Fraction(math.exp(NORMAL * root(variance)))
    return Elsewhere(ratio, ratio / factor, ratio * factor)


@dataclass(frozen=True, slots=True)
class Prevented:
    """The weighted displacement difference, in events: below 0 is fewer than elsewhere foretold."""

    difference: int
    variance: int

    @property
    def z(self) -> Fraction:
        """The difference in its standard errors."""
        return self.difference / root(Fraction(self.variance))

    @property
    def low(self) -> Fraction:
        """The lower end of the 95% interval."""
        return self.difference - NORMAL * root(Fraction(self.variance))

    @property
    def high(self) -> Fraction:
        """The upper end of the 95% interval."""
        return self.difference + NORMAL * root(Fraction(self.variance))


def prevented(
    here: Windows,
    elsewhere: Windows,
    *,
    before_days: int,
    after_days: int,
    buffers: tuple[Windows, Windows] | None = None,
) -> Prevented | None:
    """How many events were prevented or added: (T₁−T₀) − (C₁−C₀), with buffers + (D₁−D₀) − (E₁−E₀).

    `buffers` are the surroundings of the place and of elsewhere, to which crime may move; None when they were
    not counted. The variance is the sum of all counts. Wheeler and Ratcliffe, "A simple weighted displacement
    difference test to evaluate place based crime interventions", Crime Science 7:11 (2018).

    None unless the windows are equally long and the places alike in size, C₀ between two thirds and three
    halves of T₀: otherwise it finds differences that are none. None too when nothing at all was counted.
    """
    around, around_elsewhere = buffers or (Windows(0, 0), Windows(0, 0))
    around.check("buffer_")
    around_elsewhere.check("buffer_elsewhere_")
    is_alike = 2 * here.before <= 3 * elsewhere.before and 2 * elsewhere.before <= 3 * here.before
    variance = here.total + elsewhere.total + around.total + around_elsewhere.total
    if before_days != after_days or not is_alike or not variance:
        return None
    return Prevented(
        here.difference - elsewhere.difference + around.difference - around_elsewhere.difference, variance
    )
