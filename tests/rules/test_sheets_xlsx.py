"""XLSX files as Excel and other programs write them."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from npt.sheets.reading import count_rows, read
from tests.rules.sheet_files import HEADER, THINGS, Desk, values


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def day_format(book: Any) -> Any:
    return book.add_format({"num_format": "dd/mm/yyyy"})


def time_format(book: Any) -> Any:
    return book.add_format({"num_format": "dd/mm/yyyy hh:mm"})


def test_text_cells_are_read_like_those_of_a_csv(desk: Desk) -> None:
    desk.excel(
        lambda _, sheet: sheet.write_row(1, 0, ["C1", "2026-10-25", "2026-07-01T22:00", "0.5", "مريم 👮🏽"])
    )
    (row,) = values(desk.read())
    assert row["day"] == date(2026, 10, 25)
    assert row["at"] == (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), False)
    assert (row["code"], str(row["share"]), row["note"]) == ("C1", "0.50", "مريم 👮🏽")


def test_a_number_stays_the_code_that_was_typed(desk: Desk) -> None:
    desk.excel(lambda _, sheet: sheet.write_number(1, 0, 1234))
    assert values(desk.read()) == [{"code": "1234"}]


@pytest.mark.parametrize(("number", "text"), [(0.7 + 0.1, "0.80"), (0.1 + 0.2, "0.30"), (1000, "1000.00")])
def test_a_calculated_share_has_the_digits_that_excel_shows(desk: Desk, number: float, text: str) -> None:
    desk.excel(lambda _, sheet: (sheet.write_string(1, 0, "a"), sheet.write_number(1, 3, number)))
    assert str(desk.read().rows[0].values["share"]) == text


@pytest.mark.parametrize("number", [1e300, 1e-300, 1e-5])
def test_a_number_out_of_all_proportion_is_refused(desk: Desk, number: float) -> None:
    desk.excel(lambda _, sheet: (sheet.write_string(1, 0, "a"), sheet.write_number(1, 3, number)))
    assert [(each.line, each.column) for each in desk.read().problems] == [(2, "share")]


def test_a_number_that_excel_has_rounded_is_refused(desk: Desk) -> None:
    desk.excel(lambda _, sheet: sheet.write_number(1, 0, 12345678901234567))
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:2: code: holds a number that Excel has rounded to 15 digits")


def test_a_number_beyond_all_numbers_is_refused(desk: Desk) -> None:
    desk.raw('<row r="2"><c r="A2"><v>1e309</v></c></row>')
    assert desk.problems() == ["things.xlsx:2: code: holds a number too large to keep: correct it"]


def test_excel_dates_are_days_and_times(desk: Desk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(1, 0, "a")
        sheet.write_datetime(1, 1, datetime(2026, 10, 25), day_format(book))  # noqa: DTZ001 - Excel has no zones
        sheet.write_datetime(1, 2, datetime(2026, 7, 1, 22, 0), time_format(book))  # noqa: DTZ001 - Excel has no zones

    (row,) = values(desk.excel(fill).read())
    assert row["day"] == date(2026, 10, 25)
    assert row["at"] == (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), False)


def test_an_excel_midnight_is_a_time_where_a_time_is_wanted(desk: Desk) -> None:
    desk.excel(
        lambda book, sheet: (
            sheet.write_string(1, 0, "a"),
            sheet.write_datetime(1, 2, date(2026, 7, 1), time_format(book)),
        )
    )
    assert values(desk.read())[0]["at"] == (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), False)


def test_every_minute_of_a_day_survives_excels_fractions(desk: Desk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for minute in range(1440):
            sheet.write_string(minute + 1, 0, "a")
            # As sums of fractions leave it, nearly a millisecond short, not as typed.
            sheet.write_number(minute + 1, 2, 46000 + minute / 1440 - 1e-8, time_format(book))

    first = datetime(2025, 12, 9, tzinfo=UTC)
    assert [row["at"] for row in values(desk.excel(fill).read())] == [
        (first + timedelta(minutes=minute), False) for minute in range(1440)
    ]


def test_an_excel_time_that_happens_twice_warns(desk: Desk) -> None:
    twice = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - Excel has no zones
    desk.excel(
        lambda book, sheet: (
            sheet.write_string(1, 0, "a"),
            sheet.write_datetime(1, 2, twice, time_format(book)),
        )
    )
    assert [(each.line, each.column) for each in desk.read().warnings] == [(2, "at")]


def test_an_excel_day_with_a_time_is_no_day(desk: Desk) -> None:
    seven = datetime(2026, 10, 25, 7, 0)  # noqa: DTZ001 - Excel has no zones
    desk.excel(
        lambda book, sheet: (
            sheet.write_string(1, 0, "a"),
            sheet.write_datetime(1, 1, seven, time_format(book)),
        )
    )
    assert "things.xlsx:2: day: “2026-10-25T07:00” has a time of day" in desk.problems()[0]


def test_an_excel_time_without_a_day_is_no_day(desk: Desk) -> None:
    desk.excel(
        lambda book, sheet: (
            sheet.write_string(1, 0, "a"),
            sheet.write_datetime(1, 1, time(7, 0), book.add_format({"num_format": "hh:mm"})),
        )
    )
    assert "things.xlsx:2: day: “07:00” is not a date" in desk.problems()[0]


def test_a_formula_gives_the_value_that_excel_last_showed(desk: Desk) -> None:
    desk.excel(lambda _, sheet: sheet.write_formula(1, 0, '="C"&"1"', None, "C1"))
    assert values(desk.read()) == [{"code": "C1"}]


def test_a_formula_without_a_result_is_told(desk: Desk) -> None:
    (problem,) = desk.raw('<row r="2"><c r="A2"><f>1+1</f></c></row>').problems()
    assert problem.startswith(
        "things.xlsx:1: file: holds formulas without their results: open it in Excel, save"
    )


def test_an_error_is_told_and_never_read_as_an_empty_cell(desk: Desk) -> None:
    desk.excel(
        lambda _, sheet: (sheet.write_string(1, 0, "a"), sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!"))
    )
    assert desk.problems() == [
        "things.xlsx:2: note: holds an Excel error such as #REF! or #N/A:"
        " correct the formula, or type the value"
    ]


def test_an_error_is_told_in_a_table_that_begins_further_down_and_right(desk: Desk) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(3, 2, HEADER)
        sheet.write_row(4, 2, ["a"])
        sheet.write_row(6, 2, ["b"])
        sheet.write_formula(6, 6, "=1/0", None, "#DIV/0!")

    table = desk.excel(fill, header=[]).read()
    assert [(each.line, each.column) for each in table.problems] == [(7, "note")]
    assert [row.line for row in table.rows] == [5]


def test_empty_rows_are_passed_over_and_lines_are_those_of_the_sheet(desk: Desk) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(4, 0, "a")
        sheet.write_string(9, 0, " ")
        for row in range(20, 40):
            sheet.write_blank(row, 0, None, book.add_format({"border": 1}))

    assert [row.line for row in desk.excel(fill).read().rows] == [5]


def test_a_title_above_the_header_is_skipped_and_told(desk: Desk) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:E1", "Things, November")
        sheet.write_row("A3", ["code", "day\n", "at", "share", "no\u00a0te"])
        sheet.write_row("A4", ["S1"])

    table = desk.excel(fill, header=[]).read()
    assert [each.column for each in table.problems] == ["no te"]
    assert [(each.line, each.message) for each in table.warnings] == [
        (1, "“Things, November” is above the header row and was skipped")
    ]


def test_only_the_first_visible_sheet_is_read(desk: Desk) -> None:
    with xlsxwriter.Workbook(desk.file) as book:
        hidden, shown, other = (book.add_worksheet(name) for name in ("Lists", "Table", "Notes"))
        hidden.write_row(0, 0, ["rubbish"])
        shown.write_row(0, 0, ["code"])
        shown.write_row(1, 0, ["a"])
        other.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        shown.activate()
        shown.set_first_sheet()
        hidden.hide()
    assert values(desk.read()) == [{"code": "a"}]


def test_an_error_is_looked_for_on_the_sheet_that_is_read(desk: Desk) -> None:
    with xlsxwriter.Workbook(desk.file) as book:
        hidden, shown = (book.add_worksheet(name) for name in ("Lists", "Table"))
        shown.write_row(0, 0, ["code"])
        shown.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        shown.activate()
        shown.set_first_sheet()
        hidden.hide()
    (problem,) = desk.problems()
    assert problem.startswith("things.xlsx:2: code: holds an Excel error")


def test_a_sheet_found_by_an_absolute_address_is_read(desk: Desk) -> None:
    desk.raw('<row r="2"><c r="A2"><v>7</v></c></row>', target="/xl/worksheets/sheet1.xml")
    assert values(desk.read()) == [{"code": "7"}]


def test_an_apostrophe_in_a_workbook_is_only_a_character(desk: Desk) -> None:
    desk.excel(lambda _, sheet: (sheet.write_string(1, 0, "a"), sheet.write_string(1, 4, "'=1+1")))
    assert values(desk.read())[0]["note"] == "'=1+1"


def test_a_value_beside_the_table_is_told(desk: Desk) -> None:
    desk.excel(lambda _, sheet: sheet.write_row(1, 0, ["a", "", "", "", "", "x"]))
    assert desk.problems() == [
        "things.xlsx:2: row: cell 6 has no column name above it: name the column or clear the cell"
    ]


def test_an_empty_sheet_is_told(desk: Desk) -> None:
    (problem,) = desk.excel(lambda *_: None, header=[]).problems()
    assert problem.startswith("things.xlsx:1: file: is empty: its first sheet needs a header row")


def test_a_workbook_is_known_by_its_content_whatever_its_name(desk: Desk) -> None:
    desk.excel(lambda _, sheet: sheet.write_string(1, 0, "a"))
    other = desk.file.rename(desk.file.with_suffix(".csv"))
    assert [row.values["code"] for row in read(other, THINGS).rows] == ["a"]


def test_rows_are_counted_by_what_the_sheet_says(desk: Desk) -> None:
    desk.excel(lambda _, sheet: [sheet.write_string(row, 0, "a") for row in range(1, 8)])
    assert count_rows(desk.file) == 7


def test_rows_that_the_sheet_does_not_count_are_not_known(desk: Desk) -> None:
    assert count_rows(desk.raw('<row r="2"><c r="A2"><v>7</v></c></row>').file) is None


def test_rows_of_a_damaged_file_are_not_known(desk: Desk) -> None:
    desk.file.write_bytes(b"PK\x03\x04 and then rubbish")
    assert count_rows(desk.file) is None
