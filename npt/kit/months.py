"""Calendar months: the period over which staffing and abstraction are judged."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month, ordered in time. Years run from 1900 to 2199; anything else is a ValueError."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(
                f"The year {self.year} is out of range: give a year from {EARLIEST_YEAR} to {LATEST_YEAR}."
            )
        if not 1 <= self.month <= 12:
            raise ValueError(f"There is no month {self.month}: give a month from 01 to 12.")

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that holds `day`."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read "2026-10". ValueError with a message fit to show for anything else."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text.strip())
        if match is None:
            raise ValueError(f"“{text[:40]}” is not a month: write the year and the month, like 2026-10.")
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def next(self) -> "Month":
        """The month after. ValueError past December 2199."""
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        """The month before. ValueError before January 1900."""
        return self.plus(-1)

    @property
    def title(self) -> str:
        """The month as people read it: "October 2026"."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    def plus(self, months: int) -> "Month":
        """The month `months` later, or earlier when negative. ValueError outside 1900 to 2199."""
        year, index = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, index + 1)

    def days(self) -> Iterator[date]:
        """Every day of the month, in order."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)

    def until(self, last: "Month") -> list["Month"]:
        """Every month from this one to `last`, both included; empty when `last` is earlier."""
        return month_range(self, last)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def month_range(first: Month, last: Month) -> list[Month]:
    """Every month from `first` to `last`, both included; empty when `last` is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first.plus(offset) for offset in range(count)]


def thirteen_months_to(month: Month) -> list[Month]:
    """The thirteen months that end with `month`, so that the same month a year ago is in view."""
    return month_range(month.plus(-12), month)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    years = min(years, LATEST_YEAR)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
