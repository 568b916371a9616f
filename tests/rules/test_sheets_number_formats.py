"""Numbers of a workbook that are shown otherwise than they are kept: codes with zeros in front, durations."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from npt.sheets.picking import pick
from npt.sheets.reading import read
from tests.rules.sheet_files import HEADER, THINGS, Desk, values


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def formatted(code: str, number: float, column: str = "code") -> Callable[[Any, Any], object]:
    """Fills the first row with a number in a format."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(1, 0, "S1")
        sheet.write_number(1, HEADER.index(column), number, book.add_format({"num_format": code}))

    return fill


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0000", 447, "0447"),
        ("0000", 44712, "44712"),
        ("00000;-00000", 7, "00007"),
        ('"S"0000', 447, "S0447"),
        ("\\S0000", 447, "S0447"),
        ("0", 447, "447"),
        ("#,##0", 4471, "4471"),
        ("[Red]0", 447, "447"),
        ('_-"£"* #,##0_-', 447, "447"),
        ("[$£-809]#,##0.00", 447, "447"),
        ("0.00E+00", 447, "447"),
        ("General", 447, "447"),
    ],
)
def test_a_number_shown_with_zeros_in_front_is_read_as_shown(
    desk: Desk, code: str, number: int, shown: str
) -> None:
    assert values(desk.excel(formatted(code, number)).read()) == [{"code": shown}]


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("00-00", 447),
        ("0000", 447.5),
        ("0000", -447),
        ("000,000", 447),
        ("0000;;", 447),
        ("[>999]0000;000000", 447),
        ('"S"General', 447),
    ],
)
def test_a_number_whose_looks_are_not_told_is_refused_with_the_cure(
    desk: Desk, code: str, number: float
) -> None:
    (problem,) = desk.excel(formatted(code, number)).problems()
    assert problem.startswith(
        f"things.xlsx:2: code: holds {number:g}, which the number format “{code}” shows"
    )
    assert problem.endswith("format the cell as text and type the value")


def test_words_before_a_number_are_no_part_of_a_code(desk: Desk) -> None:
    (problem,) = desk.excel(formatted('"PC "0000', 447)).problems()
    assert problem.startswith("things.xlsx:2: code: “PC 0447” holds a space")


@pytest.mark.parametrize("code", ["00.00", '0.00" FTE"', "00-00", "# ?/?"])
def test_a_number_is_its_value_however_it_is_shown(desk: Desk, code: str) -> None:
    (row,) = values(desk.excel(formatted(code, 1.5, "share")).read())
    assert row["share"] == Decimal("1.5")


def test_a_cell_of_text_with_a_number_format_stays_text(desk: Desk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(1, 0, "47", book.add_format({"num_format": "0000"}))

    assert values(desk.excel(fill).read()) == [{"code": "47"}]


def test_a_heading_is_what_its_cell_shows(desk: Desk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["code", "day"])
        sheet.write_number("C1", 7, book.add_format({"num_format": "000"}))

    (problem,) = desk.excel(fill, header=[]).problems()
    assert problem.startswith("things.xlsx:1: 007: things has no such column")


def test_numbers_are_found_in_any_row_of_a_table_further_right_and_kept_when_picked(
    desk: Desk, tmp_path: Path
) -> None:
    def fill(book: Any, sheet: Any) -> None:
        shown = book.add_format({"num_format": "000"})
        sheet.write_string("C4", "code")
        for row in range(4, 9):
            sheet.write_number(row, 2, row, shown if row % 2 else None)

    table = desk.excel(fill, header=[]).read()
    assert [row["code"] for row in values(table)] == ["4", "005", "6", "007", "8"]
    pick(desk.file, {6, 7}, THINGS, tmp_path / "picked.xlsx")
    assert [row["code"] for row in values(read(tmp_path / "picked.xlsx", THINGS))] == ["005", "6"]


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("[h]:mm", 7.5 / 24, "7:30"),
        ("[h]:mm", 26.5 / 24, "26:30"),
        ("[h]:mm", 0, "0:00"),
        ("[h]:mm:ss", 450 / 86400, "0:07:30"),
        ("[h]:mm", 0.99999999, "24:00"),
        ("hh:mm", 7.5 / 24, "07:30"),
        ("hh:mm", 0, "00:00"),
        ("h:mm AM/PM", 14.5 / 24, "14:30"),
        ("hh:mm", 7 / 24 + 1e-9, "07:00"),
    ],
)
def test_times_and_durations_are_read_as_a_person_types_them(
    desk: Desk, code: str, number: float, text: str
) -> None:
    (row,) = values(desk.excel(formatted(code, number, "note")).read())
    assert row["note"] == text
