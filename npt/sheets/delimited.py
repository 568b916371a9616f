"""CSV files taken apart into records: encodings, separators, quotation marks and the lines they are on."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, TextIO

from npt.sheets.records import Cell, Fault, Source, Unreadable

if TYPE_CHECKING:  # the csv module gives its reader's type no public name
    from _csv import Reader

LINE_LIMIT = 1_000_000  # characters: one endless line must not fill the memory
_SEPARATORS = ",;"
_SAVE_AS = "save the file as “CSV UTF-8” and try again"
_OLD_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_NOT_UTF_8 = re.compile("[\udc80-\udcff]")
# What `writing` puts before text that a spreadsheet would run as a formula, see there.
_HARMLESS = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def decoded(stream: BinaryIO) -> io.TextIOWrapper:
    """The text of a file. Bytes that are not UTF-8 stay visible, so that their line can be named."""
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")


def open_csv(stream: TextIO, head: bytes, known_names: Collection[str]) -> Source:
    """Take a CSV apart: its text as by `decoded`, and the ``head`` of its bytes.

    The separator is the one, comma or semicolon, that finds more of the ``known_names`` in the header.
    Raises Unreadable when there is no header or the file is not UTF-8.
    """
    if head.startswith(_OLD_MARKS):
        raise Unreadable(f"is in UTF-16 or UTF-32, not in UTF-8: {_SAVE_AS}")
    if head.count(b"\0") > len(head) // 4:
        raise Unreadable(f"is not text in UTF-8 (it may be UTF-16): {_SAVE_AS}")
    lines = _lines(stream)
    skipped = 0
    for first in lines:
        if first.strip(" \t\r\n,;"):
            break
        skipped += 1
    else:
        raise Unreadable("is empty: it needs a header row that names the columns")
    if "\t" in first and not any(separator in first for separator in _SEPARATORS):
        raise Unreadable("its columns are separated by tabs: save it with commas or semicolons", skipped + 1)
    separator = _separator(first, known_names)
    reader = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    try:
        header = next(reader)
    except csv.Error:
        raise Unreadable(
            "the header row has a quotation mark that is never closed: delete it", skipped + 1
        ) from None
    return Source(True, skipped + 1, [name.strip() for name in header], _records(reader, separator, skipped))


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


def _separator(header: str, known_names: Collection[str]) -> str:
    def known(separator: str) -> int:
        names = (name.strip(' "\r\n\t').casefold() for name in header.split(separator))
        return sum(name in known_names for name in names)

    return max(_SEPARATORS, key=lambda separator: (known(separator), header.count(separator)))


def _records(reader: "Reader", separator: str, skipped: int) -> Iterator[tuple[int, Sequence[Cell]] | Fault]:
    while True:
        start = skipped + reader.line_num + 1
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
            yield Fault(start, _quotation(error, start, skipped + reader.line_num, separator))
            continue
        yield start, cells


def _quotation(error: csv.Error, start: int, end: int, separator: str) -> str:
    cure = "write a quotation mark inside a value twice, and the whole value between quotation marks"
    if "unexpected end of data" in str(error):
        return f"a quotation mark opens here and is never closed, up to line {end}: {cure}"
    if end > start:
        return f"a quotation mark opens here and closes on line {end}, before other text: {cure}"
    return f"text follows a closing quotation mark where “{separator}” should: {cure}"
