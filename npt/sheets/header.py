"""Where the header row of a file is: at the top, or under a title or a note of the program that wrote it."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from npt.sheets.columns import Shape, heading
from npt.sheets.records import Cell, Fault, Record, Unreadable, is_blank

#: Filled lines among which the header has to be.
_LOOKED_AT = 20


class Top(NamedTuple):
    """The top of a file: what stands above its header, the header, and the records after it."""

    above: list[tuple[int, str]]
    line: int
    header: list[str]
    rest: Iterator[Record]
    #: how many columns the header names
    known: int


def top_of(records: Iterator[Record], shape: Shape, *, empty: str) -> Top:
    """Tell the header row from what stands above it.

    It is the row that names all columns that have to be there; only lines that can be no record may stand
    above it. Without such a row it is the one that names most columns, or else the first. Unreadable without
    any row, with the message ``empty``, and when the first one cannot be taken apart.
    """
    seen: list[tuple[int, Sequence[Cell]]] = []
    rest = records
    for record in records:
        if isinstance(record, Fault):
            if not seen:
                raise Unreadable(
                    "the header row has a quotation mark that is never closed: delete it", record.line
                )
            rest = chain([record], records)
            break
        cells = record[1]
        if all(map(is_blank, cells)):
            continue
        seen.append(record)
        if _is_whole(cells, shape) or not _may_stand_above(cells, shape) or len(seen) == _LOOKED_AT:
            break
    if not seen:
        raise Unreadable(empty)
    known = [_known(cells, shape) for _, cells in seen]
    place = len(seen) - 1 if _is_whole(seen[-1][1], shape) else known.index(max(known))
    line, cells = seen[place]
    return Top(
        [(number, _in_words(each)) for number, each in seen[:place]],
        line,
        [_title(cell) for cell in cells],
        chain(seen[place + 1 :], rest),
        known[place],
    )


def _title(cell: Cell) -> str:
    return heading(cell) if isinstance(cell, str) else str(cell)


def _known(cells: Sequence[Cell], shape: Shape) -> int:
    return sum(shape.column_under(_title(cell)) is not None for cell in cells)


def _is_whole(cells: Sequence[Cell], shape: Shape) -> bool:
    """Whether the cells name every column that has to be there."""
    found = {shape.column_under(_title(cell)) for cell in cells}
    return all(column in found for column in shape.columns if column.is_required)


def _may_stand_above(cells: Sequence[Cell], shape: Shape) -> bool:
    """Whether the line is a note, or has too few values for a record, so that nothing is lost with it."""
    filled = [cell for cell in cells if not is_blank(cell)]
    needed = sum(column.is_required for column in shape.columns)
    is_note = isinstance(filled[0], str) and filled[0].lstrip().startswith("#")
    return is_note or len(filled) < max(needed, 2)


def _in_words(cells: Sequence[Cell]) -> str:
    return ", ".join(_title(cell) for cell in cells if not is_blank(cell))
