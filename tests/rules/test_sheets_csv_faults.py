"""What is said of each fault of a CSV file: where it is, what is wrong, what to do."""

from pathlib import Path

import pytest

from npt.sheets.columns import Column, Shape
from npt.sheets.reading import read
from tests.rules.sheet_files import MEMBERS, Folder, values


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


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
        "members.csv:1: name: this column appears twice: delete one of the two"
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
    assert folder.problems("number,name,email\n101\n102,Ada,\n") == [
        "members.csv:2: row: has 1 cell where the header has 3:"
        " add the missing cells, including empty ones, with their separators"
    ]


def test_a_row_with_too_many_cells_is_told(folder: Folder) -> None:
    assert folder.problems("number,name\n101,Smith, Sam\n") == [
        "members.csv:2: row: has 3 cells where the header has 2:"
        " put a value that holds the separator between quotation marks"
    ]


def test_only_a_surplus_cell_with_a_value_is_told(folder: Folder) -> None:
    assert folder.problems("number,name\n101,Sam,,\n102,Ada,,x\n") == [
        "members.csv:3: row: has 4 cells where the header has 2:"
        " put a value that holds the separator between quotation marks"
    ]


def test_a_line_with_the_values_of_a_record_is_never_skipped_above_the_header(folder: Folder) -> None:
    table = folder.read("101,Sam\nnumber,name\n102,Ada\n")
    assert table.is_unreadable
    assert not table.rows
    assert not table.warnings


def test_a_separator_that_is_not_read_is_refused(folder: Folder) -> None:
    assert folder.problems("sep=|\nnumber|name\n") == [
        "members.csv:1: file: says that its columns are separated by “|”: save it with commas or semicolons"
    ]


@pytest.mark.parametrize("content", ["sep=;\n", "Members\n", "# exported\n\n"])
def test_a_file_with_nothing_but_what_stands_above_a_header_is_told(folder: Folder, content: str) -> None:
    table = folder.read(content)
    assert table.is_unreadable
    assert "members:1: number: this column is missing: add it to the header row" in [
        str(each).replace(str(folder.file), "members") for each in table.problems
    ]


def test_a_misspelt_header_under_a_title_is_told_as_the_header(folder: Folder) -> None:
    (problem, missing) = folder.problems("Members\nnumber,nam\n101,Sam\n")
    assert problem == "members.csv:2: nam: members has no such column: did you mean “name”?"
    assert missing.startswith("members.csv:2: name: this column is missing")


def test_a_value_under_no_column_name_is_told(folder: Folder) -> None:
    assert folder.problems("number,name,\n101,Sam,x\n") == [
        "members.csv:2: row: cell 3 has no column name above it: name the column or clear the cell"
    ]


def test_text_after_a_closing_quotation_mark_is_told_and_reading_goes_on(folder: Folder) -> None:
    table = folder.read('number,name\n101,"Sam" Smith\n1 1,Ada\n102,Zoe\n')
    assert [(each.line, each.column) for each in table.problems] == [(2, "row"), (3, "number")]
    assert [row.line for row in table.rows] == [4]


def test_a_quotation_mark_inside_a_bare_value_is_only_a_character(folder: Folder) -> None:
    assert values(folder.read('number,name\n101,Sam "Sooty" Smith\n')) == [
        {"number": "101", "name": 'Sam "Sooty" Smith'}
    ]


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
