"""CSV files as people send them, and what is said of each fault."""

import itertools
from pathlib import Path

import pytest

from npt.kit.refusals import Refusal
from npt.sheets import columns
from npt.sheets.columns import Column, Shape
from npt.sheets.reading import Table, count_rows, read, read_chunks

MEMBERS = Shape(
    "members",
    (
        Column("number", columns.code, hint="the member's number"),
        Column("name", columns.text(200)),
        Column("email", columns.email, is_required=False),
    ),
)
DUTY = Shape(
    "duty",
    (
        Column("number", columns.code),
        Column("starts", columns.instant),
        Column("ends", columns.instant),
        Column("team", columns.code, is_required=False),
    ),
)


class Folder:
    """A folder in which a test writes a file and reads it back by a shape."""

    def __init__(self, path: Path) -> None:
        self.file = path / "members.csv"

    def read(self, content: str | bytes, shape: Shape = MEMBERS) -> Table:
        self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(self.file, shape)

    def problems(self, content: str | bytes, shape: Shape = MEMBERS) -> list[str]:
        """What is wrong, each as it is printed but with the file's bare name."""
        return [str(each).removeprefix(f"{self.file.parent}/") for each in self.read(content, shape).problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def values(table: Table) -> list[tuple[object, ...]]:
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
    assert values(folder.read(text)) == GOOD


def test_columns_come_in_any_order_and_case(folder: Folder) -> None:
    assert values(folder.read("Email, NAME ,Number\nada@demo.example,Ada Łuk,102\n")) == GOOD[1:]


def test_a_column_that_may_be_empty_may_be_missing(folder: Folder) -> None:
    assert values(folder.read("number,name\n101,Sam Smith\n")) == GOOD[:1]


def test_a_semicolon_in_a_name_does_not_make_a_file_of_semicolons(folder: Folder) -> None:
    assert values(folder.read('number,name,email\n101,"Smith; Sam",\n')) == [("101", "Smith; Sam", None)]


def test_a_header_alone_is_a_file_without_rows(folder: Folder) -> None:
    assert folder.read("number,name\n") == Table()


def test_the_last_line_needs_no_end(folder: Folder) -> None:
    assert values(folder.read("number,name\n101,Sam Smith")) == GOOD[:1]


def test_blank_lines_and_rows_of_bare_separators_are_passed_over_but_counted(folder: Folder) -> None:
    table = folder.read("\n,,\nnumber,name,email\n\n,,\n101,Sam Smith,\n , ,\n,\n")
    assert values(table) == GOOD[:1]
    assert table.rows[0].line == 6


def test_a_nameless_column_may_be_empty(folder: Folder) -> None:
    assert values(folder.read("number,name,,\n101,Sam Smith,,\n")) == GOOD[:1]


def test_a_line_break_between_quotation_marks_belongs_to_the_cell(folder: Folder) -> None:
    notes = Shape(
        "notes", (Column("number", columns.code), Column("note", columns.text(100, is_multiline=True)))
    )
    table = folder.read('number,note\n1,"one\r\ntwo ""2"", three"\n2,x\n', notes)
    assert values(table) == [("1", 'one\ntwo "2", three'), ("2", "x")]
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


# --- the header ---


def test_an_unknown_column_names_the_nearest_known_one(folder: Folder) -> None:
    assert folder.problems("number,name,emial\n101,Sam,\n") == [
        "members.csv:1: emial: members has no such column: did you mean “email”?"
    ]


def test_an_unknown_column_like_no_other_names_all(folder: Folder) -> None:
    assert folder.problems("number,name,xyzzy\n") == [
        "members.csv:1: xyzzy: members has no such column: delete it; the columns are number, name, email"
    ]


def test_bad_lines_are_told_along_with_a_bad_header_and_no_row_is_given(folder: Folder) -> None:
    table = folder.read("number,nmae\n101,Sam\n1 1,Ada\n")
    assert [(each.line, each.column) for each in table.problems] == [(1, "nmae"), (1, "name"), (3, "number")]
    assert table.rows == []


def test_names_all_misspelt_between_semicolons_are_told_one_by_one(folder: Folder) -> None:
    found = folder.problems("nmber;nmae\n101;Sam\n")
    assert "members.csv:1: nmber: members has no such column: did you mean “number”?" in found
    assert "members.csv:1: nmae: members has no such column: did you mean “name”?" in found


def test_a_missing_column_is_told(folder: Folder) -> None:
    assert folder.problems("number\n") == [
        "members.csv:1: name: this column is missing: add it to the header row"
    ]


def test_a_column_that_comes_twice_is_told(folder: Folder) -> None:
    assert folder.problems("number,name,Name\n") == [
        "members.csv:1: name: this column comes twice: delete one of the two"
    ]


def test_a_file_of_something_else_is_told_once_and_not_line_by_line(folder: Folder) -> None:
    table = folder.read("alpha,beta\n1,2,3\n4,5,6\n")
    assert {each.line for each in table.problems} == {1}


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ",,\n"])
def test_an_empty_file_is_told(folder: Folder, content: str) -> None:
    assert folder.problems(content) == [
        "members.csv:1: file: is empty: it needs a header row that names the columns"
    ]


