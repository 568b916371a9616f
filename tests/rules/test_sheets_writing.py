"""Files written: harmless in a spreadsheet, whole or not at all, and the same when read back."""

import csv
import gc
import io
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit import files
from npt.kit.clock import Reading
from npt.kit.months import Month
from npt.sheets import columns, writing
from npt.sheets.columns import BadCell, Column, Shape
from npt.sheets.reading import read
from npt.sheets.writing import CannotWrite, to_csv, to_xlsx, write

Bytes = Callable[[list[str], list[list[object]]], bytes]
KINDS = [pytest.param(to_csv, ".csv", id="csv"), pytest.param(to_xlsx, ".xlsx", id="xlsx")]


class Colour(Enum):
    RED = "red"


def cells(*row: object) -> list[str]:
    """What a CSV holds for a row, as any other program reads it."""
    names = [f"c{position}" for position in range(len(row))]
    return list(csv.reader(io.StringIO(to_csv(names, [row]).decode(), newline="")))[1]


def test_a_csv_is_plain_utf_8_with_commas_and_one_header() -> None:
    assert to_csv(["name", "posts"], [["Łucja", 3]]) == "name,posts\r\nŁucja,3\r\n".encode()


def test_unknown_is_an_empty_cell_and_zero_is_not() -> None:
    assert cells(None, 0) == ["", "0"]


def test_values_are_written_as_they_are_read() -> None:
    row = cells(date(2026, 10, 25), 480, Decimal("0.50"), Colour.RED, True, False, -5, Decimal("-1E+2"))
    assert row == ["2026-10-25", "480", "0.50", "red", "yes", "no", "-5", "-100"]


def test_an_instant_is_local_time_with_its_offset() -> None:
    summer, winter = datetime(2026, 7, 1, 21, 0, tzinfo=UTC), datetime(2026, 12, 1, 22, 0, tzinfo=UTC)
    assert cells(summer, Reading(winter, is_ambiguous=False)) == [
        "2026-07-01T22:00+01:00",
        "2026-12-01T22:00+00:00",
    ]


@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''+1"]
)
def test_words_like_a_formula_get_an_apostrophe_in_a_csv(words: str) -> None:
    assert cells(words) == [f"'{words}"]


@pytest.mark.parametrize("words", ["Sam", "O'Brien", "'tis", "a=b", " =1", "5-3"])
def test_other_words_get_none(words: str) -> None:
    assert cells(words) == [words]


def test_words_like_a_formula_or_a_link_are_only_text_in_a_workbook() -> None:
    content = to_xlsx(["name"], [["=1+1"], ["{=1+1}"], ["https://demo.example"], ["0123"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "<v>" not in sheet


@pytest.mark.parametrize(
    "value", [Month(2026, 10), b"bytes", ["list"], float("nan"), float("inf"), Decimal("NaN")]
)
@pytest.mark.parametrize(("to_bytes", "suffix"), KINDS)
def test_a_value_that_no_cell_can_hold_is_a_mistake(to_bytes: Bytes, suffix: str, value: object) -> None:
    with pytest.raises(TypeError, match="cell"):
        to_bytes(["value"], [[value]])


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        to_csv(["at"], [[datetime(2026, 7, 1)]])  # noqa: DTZ001 - that is the mistake


@pytest.mark.parametrize(("to_bytes", "suffix"), KINDS)
def test_a_row_that_does_not_fit_the_columns_is_a_mistake(to_bytes: Bytes, suffix: str) -> None:
    with pytest.raises(ValueError, match="2 cells does not fit 1 columns"):
        to_bytes(["one"], [["a", "b"]])


def test_words_too_long_for_excel_are_refused_not_dropped() -> None:
    with pytest.raises(CannotWrite, match=r"write a \.csv"):
        to_xlsx(["note"], [["a" * 32_768]])


def test_rows_too_many_for_excel_are_refused_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROW_LIMIT", 3)
    assert to_xlsx(["n"], [[1], [2]])
    with pytest.raises(CannotWrite, match=r"write a \.csv"):
        to_xlsx(["n"], [[1], [2], [3]])


# --- files ---


@pytest.mark.parametrize("name", ["out.csv", "OUT.XLSX"])
def test_a_file_is_written_by_its_ending(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, ["code"], [["a"], ["b"]])
    table = read(tmp_path / name, Shape("things", (Column("code", columns.code),)))
    assert [row.values["code"] for row in table.rows] == ["a", "b"]


@pytest.mark.parametrize("name", ["out.ods", "out", "out.xls"])
def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite, match=r"ends in \.csv or \.xlsx"):
        write(tmp_path / name, ["code"], [["a"]])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path, suffix: str) -> None:
    def rows() -> Iterator[list[object]]:
        yield ["a"]
        raise LookupError("the query failed")

    target = tmp_path / f"out{suffix}"
    target.write_text("before")
    with pytest.raises(LookupError):
        write(target, ["code"], rows())
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_full_disk_is_an_error_of_the_system_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_text("before")
    with open("/dev/full", "wb") as full:  # the one device of the system that is always full
        monkeypatch.setattr(files, "open", lambda path, mode, opener: full, raising=False)
        with pytest.raises(OSError, match="No space left"):
            write(target, ["code"], [["a" * 100] for _ in range(10_000)])
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


# XlsxWriter leaves its archive half open, which Python remarks on when it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_loss_of_the_temporary_folder_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def rows() -> Iterator[list[object]]:
        yield ["a"]
        shutil.rmtree(temporary)

    with pytest.raises(OSError, match="No such file"):
        write(tmp_path / "out.xlsx", ["code"], rows())
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_broken_off_leaves_no_personal_data_in_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[list[object]]:
        yield ["a"]
        raise LookupError("the query failed")

    with pytest.raises(LookupError):
        to_xlsx(["name"], rows())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(tmp_path / "none" / "out.csv", ["code"], [["a"]])


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path / "out.csv", ["code"], [])
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


