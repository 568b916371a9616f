"""CSV files taken apart into records: encodings, separators, quotation marks and the lines they are on."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, TextIO

from npt.sheets.columns import Shape, shown
from npt.sheets.header import Top, top_of
from npt.sheets.records import Fault, Record, Source, Unreadable

if TYPE_CHECKING:  # the csv module gives its reader's type no public name
    from _csv import Reader

LINE_LIMIT = 1_000_000  # characters: one endless line must not fill the memory
_LEAD = 50  # lines that are looked at for the header
_SEPARATORS = ",;"
_SEPARATOR_TOLD = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_EMPTY = "is empty: it needs a header row that names the columns"
_SEPARATED = "save it with commas or semicolons"
_SAVE_AS = "save the file as “CSV UTF-8” and try again"
_OLD_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
# What `writing` puts before text that a spreadsheet would run as a formula, see there.
_HARMLESS = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def decoded(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a file. Bytes that are not UTF-8 stay visible, so that their line can be named."""
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def open_csv(stream: TextIO, head: bytes, shape: Shape) -> Source:
    """Take a CSV apart: its text as by `decoded`, and the ``head`` of its bytes.

    The separator is the one, comma or semicolon, that finds more columns of the shape in the header, unless
    the file begins with a line like ``sep=;``. Raises Unreadable when there is no header or the file is not
    UTF-8.
    """
    if head.startswith(_OLD_MARKS):
        raise Unreadable(f"is in UTF-16 or UTF-32, not in UTF-8: {_SAVE_AS}")
    if head.count(b"\0") > len(head) // 4:
        raise Unreadable(f"is not text in UTF-8 (it may be UTF-16): {_SAVE_AS}")
    lead, lines = _lead(_lines(stream))
    first = next(filter(_is_filled, lead), "")
    if not first:
        raise Unreadable(_EMPTY)
    told = _SEPARATOR_TOLD.fullmatch(first.strip())
    if told is not None and told[1] not in _SEPARATORS:
        raise Unreadable(f"says that its columns are separated by {shown(told[1])}: {_SEPARATED}")

    separator = _separator(lead, first, shape) if told is None else told[1]
    top = _top(lines, separator, shape)
    if not top.known:
        _check_no_tabs(lead)
    if told is not None and top.above:
        top.above[0] = (top.above[0][0], f"sep={separator}")
    return Source(True, top.line, top.header, top.rest, top.above)


def _top(lines: Iterable[str], separator: str, shape: Shape) -> Top:
    return top_of(
        _records(csv.reader(lines, delimiter=separator, strict=True), separator), shape, empty=_EMPTY
    )


def _separator(lead: Sequence[str], first: str, shape: Shape) -> str:
    """The separator with which the first lines have the better header."""

    def promise(separator: str) -> tuple[int, int]:
        try:
            top = _top(lead, separator, shape)
        except Unreadable:
            return sum(shape.column_under(name.strip(' "')) is not None for name in first.split(separator)), 0
        return top.known, len(top.header)

    return max(_SEPARATORS, key=promise)


def without_apostrophe(text: str) -> str:
    """The text as it was before the apostrophe that keeps a spreadsheet from running it as a formula."""
    return text[1:] if text.startswith("'") and _HARMLESS.match(text) else text


def _lines(text: TextIO) -> Iterator[str]:
    """The lines with their ends. Raises Unreadable for an endless one and for the first that is not UTF-8."""
    number = 0
    while line := text.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT:
            raise Unreadable(
                f"this line has over {LINE_LIMIT:,} characters: check that it is a CSV file with one record"
                " a line",
                number,
            )
        if not line.isascii() and (wrong := _NOT_UTF_8.search(line)):
            byte = ord(wrong[0]) - 0xDC00
            raise Unreadable(f"the byte 0x{byte:02X} in this line is not UTF-8: {_SAVE_AS}", number)
        yield line


def _lead(lines: Iterator[str]) -> tuple[list[str], Iterator[str]]:
    """The first lines, to be looked at, and all of them, to be read."""
    lead: list[str] = []
    filled = 0
    try:
        while filled < _LEAD and (line := next(lines, "")):
            lead.append(line)
            filled += _is_filled(line)
    except Unreadable as stop:
        return lead, chain(lead, _raising(stop))
    return lead, chain(lead, lines)


def _is_filled(line: str) -> bool:
    return bool(line.strip(" \t\r\n,;"))


def _raising(stop: Unreadable) -> Iterator[str]:
    raise stop
    yield  # an iterator that breaks off where the file does


def _check_no_tabs(lead: Sequence[str]) -> None:
    for number, line in enumerate(lead, start=1):
        if "\t" in line.strip() and not any(separator in line for separator in _SEPARATORS):
            raise Unreadable(f"its columns are separated by tabs: {_SEPARATED}", number)


def _records(reader: "Reader", separator: str) -> Iterator[Record]:
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger than field limit" in str(error):
                # The end of this cell is unknown, so nothing after it can be told apart.
                raise Unreadable(
                    f"a cell that starts here has over {csv.field_size_limit():,} characters: shorten it, or"
                    " look for a quotation mark that is never closed",
                    start,
                ) from None
            yield Fault(start, _quotation(error, start, reader.line_num, separator))
            continue
        yield start, cells


def _quotation(error: csv.Error, start: int, end: int, separator: str) -> str:
    cure = "write a quotation mark inside a value twice, and the whole value between quotation marks"
    if "unexpected end of data" in str(error):
        return f"a quotation mark opens here and is never closed, up to line {end}: {cure}"
    if end > start:
        return f"a quotation mark opens here and closes on line {end}, before other text: {cure}"
    return f"text follows a closing quotation mark where “{separator}” should: {cure}"