def test_columns_between_tabs_are_told(folder: Folder) -> None:
    (problem,) = folder.problems("number\tname\n101\tSam\n")
    assert problem.startswith("members.csv:1: file: its columns are separated by tabs: save it with commas")


# --- what is no CSV in UTF-8 ---


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_refused_with_how_to_save_it(folder: Folder, encoding: str) -> None:
    (problem,) = folder.problems("number,name\n101,Sam Smith\n".encode(encoding))
    assert problem.startswith("members.csv:1: file: is ")
    assert problem.endswith("save the file as “CSV UTF-8” and try again")


def test_another_encoding_is_refused_on_its_first_such_line(folder: Folder) -> None:
    assert folder.problems("number,name\n1,Sam\n2,Zoë\n3,Chloë\n".encode("cp1252")) == [
        "members.csv:3: file: the byte 0xEB in this line is not UTF-8:"
        " save the file as “CSV UTF-8” and try again"
    ]


def test_a_nul_in_a_cell_is_told_whatever_the_column_takes(folder: Folder) -> None:
    shape = Shape("things", (Column("thing", str),))
    (problem,) = folder.problems("thing\na\0b\n", shape)
    assert problem.startswith("members.csv:2: thing: holds a NUL character: delete it")


def test_a_row_with_too_few_cells_is_told(folder: Folder) -> None:
    assert folder.problems("number,name,email\n101,Sam\n102,Ada,\n") == [
        "members.csv:2: row: has 2 cells where the header has 3:"
        " add the missing cells, empty ones too, with their separators"
    ]


def test_a_row_with_too_many_cells_is_told(folder: Folder) -> None:
    assert folder.problems("number,name\n101,Smith, Sam\n") == [
        "members.csv:2: row: has 3 cells where the header has 2:"
        " put a value that holds the separator between quotation marks"
    ]


def test_a_value_under_no_column_name_is_told(folder: Folder) -> None:
    assert folder.problems("number,name,\n101,Sam,x\n") == [
        "members.csv:2: row: cell 3 stands under no column name: name the column or clear the cell"
    ]


def test_text_after_a_closing_quotation_mark_is_told_and_reading_goes_on(folder: Folder) -> None:
    table = folder.read('number,name\n101,"Sam" Smith\n1 1,Ada\n102,Zoe\n')
    assert [(each.line, each.column) for each in table.problems] == [(2, "row"), (3, "number")]
    assert [row.line for row in table.rows] == [4]


def test_a_quotation_mark_inside_a_bare_value_is_only_a_character(folder: Folder) -> None:
    assert values(folder.read('number,name\n101,Sam "Sooty" Smith\n')) == [("101", 'Sam "Sooty" Smith', None)]


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens(folder: Folder) -> None:
    (problem,) = folder.problems('number,name\n101,"Sam\n102,Ada\n103,Zoe\n')
    assert problem.startswith(
        "members.csv:2: row: a quotation mark opens here and is never closed, up to line 4"
    )


def test_a_header_with_a_quotation_mark_never_closed_is_told(folder: Folder) -> None:
    (problem,) = folder.problems('number,"name\n101,Sam\n')
    assert problem.startswith("members.csv:1: file: the header row has a quotation mark that is never closed")


def test_a_huge_cell_is_told_where_it_starts(folder: Folder) -> None:
    (problem,) = folder.problems('number,name\n1,Sam\n2,"' + "line\n" * 50_000)
    assert problem.startswith("members.csv:3: file: a cell that starts here has over 131,072 characters")


def test_an_endless_line_is_refused(folder: Folder) -> None:
    (problem,) = folder.problems("number,name\n1," + "a," * 600_000)
    assert problem.startswith("members.csv:2: file: this line has over 1,000,000 characters")


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.csv", MEMBERS)


# --- values ---


def test_a_name_of_300_bytes_with_emoji_is_read(folder: Folder) -> None:
    name = "👮🏽‍♀️ مريم " * 12
    assert len(name.encode()) > 300
    assert values(folder.read(f"number,name\n1,{name}\n")) == [("1", name.strip(), None)]


def test_a_cell_like_a_formula_is_text(folder: Folder) -> None:
    assert values(folder.read("number,name\n1,=cmd|' /C calc'!A0\n")) == [("1", "=cmd|' /C calc'!A0", None)]


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
    assert values(folder.read(f"number,name\n1,{cell}\n")) == [("1", text, None)]


def test_spaces_around_a_value_are_no_part_of_it(folder: Folder) -> None:
    assert values(folder.read("number,name\n 101\u00a0,\t Sam Smith \n")) == GOOD[:1]


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
    monkeypatch.setattr("npt.sheets.reading._REMEMBERED", 3)
    table = folder.read("number,name\n" + "".join(f"{each % 7},Sam\n" for each in range(50)))
    assert [row.values["number"] for row in table.rows] == [str(each % 7) for each in range(50)]


@pytest.mark.parametrize(
    ("content", "rows"), [("", 0), ("number,name\n", 0), ("a\n1\n2\n", 2), ("a\n1\n2", 2)]
)
def test_rows_are_counted_without_reading_them(folder: Folder, content: str, rows: int) -> None:
    folder.file.write_text(content)
    assert count_rows(folder.file) == rows