# --- there and back ---

EVERYTHING = Shape(
    "things",
    (
        Column("code", columns.code),
        Column("words", columns.text(60, is_multiline=True), is_required=False),
        Column("day", columns.day, is_required=False),
        Column("at", columns.instant, is_required=False),
        Column("count", columns.integer, is_required=False),
        Column("share", columns.decimal(2, -1000, 1000), is_required=False),
    ),
)


def takes(words: str) -> bool:
    try:
        return columns.text(60, is_multiline=True)(words) == words
    except BadCell:
        return False


alphabet = st.characters(codec="utf-8") | st.sampled_from("=+-@'\"\t\n\r,;＝")
words = st.text(alphabet, max_size=60).map(lambda each: each.strip(" \t\r\n\u00a0")).filter(takes)
minutes = st.integers(0, 150 * 366 * 1440) | st.integers(-90, 90).map(
    lambda each: (
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC) - datetime(1990, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)
        + each
    )
)
rows_of_everything = st.lists(
    st.tuples(
        st.text("ABCxyz019._-", min_size=1, max_size=20),
        st.none() | words.filter(bool),
        st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        st.none() | minutes.map(lambda each: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=each)),
        st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
        st.none() | st.integers(-100_000, 100_000).map(lambda each: Decimal(each).scaleb(-2)),
    ),
    max_size=6,
)


@pytest.mark.parametrize(("to_bytes", "suffix"), KINDS)
def test_the_days_before_excels_false_leap_day_are_read_back_the_same(
    to_bytes: Bytes, suffix: str, tmp_path: Path
) -> None:
    days = [date(1900, 1, 1) + timedelta(days=each) for each in range(62)]
    noons = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in days]
    file = tmp_path / f"back{suffix}"
    file.write_bytes(to_bytes(["code", "day", "at"], [["a", *row] for row in zip(days, noons, strict=True)]))
    rows = read(file, EVERYTHING).rows
    assert [row.values["day"] for row in rows] == days
    assert [row.values["at"] for row in rows] == [Reading(noon, is_ambiguous=False) for noon in noons]


@pytest.mark.parametrize(("to_bytes", "suffix"), KINDS)
@given(rows=rows_of_everything)
def test_what_is_written_is_read_back_the_same_without_doubts(
    to_bytes: Bytes, suffix: str, rows: list[list[object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / f"back{suffix}"
    file.write_bytes(to_bytes(list(EVERYTHING.names), rows))
    table = read(file, EVERYTHING)
    assert (table.problems, table.warnings) == ([], [])
    back = [
        tuple(value.instant if isinstance(value, Reading) else value for value in row.values.values())
        for row in table.rows
    ]
    assert back == [tuple(row) for row in rows]
