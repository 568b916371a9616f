"""Intervals of time between two instants: shifts, and the parts of a shift spent away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from npt.kit.clock import clock_in_words, local_day, minutes_between, moment_in_words


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """The time from `starts` up to, and without, `ends`: two aware UTC instants in whole minutes.

    ValueError when an instant is not aware UTC, is not a whole minute, or when `ends` is not after
    `starts`.
    """

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        for instant in (self.starts, self.ends):
            if instant.utcoffset() != timedelta(0):
                raise ValueError(
                    f"{instant.isoformat()} is not in UTC: convert it before it becomes an interval."
                )
            if instant.second or instant.microsecond:
                raise ValueError(f"{instant.isoformat()} is not a whole minute: leave the seconds out.")
        if self.ends <= self.starts:
            raise ValueError("The end is not after the start: give an end that is later than the start.")

    @property
    def minutes(self) -> int:
        """The length in whole minutes of real time, clock changes included; always more than 0."""
        return minutes_between(self.starts, self.ends)

    @property
    def in_words(self) -> str:
        """The interval in local time: "4 May 2026 14:00 to 22:00", with the second day where it differs."""
        is_one_day = local_day(self.starts) == local_day(self.ends)
        ends = clock_in_words(self.ends) if is_one_day else moment_in_words(self.ends)
        return f"{moment_in_words(self.starts)} to {ends}"

    @property
    def times_in_words(self) -> str:
        """The local times alone: "22:00 to 07:00"."""
        return f"{clock_in_words(self.starts)} to {clock_in_words(self.ends)}"

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share at least a minute; touching end to start is not an overlap."""
        return self.starts < other.ends and other.starts < self.ends

    def contains(self, other: "Interval") -> bool:
        """Whether `other` lies wholly inside this interval; the same interval does."""
        return self.starts <= other.starts and other.ends <= self.ends

    def intersection(self, other: "Interval") -> "Interval | None":
        """The time that both hold; None when they share no minute."""
        starts, ends = max(self.starts, other.starts), min(self.ends, other.ends)
        return Interval(starts, ends) if starts < ends else None


def union_minutes(intervals: Iterable[Interval]) -> int:
    """The minutes that at least one interval holds, each minute counted once."""
    total = 0
    reached: datetime | None = None
    for interval in sorted(intervals):
        starts = interval.starts if reached is None else max(interval.starts, reached)
        if starts < interval.ends:
            total += minutes_between(starts, interval.ends)
            reached = interval.ends
    return total


def first_overlap(intervals: Iterable[Interval]) -> tuple[Interval, Interval] | None:
    """The earliest two intervals that share a minute, in order of their starts; None when none do."""
    # Sorted by start, any overlap shows between neighbours: what overlaps a later one overlaps the next one
    # too.
    for earlier, later in pairwise(sorted(intervals)):
        if earlier.overlaps(later):
            return earlier, later
    return None
