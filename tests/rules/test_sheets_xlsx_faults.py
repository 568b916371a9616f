"""Workbooks that are none, are damaged, or are made to do harm."""

import zipfile
from pathlib import Path

import pytest

from npt.sheets import workbook
from tests.rules.sheet_files import Desk, values


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("content", [b"code\na\n", b"", b"PK\x03\x04 and then rubbish", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_refused(desk: Desk, content: bytes) -> None:
    desk.file.write_bytes(content)
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:1: file: is n")
    assert problem.endswith("open it in Excel and save it as .xlsx or CSV UTF-8")


def test_an_old_or_protected_excel_file_is_refused(desk: Desk) -> None:
    desk.file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:1: file: is an old Excel file (.xls) or has a password")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',  # no such shared text
        '<row r="2"><c r="A2" t="zz"><v>1</v></c></row>',  # no such kind of cell
        '<row r="2"><c r="A2"><v>1</v>',  # cut off
        '<row r="2"><c r="A2"><v>1</w></c></row>',  # not XML
    ],
)
def test_a_damaged_sheet_is_refused(desk: Desk, rows: str) -> None:
    (problem,) = desk.raw(rows).problems()
    assert problem.startswith("things.xlsx:1: file: is not an Excel workbook that can be read")


def test_a_workbook_cut_short_is_refused_wherever_it_was_cut(desk: Desk) -> None:
    whole = desk.excel(lambda _, sheet: sheet.write_string(1, 0, "a")).file.read_bytes()
    for end in range(4, len(whole), 97):
        desk.file.write_bytes(whole[:end])
        (problem,) = desk.problems()
        assert problem.startswith("things.xlsx:1: file: is not an Excel workbook")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='xfd1048576'><v>1</v></c></row>",
        '<row r="1048576"><c\n r="XFD1048576"><v>1</v></c></row>',
        '<row r="2"><c r="XFD2"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="2"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>',
        '<row r="99999999999"><c><v>1</v></c></row>',
    ],
)
def test_a_value_in_the_far_corner_does_not_fill_the_memory(desk: Desk, rows: str) -> None:
    (problem,) = desk.raw(rows).problems()
    assert problem.startswith("things.xlsx:1: file: has a value far outside its table")


def test_a_border_drawn_to_the_far_corner_is_no_value(desk: Desk) -> None:
    desk.raw('<row r="2"><c r="A2"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert values(desk.read()) == [{"code": "7"}]


def test_a_far_value_is_found_wherever_the_file_is_cut_into_blocks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.raw('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    for size in range(40, 140):
        monkeypatch.setattr(workbook, "_BLOCK", size)
        (problem,) = desk.problems()
        assert "far outside its table" in problem


def test_a_file_that_unfolds_to_more_than_the_limit_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 10 * 1024 * 1024)
    desk.raw(" " * 10 * 1024 * 1024)
    assert desk.file.stat().st_size < 100_000
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:1: file: unfolds to over 10 MB: split it")


def test_a_file_that_lies_about_its_size_is_refused(desk: Desk) -> None:
    desk.raw(" " * 1_000_000)
    content = desk.file.read_bytes()
    with zipfile.ZipFile(desk.file) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    desk.file.write_bytes(content.replace(true_size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:1: file: is not an Excel workbook")
