"""What a block of a roster is. The report is silent on rosters: these rules are ours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from npt.kit.intervals import Interval

#: The longest stretch of days that one act may touch.
LONGEST_STRETCH = 366

Key = TypeVar("Key")


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


def moves_in_order(now: Mapping[Key, Interval], then: Mapping[Key, Interval]) -> tuple[list[Key], list[Key]]:
    """In which order shifts of one member can move from `now` to `then` without ever overlapping.

    A shift that only `now` has stays where it is. The second list holds those that stand in each other's way
    in a ring, and cannot move one after another.
    """
    stands = dict(now)
    waiting = sorted(then, key=lambda key: then[key])
    order: list[Key] = []
    while True:
        free = [
            key
            for key in waiting
            if not any(other != key and stands[other].overlaps(then[key]) for other in stands)
        ]
        if not free:
            return order, waiting
        stands[free[0]] = then[free[0]]
        order.append(free[0])
        waiting.remove(free[0])
