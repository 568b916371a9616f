"""XLSX files taken apart into records: the first visible sheet, with Excel's numbers and dates as text.

The sheet reader knows nothing of how a number is shown, so the styles of cells are found beside it.

A workbook is checked before it is loaded: it is a packed file whose few kilobytes may unfold into more than
the machine's memory, either in bytes or by one cell in the sheet's far corner.
"""

import math
import re
import zipfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import repeat
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from npt.sheets.columns import Shape
from npt.sheets.header import top_of
from npt.sheets.number_formats import NumberFormat, telling_formats
from npt.sheets.records import Cell, Displayed, Source, Spoilt, Unreadable

UNPACKED_LIMIT = 512 * 1024 * 1024  # bytes
CELL_LIMIT = (
    20_000_000  # of the rectangle that holds every filled cell: calamine keeps it whole, 32 bytes a cell
)
_BLOCK = 1024 * 1024
_STYLES_LIMIT = 32 * 1024 * 1024  # bytes of its list of styles
_LIST_LIMIT = 1024 * 1024  # bytes of the workbook's own list of sheets
_NOT_A_WORKBOOK = (
    "is not an Excel workbook that can be read: open it in Excel and save it as .xlsx or CSV UTF-8"
)

# Filled cells only ("/>" closes an empty one): a sheet with borders down to its last row is not large. No
# pattern runs on past a "<", so that no crafted part makes the search slow.
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)([0-9]+)[\"'](?:[^<>]*[^<>/])?>")
_FILLED_ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r=[\"']([0-9]+)[\"'](?:[^<>]*[^<>/])?>")
# Further out than any sheet reaches; the sheet reader overflows on these.
_NO_SUCH_PLACE = re.compile(rb"\sr=[\"'](?:[A-Za-z]{4}|[A-Za-z]{0,3}[0-9]{8})")
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)([0-9]+)[\"']"
)
_FORMULA_WITHOUT_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>)\s*</(?:\w+:)?c>")

_ERROR = Spoilt("holds an Excel error such as #REF! or #N/A: correct the formula, or type the value")
_ROUNDED = Spoilt(
    "holds a number that Excel has rounded to 15 digits: format the cell as text and type it again"
)
_TOO_LARGE = Spoilt("holds a number too large to keep: correct it")
_MOST_EXACT = 10**15
_HALF_A_SECOND = timedelta(milliseconds=500)


def open_workbook(path: Path, shape: Shape) -> Source:
    """Take a workbook apart. The sheet is held in memory whole.

    Raises Unreadable when it is not a workbook, is too large, has a password or has no header row.
    """
    with _refusing_broken_files():
        contents = _checked(path)
        with load_workbook(str(path)) as workbook:
            sheet = _first_visible(workbook)
    rows = _rows(sheet, contents)
    top = top_of(rows, shape, empty="is empty: its first sheet needs a header row that names the columns")
    return Source(False, top.line, top.header, top.rest, top.above)


def row_estimate(path: Path) -> int | None:
    """The rows that the first sheet says it has, without the header, or None when it does not say."""
    with zipfile.ZipFile(path) as archive, archive.open(_first_sheet_part(archive)) as part:
        dimension = re.search(rb"<(?:\w+:)?dimension[^>]*:[A-Z]+([0-9]{1,7})[\"']", part.read(4096))
    return max(int(dimension[1]) - 1, 0) if dimension else None


@contextmanager
def _refusing_broken_files() -> Iterator[None]:
    """Whatever a damaged file breaks inside the readers is one plain refusal: nobody could list it all."""
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(_NOT_A_WORKBOOK) from error
    except BaseException as error:
        # Calamine is written in Rust, and its panics are deliberately not Exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(_NOT_A_WORKBOOK) from error


