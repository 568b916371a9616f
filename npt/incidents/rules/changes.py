"""Which months of incidents are known, and whether the last three differ from those of the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.months import Month
from npt.kit.statistics import CountChange, Windows, count_change

MONTHS_COMPARED = 3
#: So many days at the ends of what was imported may be without an incident, and the month is still known.
#: Ours: the file of a whole month need not have an incident on its first and on its last day.
SLACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reach:
    """The days of the first and the last incident that a force has had imported."""

    first: date
    last: date

    def knows(self, month: Month) -> bool:
        """Whether the imported files reach over the whole month."""
        return self.covers(month.first, month.last)

    def covers(self, first: date, last: date) -> bool:
        """Whether the imported files reach over all the days from `first` to `last`."""
        return self.first <= first + SLACK and self.last >= last - SLACK

    def known(self, months: Sequence[Month]) -> list[Month]:
        """Those of the months that are known."""
        return [month for month in months if self.knows(month)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last three known whole months and the same months a year before, the earliest first."""

    before: Sequence[Month]
    after: Sequence[Month]

    @property
    def days(self) -> tuple[int, int]:
        """How many days both have: February differs in a leap year."""
        return _days(self.before), _days(self.after)

    def windows(self, counts: Mapping[Month, int]) -> Windows:
        """The counts of the two."""
        return Windows(
            sum(counts.get(month, 0) for month in self.before),
            sum(counts.get(month, 0) for month in self.after),
        )


def compared(reach: Reach | None, opened_on: date, today: date) -> Comparison | None:
    """What is compared on a day; None where three months and those of a year before are not known.

    `opened_on`: when the neighbourhood opened, since before it there was another ground.
    """
    if reach is None:
        return None
    last = Month.of(min(reach.last, today))
    if last.last >= today or not reach.knows(last):
        last = last.previous
    after = [last.plus(-number) for number in reversed(range(MONTHS_COMPARED))]
    before = [month.plus(-12) for month in after]
    is_known = all(map(reach.knows, (*before, *after))) and opened_on <= before[0].first
    return Comparison(before, after) if is_known else None


def judged(comparison: Comparison, counts: Mapping[Month, int]) -> CountChange:
    """The exact test of the two counts."""
    before_days, after_days = comparison.days
    return count_change(comparison.windows(counts), before_days=before_days, after_days=after_days)


def _days(months: Sequence[Month]) -> int:
    return sum((month.last - month.first).days + 1 for month in months)
