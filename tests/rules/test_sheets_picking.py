"""Records of a file taken out of it to be mended."""

from datetime import date
from pathlib import Path

import pytest

from npt.sheets.columns import Column, Shape, text
from npt.sheets.picking import pick
from npt.sheets.reading import read
from npt.sheets.writing import write

SHAPE = Shape("notes", (Column("who", text(100)), Column("what", text(100, is_multiline=True))))


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_lines_of_a_csv_are_copied_byte_for_byte(tmp_path: Path, ending: bytes) -> None:
    lines = [b"\xef\xbb\xbfwho;what", b"1;'=a", b'2;"x ""y"""', "3;é👮".encode(), b"4;last"]
    (tmp_path / "notes.csv").write_bytes(ending.join(lines))
    pick(tmp_path / "notes.csv", {3, 5}, SHAPE, tmp_path / "picked.csv")
    picked = (tmp_path / "picked.csv").read_bytes()
    assert picked.replace(b"\r", b"\n").split() == b"\n".join([lines[0], lines[2], lines[4]]).split()


def test_a_record_of_several_lines_stays_whole(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text('\nwho,what\n1,"a\nb\nc"\n2,d\n\n3,"e\nf"\n')
    pick(tmp_path / "notes.csv", {3, 8}, SHAPE, tmp_path / "picked.csv")
    assert (tmp_path / "picked.csv").read_text() == 'who,what\n1,"a\nb\nc"\n3,"e\nf"\n'


def test_a_line_that_cannot_be_split_is_copied_too(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text('who,what\n1,"a"b\n2,c\n')
    pick(tmp_path / "notes.csv", {2}, SHAPE, tmp_path / "picked.csv")
    assert (tmp_path / "picked.csv").read_text() == 'who,what\n1,"a"b\n'


def test_rows_of_a_workbook_keep_their_cells(tmp_path: Path) -> None:
    write(tmp_path / "notes.xlsx", ("who", "what"), [("007", "=a"), ("2", date(2026, 11, 16)), ("3", None)])
    pick(tmp_path / "notes.xlsx", {2, 3}, SHAPE, tmp_path / "picked.xlsx")
    assert [row.values for row in read(tmp_path / "picked.xlsx", SHAPE).rows] == [
        {"who": "007", "what": "=a"},
        {"who": "2", "what": "2026-11-16"},
    ]
