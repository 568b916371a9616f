"""Rows written as CSV or XLSX, harmless when opened in a spreadsheet and read back unchanged by `reading`.

A CSV is UTF-8 without a byte order mark, with commas. Unknown (None) is an empty cell. An instant is written
as local time: in a CSV with its offset; in XLSX as an Excel date, or as text with its offset where an Excel
date could not tell it (the hour that happens twice, seconds, early 1900).
"""

import codecs
import csv
import io
import math
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from npt.kit import clock
from npt.kit.files import written_whole
from npt.kit.refusals import Refusal

ROW_LIMIT = 1_048_576  # of an Excel sheet, with its header
TEXT_LIMIT = 32_767  # characters of an Excel cell
# The OWASP list for CSV injection, with the wide forms that East Asian keyboards give. Apostrophes in front
# count too, so that the reader may always take exactly one away.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_COLUMN_WIDTH = 18  # characters: an ISO date and time with room to spare
# Excel believes in a 29 February 1900; programs differ on the times before it.
_FIRST_SURE_DAY = date(1900, 3, 1)


class CannotWrite(Refusal):
    """A table does not fit the file asked for."""


def write(path: str | os.PathLike[str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table to a file named .csv or .xlsx, whole or not at all, replacing what was there.

    Raises CannotWrite for any other ending or a table too large for Excel, OSError when the disk refuses (and
    nothing changes), TypeError for a value that no cell can hold.
    """
    target = Path(path)
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise CannotWrite(f"{target.name} is neither CSV nor XLSX: give a name that ends in .csv or .xlsx")
    with written_whole(target) as stream:
        writer(stream, columns, rows)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as the bytes of a CSV file. TypeError for a value that no cell can hold."""
    stream = io.BytesIO()
    _write_csv(stream, columns, rows)
    return stream.getvalue()


def to_xlsx(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as the bytes of an XLSX file. CannotWrite when too large, TypeError as in `to_csv`."""
    stream = io.BytesIO()
    _write_xlsx(stream, columns, rows)
    return stream.getvalue()


def _write_csv(stream: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(codecs.getwriter("utf-8")(stream), lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_as_text(value) for value in _fitting(row, columns)] for row in rows)


def _write_xlsx(stream: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    # Packed in memory: the library would leave an archive half open on a disk that fills up.
    packed = io.BytesIO()
    try:
        # Constant memory: each row leaves for a temporary file as the next one begins. The folder goes, and
        # the personal data in it, also when the library leaves files behind.
        with (
            tempfile.TemporaryDirectory() as folder,
            Workbook(packed, {"constant_memory": True, "tmpdir": folder}) as book,
        ):
            fill_sheet(book, book.add_worksheet(), columns, rows)
    except FileCreateError as error:
        (refused_by_disk,) = error.args  # the OSError that the library wrapped
        raise refused_by_disk from None
    stream.write(packed.getbuffer())


def fill_sheet(
    book: Workbook, sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write the table on a sheet of the book. CannotWrite when too large, TypeError as in `to_csv`."""
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), _COLUMN_WIDTH)
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    heading = book.add_format({"bold": True})
    for position, name in enumerate(columns):
        sheet.write_string(0, position, name, heading)
    for line, row in enumerate(rows, start=1):
        if line >= ROW_LIMIT:
            raise CannotWrite(f"An Excel sheet holds {ROW_LIMIT:,} rows and this has more: write a .csv")
        for position, value in enumerate(_fitting(row, columns)):
            _put(sheet, line, position, value, formats)


def _put(
    sheet: Worksheet, line: int, position: int, value: object, formats: dict[type[date], Format]
) -> None:
    """Write one cell by an explicit kind: the library's own guess makes formulas and links of some text."""
    plain = _plain(value)
    if isinstance(plain, datetime):
        local = plain.replace(tzinfo=None)
        if plain.second or local.date() < _FIRST_SURE_DAY or clock.to_instant(local).is_ambiguous:
            sheet.write_string(line, position, _iso(plain))
        else:
            sheet.write_datetime(line, position, local, formats[datetime])
    elif isinstance(plain, date):
        sheet.write_datetime(line, position, plain, formats[date])
    elif isinstance(plain, int | float | Decimal):
        sheet.write_number(line, position, plain)
    elif len(plain) > TEXT_LIMIT:
        raise CannotWrite(
            f"An Excel cell holds {TEXT_LIMIT:,} characters and one has {len(plain):,}: write a .csv"
        )
    elif plain:
        sheet.write_string(line, position, plain)


def _fitting(row: Sequence[object], columns: Sequence[str]) -> Sequence[object]:
    if len(row) != len(columns):
        raise ValueError(f"A row of {len(row)} cells does not fit {len(columns)} columns.")
    return row


def _as_text(value: object) -> str:
    """The value as CSV text; only words may need the apostrophe, so that -5 stays a number."""
    plain = _plain(value)
    if isinstance(plain, str):
        return f"'{plain}" if _LIKE_A_FORMULA.match(plain) else plain
    if isinstance(plain, datetime):
        return _iso(plain)
    if isinstance(plain, date):
        return plain.isoformat()
    return f"{plain:f}" if isinstance(plain, Decimal) else str(plain)


def _plain(value: object) -> str | int | float | Decimal | date:
    """The value as one of the few kinds that a cell can hold; an instant in local time, still aware."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, clock.Reading):
        return clock.to_local(value.instant)
    if isinstance(value, datetime):
        return clock.to_local(value)
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise TypeError(f"{value} is not a number that a cell can hold.")
    if isinstance(value, str | int | float | Decimal | date):
        return value
    raise TypeError(f"A {type(value).__name__} cannot be written to a cell: give text, a number or a date.")


def _iso(local: datetime) -> str:
    return local.isoformat(timespec="seconds" if local.second else "minutes")
