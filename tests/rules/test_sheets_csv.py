"""CSV files as people send them, read into typed rows."""

import itertools
from pathlib import Path

import pytest

from npt.kit.refusals import Refusal
from npt.sheets import columns
from npt.sheets.columns import Column, Shape
from npt.sheets.reading import Table, count_rows, read_chunks
from tests.rules.sheet_files import DUTY, MEMBERS, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def tuples(table: Table) -> list[tuple[object, ...]]:
    """The values of the rows in the order of their columns, of a file with nothing wrong."""
    assert table.problems == []
    return [tuple(row.values.values()) for row in table.rows]


GOOD = [("101", "Sam Smith", None), ("102", "Ada Łuk", "ada@demo.example")]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_file_is_read_with_any_mark_separator_and_line_end(
    folder: Folder, mark: str, separator: str, end: str
) -> None:
    lines = ["number,name,email", "101,Sam Smith,", "102,Ada Łuk,ada@demo.example"]
    text = mark + "".join(line.replace(",", separator) + end for line in lines)
    assert tuples(folder.read(text)) == GOOD


def test_columns_come_in_any_order_and_case(folder: Folder) -> None:
    assert tuples(folder.read("Email, NAME ,Number\nada@demo.example,Ada Łuk,102\n")) == GOOD[1:]


@pytest.mark.parametrize(
    "title", ["Collar\u00a0No", "Collar  no", '"Collar\nNo"', '" collar\r\n No"', "Collar\tNo"]
)
@pytest.mark.parametrize("separator", [",", ";"])
def test_white_space_in_a_heading_is_one_blank(folder: Folder, title: str, separator: str) -> None:
    shape = Shape("things", (Column("Collar No", columns.code), Column("note", columns.text(20))))
    table = folder.read(f"{title}{separator}note\n101{separator}x\n", shape)
    assert tuples(table) == [("101", "x")]


def test_surplus_empty_cells_are_taken_and_optional_last_ones_may_be_left_out(folder: Folder) -> None:
    assert (
        tuples(folder.read("number,name,email\n101,Sam Smith\n102,Ada Łuk,ada@demo.example,, \n,,,,\n"))
        == GOOD
    )
    assert tuples(folder.read("number,name,,\n101,Sam Smith\n")) == GOOD[:1]


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("sep=;", ["sep=;"]),
        ('"Members; of all teams"', ["Members; of all teams"]),
        ("\nMembers;;\n", ["Members"]),
        ("# exported by the roster; Monday; 14:00", ["# exported by the roster, Monday, 14:00"]),
        ("sep=;\nMembers\n\n# exported, Monday", ["sep=;", "Members", "# exported, Monday"]),
        ("Name", ["Name"]),
    ],
)
def test_what_stands_above_the_header_is_skipped_and_told(
    folder: Folder, above: str, told: list[str]
) -> None:
    table = folder.read(f"{above}\nnumber;name;email\n101;Sam Smith;\n102;Ada Łuk;ada@demo.example\n")
    assert tuples(table) == GOOD
    assert [each.message for each in table.warnings] == [
        f"“{text}” is above the header row and was skipped" for text in told
    ]
    assert table.rows[0].line == f"{above}\n".count("\n") + 2


def test_a_header_may_begin_with_the_sign_of_a_note(folder: Folder) -> None:
    shape = Shape("things", (Column("#", columns.code), Column("note", columns.text(20))))
    assert tuples(folder.read("#,note\n1,x\n", shape)) == [("1", "x")]


def test_a_column_that_may_be_empty_may_be_missing(folder: Folder) -> None:
    assert tuples(folder.read("number,name\n101,Sam Smith\n")) == GOOD[:1]


def test_a_semicolon_in_a_name_does_not_make_a_file_of_semicolons(folder: Folder) -> None:
    assert tuples(folder.read('number,name,email\n101,"Smith; Sam",\n')) == [("101", "Smith; Sam", None)]


def test_a_header_alone_is_a_file_without_rows(folder: Folder) -> None:
    assert folder.read("number,name\n") == Table()


def test_the_last_line_needs_no_end(folder: Folder) -> None:
    assert tuples(folder.read("number,name\n101,Sam Smith")) == GOOD[:1]


def test_blank_lines_and_rows_of_bare_separators_are_passed_over_but_counted(folder: Folder) -> None:
    table = folder.read("\n,,\nnumber,name,email\n\n,,\n101,Sam Smith,\n , ,\n,\n")
    assert tuples(table) == GOOD[:1]
    assert table.rows[0].line == 6


def test_a_nameless_column_may_be_empty(folder: Folder) -> None:
    assert tuples(folder.read("number,name,,\n101,Sam Smith,,\n")) == GOOD[:1]


def test_a_line_break_between_quotation_marks_belongs_to_the_cell(folder: Folder) -> None:
    notes = Shape(
        "notes", (Column("number", columns.code), Column("note", columns.text(100, is_multiline=True)))
    )
    table = folder.read('number,note\n1,"one\r\ntwo ""2"", three"\n2,x\n', notes)
    assert tuples(table) == [("1", 'one\ntwo "2", three'), ("2", "x")]
    assert [row.line for row in table.rows] == [2, 4]


