"""The file of postcodes: ours, or a directory with the columns of ONSPD, whatever the edition."""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.places.actions import PostcodeRecording, WantedPostcode
from npt.places.exchange.under import those_under
from npt.places.models import Postcode
from npt.places.rules import compact_postcode, degrees, postcode_words, read_degrees, read_ending
from npt.sheets.columns import BadCell, Column, Shape, integer, shown
from npt.sheets.reading import Row, Table, read_chunks
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from npt.store.rows import Bulk


def _quality(text: str) -> int:
    value = integer(text)
    if not 1 <= value <= 9:
        raise BadCell(f"{shown(text)} is no quality of a grid reference: give 1 to 9, or nothing")
    return value


_COLUMNS = (
    Column("postcode", compact_postcode, hint="the postcode"),
    Column("lat", read_degrees, hint="the latitude in degrees"),
    Column("lng", read_degrees, hint="the longitude in degrees"),
    Column("terminated", read_ending, is_required=False, hint="the day from which it is out of use"),
    Column("quality", _quality, is_required=False, hint="1 to 9"),
)
#: What the directory calls our columns, by stem: editions have renamed them.
_THEIRS = {
    "postcode": re.compile(r"pcds|pcd[0-9]*"),
    "lat": re.compile(r"lat"),
    "lng": re.compile(r"long|lng"),
    "terminated": re.compile(r"doterm"),
    "quality": re.compile(r"(os)?grdind|gridind"),
}
#: The columns by which a directory is told from a file of ours.
_MARKS = ("pcds", "pcd", "pcd2", "pcd7", "pcd8")


def read_postcodes(path: str | os.PathLike[str]) -> Iterator[Table]:
    """The file as tables of rows; the columns of a directory that say nothing of places are passed over.

    OSError when the file cannot be opened.
    """
    titles = _titles(path)
    if not any(title.casefold() in _MARKS for title in titles):
        yield from read_chunks(path, POSTCODES.shape)
        return
    named = _named(titles)
    columns = [replace(each, name=named[each.name]) for each in _COLUMNS if each.name in named]
    ours = {column.name: name for name, column in zip(named, columns, strict=True)}
    passed = [Column(title, _nothing, is_required=False) for title in titles if title and title not in ours]
    for table in read_chunks(path, Shape("postcodes", (*columns, *passed))):
        table.rows = [_as_ours(row, named) for row in table.rows]
        yield table


def _titles(path: str | os.PathLike[str]) -> list[str]:
    """The first line as headings; none where it is no text, which is told when all of it is read."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = stream.readline(100_000)
    return [title.strip() for title in next(csv.reader([first]), [])]


def _named(titles: Sequence[str]) -> dict[str, str]:
    """What the directory calls each of our columns that it has; the postcode as people write it first."""
    named: dict[str, str] = {}
    for column in _COLUMNS:
        fits = [title for title in titles if _THEIRS[column.name].fullmatch(title.casefold())]
        if fits:
            named[column.name] = next((each for each in fits if each.casefold() == "pcds"), fits[0])
    return named


def _nothing(_text: str) -> None:
    return None


def _as_ours(row: Row, named: dict[str, str]) -> Row:
    return Row(row.line, {each.name: row.values.get(named.get(each.name, "")) for each in _COLUMNS})


def _lines(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    asked = select(Postcode).order_by(Postcode.postcode).execution_options(yield_per=5_000)
    for each in those_under(session, order.path, session.scalars(asked), order.today):
        yield (
            postcode_words(each.postcode),
            degrees(each.lat),
            degrees(each.lng),
            each.terminated_on,
            each.quality,
        )


POSTCODES = Bulk(
    shape=Shape("postcodes", _COLUMNS),
    make=WantedPostcode,
    names={},
    start=lambda session, order: PostcodeRecording(session, order.may_update, order.is_forced).take,
    lines=_lines,
)


def save_postcodes(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file in; see `npt.store.exchange.Import`."""
    recording = PostcodeRecording(session, order.may_update, order.is_forced)
    outcome = replace(POSTCODES, start=lambda _session, _order: recording.take).save(session, chunks, order)
    outcome.warnings += recording.warnings
    return outcome
