"""Targets: the number that a figure is to reach or not to pass, from which day on, and whether it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.measures.rules.figures import Figure
from npt.measures.rules.measures import Better, CountedIn, Measure

LONGEST_CODE = 40
HIGHEST_TARGET = Decimal(1_000_000)
_HUNDRED = Decimal(100)


class TargetRefused(Refusal):
    """A target of a measure that has none, or is set elsewhere, or a number that cannot be one."""


@dataclass(frozen=True, slots=True)
class DatedTarget:
    """From a day on, the target of a measure (its code) for the units at and under a path."""

    path: str
    measure: str
    starts_on: date
    #: None where there is none from then on
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure of a unit is judged by on a day."""

    #: None where there is no target
    amount: Decimal | None
    #: since when it holds; None for the one that is installed
    since: date | None = None

    @classmethod
    def installed(cls, measure: Measure) -> "Target":
        """The one that a measure has where nobody has set another."""
        return cls(None if measure.target is None else Decimal(measure.target))

    def is_met(self, measure: Measure, figure: Figure) -> bool | None:
        """Whether the figure is on the good side; exactly on target is. None without a target or a figure."""
        value = number_of(measure, figure)
        if value is None or self.amount is None or measure.better is Better.NEITHER:
            return None
        limit = Fraction(self.amount)
        return value <= limit if measure.better is Better.LOWER else value >= limit


def number_of(measure: Measure, figure: Figure) -> Fraction | None:
    """The number of a figure as people say it and targets have it: per cent, hours, posts, days, or a count.

    None where it is not known.
    """
    value = figure.value
    if value is None:
        return None
    return value * _SCALE.get(measure.counted_in, 1)


_SCALE = {CountedIn.SHARE: Fraction(100), CountedIn.MINUTES: Fraction(1, 60)}


@dataclass(frozen=True, slots=True)
class MonthTarget:
    """The target of a month, which is that of its last day, and whether another held before in the month."""

    target: Target
    #: those that held earlier in the month, in the order of their days
    before: tuple[Target, ...] = ()


def target_on(targets: Iterable[DatedTarget], measure: Measure, path: str, day: date) -> Target:
    """The target of a unit on a day: the latest of the nearest unit that has one, or as installed."""
    known = [
        each
        for each in targets
        if each.measure == measure.code and each.starts_on <= day and path.startswith(each.path)
    ]
    best = max(known, key=lambda each: (len(each.path), each.starts_on), default=None)
    if best is None:
        return Target.installed(measure)
    return Target(best.amount, best.starts_on)


def target_in(targets: Iterable[DatedTarget], measure: Measure, path: str, month: Month) -> MonthTarget:
    """The target that a month is judged by: that of its last day."""
    known = [each for each in targets if each.measure == measure.code]
    turns = sorted({each.starts_on for each in known if month.first < each.starts_on <= month.last})
    held = [target_on(known, measure, path, day) for day in (month.first, *turns)]
    before = tuple(one for one, next_one in pairwise(held) if one != next_one)
    return MonthTarget(held[-1], before)


def check_target(measure: Measure, amount: Decimal | None) -> None:
    """Refuse (TargetRefused) a target that the measure cannot have."""
    if measure.better is Better.NEITHER:
        raise TargetRefused(
            f"{measure.name} has no good way and no bad way, so that it has no target.", field="amount"
        )
    if measure.target_kept_at:
        raise TargetRefused(f"The target of {measure.name} is {measure.target_kept_at}.", field="amount")
    if amount is None:
        return
    highest = _HUNDRED if measure.counted_in is CountedIn.SHARE else HIGHEST_TARGET
    if not amount.is_finite() or not 0 <= amount <= highest or amount != round(amount, 2):
        raise TargetRefused(
            f"The target must be from 0 to {highest:,}, with at most two decimals.", field="amount"
        )
