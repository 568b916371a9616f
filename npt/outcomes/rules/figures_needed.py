"""What a measure can show at all, said before the response, and what would show more."""

from dataclasses import dataclass
from functools import cache

from npt.kit.statistics import fall_needed
from npt.problems.rules import Counted

#: Half as many is as much as a response can be expected to reach. Ours.
_EXPECTED = 2
_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class CanShow:
    """What a count before can show, if as many days are counted after."""

    before: Counted
    #: the most that may be counted after; None where not even 0 would do
    most_after: int | None
    #: so many before, and a fall by half would show
    enough: int
    #: in so many days there would be as many as that; None where they are enough already, or there were none
    days: int | None

    @property
    def is_enough(self) -> bool:
        """Whether a fall by half would show."""
        return self.before.count >= self.enough


def can_show(before: Counted) -> CanShow:
    """What may be known by this count before, with as many days after.

    5 can show nothing, 10 a fall to 2, 20 to 8, 50 to 31. NotJudged for a negative count.
    """
    days = before.days
    most = fall_needed(before.count, before_days=days, after_days=days)
    enough = enough_for_half()
    if before.count >= enough or not before.count:
        return CanShow(before, most, enough, None)
    return CanShow(before, most, enough, -(-enough * days // before.count))


@cache
def enough_for_half() -> int:
    """The fewest before from which on half as many after, or fewer, shows as a fall in equal windows."""
    count = 1
    while not _shows_half(count):
        count += 1
    return count


def _shows_half(count: int) -> bool:
    """Whether half of so many shows, and half of a few more too: odd ones are rounded down."""
    return all(
        (fall_needed(each, before_days=100, after_days=100) or -1) >= each // _EXPECTED
        for each in range(count, count + 6)
    )


def a_month(counted: Counted) -> float:
    """How many a month that is, to be said in words."""
    return counted.count / counted.days * _MONTH