@dataclass
class _Contents:
    """What the packed parts hold: the furthest filled place; of the first sheet cells that need another look.

    Those are its error cells (row, column), and the cells with a style whose format tells more than a number:
    of each such column, by row, the place of the style from 1, or 0.
    """

    formats: dict[int, NumberFormat]
    rows: int = 0
    columns: int = 0
    errors: set[tuple[int, int]] = field(default_factory=set)
    styles: dict[int, "array[int]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = b"|".join(b"%d" % place for place in self.formats)
        self._styled = re.compile(
            rb"<(?:\w+:)?c\s(?=[^<>]*\ss=[\"']("
            + numbers
            + rb")[\"'])(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)([0-9]+)[\"']"
        )

    def note_styles(self, block: bytes) -> None:
        """Note the cells whose style tells more than a number."""
        for style, letters, row in self._styled.findall(block) if self.formats else ():
            styles = self.styles.setdefault(_column_number(letters), array("H"))
            line = int(row)
            styles.extend(repeat(0, line + 1 - len(styles)))
            styles[line] = int(style) + 1

    def format_of(self, line: int, column: int) -> NumberFormat | None:
        """The format of a cell, if it tells more than a number."""
        styles = self.styles.get(column, ())
        return self.formats[styles[line] - 1] if line < len(styles) and styles[line] else None


def _checked(path: Path) -> _Contents:
    """Unpack every part once, keeping nothing: the sizes that the file states may lie; Python checks them."""
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_LIMIT:
            raise Unreadable(
                f"unfolds to over {UNPACKED_LIMIT // 1024**2} MB: split it, or save it as CSV UTF-8"
            )
        first_sheet = _first_sheet_part(archive)
        contents = _Contents(_formats(archive))
        for part in archive.infolist():
            for block in _blocks(archive, part):
                _look_at(block, contents, is_first_sheet=part.filename == first_sheet)
    return contents


def _formats(archive: zipfile.ZipFile) -> dict[int, NumberFormat]:
    styles = next((name for name in archive.namelist() if name.lower() == "xl/styles.xml"), None)
    return {} if styles is None else telling_formats(_list(archive, styles, _STYLES_LIMIT))


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part in blocks, none of which ends inside a tag."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_BLOCK):
            # A megabyte without one tag is a picture or worse; no cell is lost by cutting it.
            end = piece.rfind(b"<")
            if end < 0:
                yield rest + piece
                rest = b""
                continue
            yield rest + piece[:end]
            rest = piece[end:]
    yield rest


def _look_at(block: bytes, contents: _Contents, *, is_first_sheet: bool) -> None:
    places = set(_FILLED_CELL.findall(block))
    rows = {int(row) for row in _FILLED_ROW.findall(block)} | {int(row[:8]) for _, row in places}
    contents.rows = max(contents.rows, *rows, 0)
    contents.columns = max(contents.columns, *{_column_number(letters[:4]) for letters, _ in places}, 0)
    if _NO_SUCH_PLACE.search(block) or contents.rows * contents.columns > CELL_LIMIT:
        raise Unreadable(
            "has a value far outside its table: delete the rows and columns beyond the table, or save it as"
            " CSV UTF-8"
        )
    if is_first_sheet:
        contents.note_styles(block)
        contents.errors.update(
            (int(row), _column_number(letters)) for letters, row in _ERROR_CELL.findall(block)
        )
        if _FORMULA_WITHOUT_RESULT.search(block):
            raise Unreadable("holds formulas without their results: open it in Excel, save it and try again")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _first_visible(workbook: CalamineWorkbook) -> CalamineSheet:
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            return workbook.get_sheet_by_name(sheet.name)
    raise Unreadable("has no visible sheet: show the sheet that holds the table")


def _first_sheet_part(archive: zipfile.ZipFile) -> str:
    """The packed part that holds the first visible sheet, by the workbook's own list."""
    targets = {
        each.get("Id"): each.get("Target", "") for each in _list(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _list(archive, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(relation, "")
        if sheet.get("state", "visible") == "visible" and "worksheets/" in target:
            return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    raise Unreadable("has no visible sheet: show the sheet that holds the table")


def _list(archive: zipfile.ZipFile, part: str, limit: int = _LIST_LIMIT) -> ElementTree.Element:
    with archive.open(part) as stream:
        return ElementTree.fromstring(stream.read(limit))  # noqa: S314 - expat itself stops entity bombs


def _rows(sheet: CalamineSheet, contents: _Contents) -> Iterator[tuple[int, list[Cell]]]:
    first_column = sheet.start[1] + 1 if sheet.start else 1
    rows_with_errors = {row for row, _ in contents.errors}
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell if type(cell) is str else _as_cell(cell) for cell in row]
        for column in contents.styles:
            place = column - first_column
            if 0 <= place < len(row) and type(row[place]) in (int, float):
                cells[place] = _as_shown(cells[place], contents.format_of(line, column))
        if line in rows_with_errors:
            for column in range(len(cells)):
                if (line, first_column + column) in contents.errors:
                    cells[column] = _ERROR
        yield line, cells


def _as_shown(cell: Cell, form: NumberFormat | None) -> Cell:
    if form is None or not isinstance(cell, str):
        return cell
    shown = form.shown(cell)
    return cell if shown == cell else Displayed(cell, shown, form.code)


def _as_cell(value: float | str | bool | time | date | datetime | timedelta) -> Cell:
    """Excel's value as a person would have typed it into a CSV."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    # Excel counts fractions of a day, so a whole minute may come out a millisecond short.
    if isinstance(value, datetime):
        nearest = (value + _HALF_A_SECOND).replace(microsecond=0)
        return nearest.isoformat(timespec="seconds" if nearest.second else "minutes")
    if isinstance(value, time):
        clock = (datetime.combine(date(2000, 1, 1), value) + _HALF_A_SECOND).time()
        return clock.isoformat(timespec="seconds" if clock.second else "minutes")
    return _duration(value) if isinstance(value, timedelta) else value


def _duration(value: timedelta) -> str:
    """Hours and minutes, however many: 26:30."""
    minutes, seconds = divmod(abs(value) // timedelta(milliseconds=1) + 500, 60_000)
    sign = "-" if value < timedelta(0) else ""
    rest = f":{seconds // 1000:02d}" if seconds >= 1000 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}{rest}"


def _number(value: float) -> Cell:
    if not math.isfinite(value) or abs(value) >= 10**100:
        return _TOO_LARGE
    if abs(value) >= _MOST_EXACT:
        return _ROUNDED
    shortest = (
        f"{value:.15g}"  # the digits that Excel itself keeps: 0.7 + 0.1 is 0.8, a code stays without ".0"
    )
    return f"{Decimal(shortest):f}" if "e" in shortest else shortest