def test_a_problem_stands_on_the_line_where_its_record_starts(folder: Folder) -> None:
    assert [each.line for each in folder.read('number,name\n1,"a\nb"\n2,"c\n\nd"\n3,\n').problems] == [
        2,
        4,
        7,
    ]


def test_a_problem_reads_file_line_column_what_is_wrong_what_to_do(folder: Folder) -> None:
    assert folder.problems("number,name\n,Sam\n") == [
        "members.csv:2: number: is empty: give the member's number"
    ]


def test_every_bad_cell_of_every_line_is_told(folder: Folder) -> None:
    table = folder.read("number,name,email\n1 1,\0,x\n101,Sam,sam@demo.example\n,Ada,y\n")
    assert [(each.line, each.column) for each in table.problems] == [
        (2, "number"),
        (2, "name"),
        (2, "email"),
        (4, "number"),
        (4, "email"),
    ]
    assert [row.line for row in table.rows] == [3]


def test_the_same_bad_text_is_told_on_each_of_its_lines(folder: Folder) -> None:
    assert [each.line for each in folder.read("number,name\n1 1,a\n1 1,b\n").problems] == [2, 3]


def test_a_refusal_by_a_rule_is_told_like_any_other(folder: Folder) -> None:
    def refuse(text: str) -> object:
        raise Refusal("is not wanted: leave it out.")

    shape = Shape("things", (Column("thing", refuse),))
    assert folder.problems("thing\nx\n", shape) == ["members.csv:2: thing: is not wanted: leave it out"]


def test_a_name_of_300_bytes_with_emoji_is_read(folder: Folder) -> None:
    name = "👮🏽‍♀️ مريم " * 12
    assert len(name.encode()) > 300
    assert tuples(folder.read(f"number,name\n1,{name}\n")) == [("1", name.strip(), None)]


def test_a_cell_like_a_formula_is_text(folder: Folder) -> None:
    assert tuples(folder.read("number,name\n1,=cmd|' /C calc'!A0\n")) == [("1", "=cmd|' /C calc'!A0", None)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("''=1+1", "'=1+1"),
        ("'+44", "+44"),
        ("'-", "-"),
        ("'@x", "@x"),
        ("'tis", "'tis"),
        ("'", "'"),
    ],
)
def test_exactly_the_apostrophe_before_a_formula_is_taken_away(folder: Folder, cell: str, text: str) -> None:
    assert tuples(folder.read(f"number,name\n1,{cell}\n")) == [("1", text, None)]


def test_spaces_around_a_value_are_no_part_of_it(folder: Folder) -> None:
    assert tuples(folder.read("number,name\n 101\u00a0,\t Sam Smith \n")) == GOOD[:1]


def test_a_time_that_happens_twice_warns_on_every_line_and_keeps_the_row(folder: Folder) -> None:
    row = "101,2026-10-25T01:30,2026-10-25T09:00,\n"
    table = folder.read("number,starts,ends,team\n" + row + row, DUTY)
    assert [(each.line, each.column) for each in table.warnings] == [(2, "starts"), (3, "starts")]
    assert "happens twice" in table.warnings[0].message
    assert len(table.rows) == 2


def test_a_time_that_happens_twice_with_its_offset_is_no_doubt(folder: Folder) -> None:
    table = folder.read("number,starts,ends,team\n1,2026-10-25T01:30+00:00,2026-10-25T09:00,\n", DUTY)
    assert table.warnings == []


def test_a_time_that_never_happens_is_told_with_its_place(folder: Folder) -> None:
    (problem,) = folder.problems("number,starts,ends,team\n1,2026-03-29T01:30,2026-03-29T09:00,\n", DUTY)
    assert problem.startswith("members.csv:2: starts: 29 March 2026 01:30 never happens")


# --- long files ---


def test_a_file_comes_in_chunks_in_order(folder: Folder) -> None:
    folder.read("number,name\n" + "".join(f"{each},Sam\n" for each in range(25)))
    chunks = [[row.values["number"] for row in table.rows] for table in read_chunks(folder.file, MEMBERS, 10)]
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    assert list(itertools.chain(*chunks)) == [str(each) for each in range(25)]


def test_a_chunk_that_is_full_at_the_end_of_the_file_is_the_last(folder: Folder) -> None:
    folder.read("number,name\n" + "1,Sam\n" * 20)
    assert [len(table.rows) for table in read_chunks(folder.file, MEMBERS, 10)] == [10, 10]


def test_problems_come_with_the_chunk_that_holds_their_line(folder: Folder) -> None:
    folder.read("number,name\n" + "1,Sam\n" * 10 + "1 1,Sam\n")
    assert [len(table.problems) for table in read_chunks(folder.file, MEMBERS, 10)] == [0, 1]


def test_more_different_values_than_are_remembered_are_all_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("npt.sheets.cells._REMEMBERED", 3)
    table = folder.read("number,name\n" + "".join(f"{each % 7},Sam\n" for each in range(50)))
    assert [row.values["number"] for row in table.rows] == [str(each % 7) for each in range(50)]


@pytest.mark.parametrize(
    ("content", "rows"), [("", 0), ("number,name\n", 0), ("a\n1\n2\n", 2), ("a\n1\n2", 2)]
)
def test_rows_are_counted_without_reading_them(folder: Folder, content: str, rows: int) -> None:
    folder.file.write_text(content)
    assert count_rows(folder.file) == rows
