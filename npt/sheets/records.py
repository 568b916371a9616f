"""What every reader of a file hands over, whichever format the file has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell that the file itself spoilt, whatever it was to mean: a formula's error, lost digits."""

    message: str


@dataclass(frozen=True, slots=True)
class Displayed:
    """A number that its cell shows otherwise, such as 447 as 0447; ``shown`` is None where that is not known.

    ``code`` is the number format.
    """

    value: str
    shown: str | None
    code: str

    def __str__(self) -> str:
        return self.value if self.shown is None else self.shown


# The characters around a value that are none of it.
EDGES = " \t\r\n\u00a0"
# A whole-day date is kept as one: only the column knows whether it means the day or its midnight.
Cell = str | date | Spoilt | Displayed


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in the cell."""
    return isinstance(cell, str) and not cell.strip(EDGES)


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be split into cells; ``line`` is where it starts. Reading goes on after it."""

    line: int
    message: str


#: The line on which a record starts, in XLSX the sheet's own row number, and its cells.
Record = tuple[int, Sequence[Cell]] | Fault


class Unreadable(Exception):
    """Nothing from ``line`` on can be read. ``message`` says what is wrong and what to do."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart: its header row, the line that it stands on, and the records after it.

    ``above`` are the lines above the header that are none of the table, such as a title, with their text.

    Each record is a pair of the line on which it starts (in XLSX, the sheet's own row number) and its cells.
    ``records`` raises Unreadable when the rest of the file cannot be read. In a CSV an apostrophe may stand
    before text that a spreadsheet would run as a formula; ``is_csv`` says that it may.
    """

    is_csv: bool
    header_line: int
    header: list[str]
    records: Iterator[Record]
    above: Sequence[tuple[int, str]] = ()
