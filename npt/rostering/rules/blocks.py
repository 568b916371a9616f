"""What a block of a roster is. The report is silent on rosters: these rules are ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

#: The longest stretch of days that one act may touch.
LONGEST_STRETCH = 366


class Cell(NamedTuple):
    """A member on a day."""

    member_id: int
    day: date


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row, both ends included. ValueError when they run backwards."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day comes before the first.")

    def __iter__(self) -> Iterator[date]:
        for offset in range(len(self)):
            yield self.first + timedelta(days=offset)

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last
