"""Some records of a file taken out of it as they stand, to be mended and sent again."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from npt.kit.files import written_whole
from npt.sheets.columns import Shape
from npt.sheets.delimited import decoded, open_csv
from npt.sheets.reading import is_workbook
from npt.sheets.records import Cell, Displayed, Fault, Source, Spoilt
from npt.sheets.workbook import open_workbook
from npt.sheets.writing import write

_HEAD = 4096  # bytes that tell a format


def pick(path: Path, lines: Collection[int], shape: Shape, target: Path) -> None:
    """Write the header and the records that start on `lines` of the file at `path` to `target`.

    Lines of a CSV are copied as they are, byte for byte; an XLSX keeps its cells and loses its looks. The
    target is written whole or not at all. To be used on a file that could be read: else Unreadable is raised.
    OSError when the disk refuses.
    """
    with open(path, "rb") as stream, decoded(stream) as text:
        head = stream.peek(_HEAD)[:_HEAD]
        if is_workbook(path, head):
            source = open_workbook(path, shape)
            _write_workbook(source, lines, target)
            return
        source = open_csv(text, head, shape)
        starts = [source.header_line]
        starts += [each.line if isinstance(each, Fault) else each[0] for each in source.records]
    wanted = {source.header_line, *lines}
    spans = list(zip(starts, [*starts[1:], None], strict=True))
    with open(path, "rb") as stream, written_whole(target) as out:
        for number, line in _records(stream.read().splitlines(keepends=True), spans):
            if number in wanted:
                out.write(line if line.endswith(b"\n") else line + b"\n")


def _records(lines: Sequence[bytes], spans: Sequence[tuple[int, int | None]]) -> Iterator[tuple[int, bytes]]:
    """Every record of a CSV with the line it starts on. A byte order mark before the header stays with it."""
    for start, end in spans:
        yield start, b"".join(lines[start - 1 : None if end is None else end - 1])


def _write_workbook(source: Source, lines: Collection[int], target: Path) -> None:
    width = len(source.header)
    rows = (
        [_text(cell) for cell in record[1]][:width] + [None] * (width - len(record[1]))
        for record in source.records
        if not isinstance(record, Fault) and record[0] in lines
    )
    write(target, source.header, rows)


def _text(cell: Cell) -> object:
    """The cell as it can be written again; what the file itself spoilt is left out."""
    if isinstance(cell, Spoilt):
        return None
    if isinstance(cell, Displayed):
        return str(cell)
    return cell
