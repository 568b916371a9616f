"""Lists that are shown page by page, and in an order that the reader chooses."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
Other = TypeVar("Other")

#: No list has so many pages; a longer number would not fit a database.
MOST_PAGES = 1_000_000
#: As many rows as a sheet of a workbook holds under its heading: all of any list.
_ALL = 1_048_575


def page_number(text: str) -> int:
    """The number of a page, from 1. ValueError for anything else."""
    if not re.fullmatch("[1-9][0-9]{0,6}", text) or int(text) > MOST_PAGES:
        raise ValueError("give the number of a page, from 1")
    return int(text)


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a list that is asked for: the page of this number, from 1, of so many rows."""

    number: int
    size: int

    @classmethod
    def whole(cls) -> "Page":
        """All of a list, as a file holds it."""
        return cls(1, _ALL)

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.number - 1) * self.size

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Its rows, where all of the list is at hand."""
        return rows[self.offset : self.offset + self.size]

    def last(self, total: int) -> int:
        """The number of the last page of so many rows; 1 for an empty list."""
        return max(1, -(-total // self.size))


#: What is asked where nobody says which part.
FIRST_PAGE = Page(1, 50)


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a list is sorted by: the name of one of its columns; "" for the order that it has of itself."""

    name: str = ""
    is_descending: bool = False

    @property
    def text(self) -> str:
        """As an address carries it: "name", "-name"."""
        return f"-{self.name}" if self.is_descending else self.name

    def of(self, rows: Iterable[Row], key: Callable[[Row], Any]) -> list[Row]:
        """All rows of a list, sorted by `key`; those of which it is not known (None) come last.

        Rows that are alike stay in the order that the list has of itself.
        """
        known: list[Row] = []
        unknown: list[Row] = []
        for row in rows:
            (unknown if key(row) is None else known).append(row)
        return sorted(known, key=key, reverse=self.is_descending) + unknown


OWN_ORDER = Sorting()


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """The rows of a list on one page, and how many there are on all; `sorting` where the reader chose one."""

    rows: Sequence[Row]
    total: int
    page: Page
    sorting: Sorting = OWN_ORDER

    def of(self, rows: Sequence[Other]) -> "Part[Other]":
        """The same part of the list, its rows put in other words."""
        return Part(rows, self.total, self.page, self.sorting)
