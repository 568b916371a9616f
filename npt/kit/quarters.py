"""Quarters of the year, as reports name them. Those of the financial year are the same months."""

import re
from dataclasses import dataclass
from datetime import date

from npt.kit.months import MONTH_NAMES, Month


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter: number 1 begins in January. ValueError for what is none."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"There is no quarter {self.number}: give 1 to 4.")
        Month(self.year, 1)  # refuses a year that has no months here

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """From "2026-Q4". ValueError for anything else."""
        found = re.fullmatch("([0-9]{4})-Q([1-4])", text)
        if found is None:
            raise ValueError("Give a quarter like 2026-Q4.")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return Month(self.year, 3 * self.number).last

    @property
    def previous(self) -> "Quarter":
        """The one before. ValueError where there is none."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def title(self) -> str:
        """In words: "October to December 2026"."""
        return f"{MONTH_NAMES[self.first.month - 1]} to {MONTH_NAMES[self.last.month - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
