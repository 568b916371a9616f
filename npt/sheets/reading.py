"""A file of rows read by its shape: every good row typed, every bad line told with its place and cure.

The format is told by the file's first bytes, not by its name.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import getitem
from pathlib import Path
from typing import NamedTuple

from npt.sheets.cells import CellReader
from npt.sheets.columns import BadCell, Shape, nearest, shown
from npt.sheets.delimited import decoded, open_csv, without_apostrophe
from npt.sheets.records import Cell, Fault, Record, Source, Unreadable, is_blank
from npt.sheets.workbook import open_workbook, row_estimate

CHUNK = 10_000  # rows
_HEAD = 4096  # bytes that tell a format
_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to correct in a file. ``line`` is where the record starts: in XLSX the sheet's row number.

    ``column`` is a column's name, or "file", "header" or "row" when the problem is wider than a cell.
    """

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


class Row(NamedTuple):
    """A good record: the line where it starts, and a value for each column of the shape."""

    line: int
    values: dict[str, object]


@dataclass(slots=True)
class Table:
    """Rows of a file and what was wrong with it. When there are problems the rows are not the whole file.

    ``is_unreadable`` when the header is wrong or the file breaks off: no row of it can be relied upon.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    is_unreadable: bool = False


def read(path: str | os.PathLike[str], shape: Shape) -> Table:
    """The whole file. A bad line is told in ``problems``, never raised.

    OSError when the file cannot be opened.
    """
    whole = Table()
    for part in read_chunks(path, shape):
        whole.rows += part.rows
        whole.problems += part.problems
        whole.warnings += part.warnings
        whole.is_unreadable |= part.is_unreadable
    return whole


def read_chunks(path: str | os.PathLike[str], shape: Shape, size: int = CHUNK) -> Iterator[Table]:
    """The file as tables of at most ``size`` records each, in order; nothing for a file with only a header.

    A CSV of any length is read in the memory of one such table; an XLSX sheet is held whole. OSError when the
    file cannot be opened.
    """
    name = os.fspath(path)
    table = Table()
    try:
        with open(path, "rb") as stream, decoded(stream) as text:
            head = stream.peek(_HEAD)[:_HEAD]
            if is_workbook(Path(path), head):
                source = open_workbook(Path(path), shape)
            else:
                source = open_csv(text, head, shape)
            header = _Header(source, shape)
            table.warnings += [Problem(name, line, "header", _above(text)) for line, text in source.above]
            table.problems += [Problem(name, source.header_line, *each) for each in header.problems]
            table.is_unreadable = bool(header.problems)
            if not header.is_recognised:
                yield table
                return
            count = 0
            for record in source.records:
                if count == size:
                    yield table
                    table, count = Table(), 0
                count += 1
                header.take(record, name, table)
    except Unreadable as stop:
        table.problems.append(Problem(name, stop.line, "file", stop.message))
        table.is_unreadable = True
    if table.rows or table.problems or table.warnings:
        yield table


def count_rows(path: str | os.PathLike[str]) -> int | None:
    """About how many rows the file has, quickly, for a progress bar: None when it cannot be told.

    Quoted line breaks and blank lines count as rows. OSError when the file cannot be opened.
    """
    if not os.path.isfile(path):
        return None  # counting a pipe would use it up
    with open(path, "rb") as stream:
        try:
            if is_workbook(Path(path), stream.peek(_HEAD)[:_HEAD]):
                return row_estimate(Path(path))
        except Exception:  # damage of any kind: reading it properly tells the person what is wrong
            return None
        ends, last = 0, b"\n"
        while block := stream.read(1024 * 1024):
            ends += block.count(b"\n")
            last = block
    return max(ends + (not last.endswith(b"\n")) - 1, 0)


def is_workbook(path: Path, head: bytes) -> bool:
    if head.startswith(_OLD_EXCEL):
        raise Unreadable(
            "is an old Excel file (.xls) or has a password: save it as .xlsx without one, or as CSV UTF-8"
        )
    if path.suffix.lower() in (".xlsx", ".xlsm") and not head.startswith(_PACKED):
        raise Unreadable(
            "is named like an Excel workbook but is not one: open it in Excel and save it as .xlsx "
            "or CSV UTF-8"
        )
    return head.startswith(_PACKED)


def _above(text: str) -> str:
    return f"{shown(text)} is above the header row and was skipped"


class _Header:
    """The header row understood: which cell belongs to which column, and what is wrong with it."""

    def __init__(self, source: Source, shape: Shape) -> None:
        self._kind = shape.kind
        self._empty = {column.name: column.empty for column in shape.columns}
        self.problems: list[tuple[str, str]] = []
        self._readers: list[CellReader | None] = []
        undo = without_apostrophe if source.is_csv else str
        seen: set[str] = set()
        for title in source.header:
            column = shape.column_under(title)
            self._readers.append(None)
            if column is None:
                if title:
                    self.problems.append((shown(title)[1:-1], self._unknown(title, shape)))
            elif column.name in seen:
                self.problems.append((column.name, "this column appears twice: delete one of the two"))
            else:
                seen.add(column.name)
                self._readers[-1] = CellReader(column, undo=undo)
        self.is_recognised = bool(seen)
        for column in shape.columns:
            if column.is_required and column.name not in seen:
                self.problems.append((column.name, "this column is missing: add it to the header row"))
        self._titles = source.header
        self._required = {column.name for column in shape.columns if column.is_required}
        self._is_sound = not self.problems
        # Where every column is known, a record of cells that were all met before takes no further look. It is
        # not an empty one: the cell of a required column is never known to be empty.
        readers = [reader for reader in self._readers if reader is not None]
        is_plain = self._is_sound and len(readers) == len(self._readers)
        is_plain = is_plain and any(reader.column.is_required for reader in readers)
        self._names = tuple(reader.column.name for reader in readers)
        self._known = tuple(reader.known for reader in readers) if is_plain else ()

    def _unknown(self, title: str, shape: Shape) -> str:
        near = nearest(title, shape.names)
        if near:
            return f"{shape.kind} has no such column: did you mean “{near}”?"
        return f"{shape.kind} has no such column: delete it; the columns are {', '.join(shape.names)}"

    def take(self, record: Record, file: str, table: Table) -> None:
        """Put a record into the table, as a row or as what is wrong with it; an empty one is skipped."""
        if isinstance(record, Fault):
            table.problems.append(Problem(file, record.line, "row", record.message))
            return
        line, cells = record
        values = self._empty.copy()
        if len(cells) == len(self._known):
            try:
                values.update(zip(self._names, map(getitem, self._known, cells), strict=True))
            except KeyError:
                pass  # something new
            else:
                table.rows.append(Row(line, values))
                return
        if all(is_blank(cell) for cell in cells):
            return
        fault = self._ragged(cells)
        if fault is not None:
            table.problems.append(Problem(file, line, "row", fault))
            return
        is_good = self._is_sound
        for position, (reader, cell) in enumerate(zip(self._readers, cells, strict=False)):
            if reader is None:
                if not self._titles[position] and not is_blank(cell):
                    is_good = False
                    message = (
                        f"cell {position + 1} has no column name above it: name the column or clear the cell"
                    )
                    table.problems.append(Problem(file, line, "row", message))
                continue
            try:
                value, doubt = reader.value(cell)
            except BadCell as error:
                is_good = False
                table.problems.append(Problem(file, line, reader.column.name, error.message))
                continue
            if doubt is not None:
                table.warnings.append(Problem(file, line, reader.column.name, doubt))
            values[reader.column.name] = value
        if is_good:
            table.rows.append(Row(line, values))

    def _ragged(self, cells: Sequence[Cell]) -> str | None:
        """What is wrong with the number of cells: surplus ones may be empty, optional last ones missing."""
        expected = len(self._readers)
        if len(cells) == expected:
            return None
        has = f"has {len(cells)} cell{'' if len(cells) == 1 else 's'} where the header has {expected}"
        if not all(map(is_blank, cells[expected:])):
            return f"{has}: put a value that holds the separator between quotation marks"
        missing = [reader.column.name for reader in self._readers[len(cells) :] if reader is not None]
        if any(name in self._required for name in missing):
            return f"{has}: add the missing cells, including empty ones, with their separators"
        return None
