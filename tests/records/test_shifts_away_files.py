"""The file of time away, in; and all files of duty, out and in again."""

from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.duty.exchange import EXPORTS, IMPORTS
from npt.kit.clock import parse_instant
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.shifts.models import Away, Shift
from npt.store.exchange import ExportOrder, ImportOrder
from tests import make
from tests.records.files import NOW, TWO_AWAY, bring_in, counts, message, rostered_team, told


@pytest.fixture
def rostered(session: Session, tmp_path: Path) -> Unit:
    return rostered_team(session, tmp_path)


def test_the_same_file_of_time_away_twice_changes_nothing(
    session: Session, rostered: Unit, tmp_path: Path
) -> None:
    assert counts(bring_in(session, tmp_path, "away", TWO_AWAY)) == (2, 0, 0)
    versions = session.scalars(select(Shift.version).order_by(Shift.id)).all()
    assert counts(bring_in(session, tmp_path, "away", TWO_AWAY)) == (0, 0, 2)
    assert session.scalars(select(Shift.version).order_by(Shift.id)).all() == versions


def test_time_away_finds_the_shift_it_lies_in(session: Session, rostered: Unit, tmp_path: Path) -> None:
    bring_in(
        session,
        tmp_path,
        "away",
        "1,2026-11-16T21:00,2026-11-16T22:00,custody,\n1,2026-11-16T22:00,2026-11-16T23:00,event,\n",
    )
    asked = select(Shift.minutes, Away.minutes).join(Away, Away.shift_id == Shift.id)
    assert session.execute(asked.order_by(Shift.starts_at)).all() == [(480, 60), (480, 60)]
    assert session.scalar(select(func.count(Away.shift_id.distinct()))) == 2


def test_every_bad_line_of_a_file_of_time_away_is_told(
    session: Session, rostered: Unit, tmp_path: Path
) -> None:
    outcome = bring_in(
        session,
        tmp_path,
        "away",
        "9,2026-11-16T15:00,2026-11-16T16:00,response,\n"
        "1,2026-11-16T15:00,2026-11-16T16:00,respons,\n"
        "1,2026-11-16T15:00,2026-11-16T15:00,response,\n"
        "1,2026-11-16T15:00,2026-11-16T14:30,response,\n"
        "1,2026-11-16T15:00,2026-11-16T16:00,other,\n"
        "1,2026-11-16T21:00,2026-11-16T23:00,response,\n"
        "2,2026-11-16T13:00,2026-11-16T15:00,response,\n"
        "2,2026-11-17T14:00,2026-11-17T15:00,response,\n"
        "2,2026-11-16T15:00,2026-11-16T17:00,sickness,\n"
        "2,2026-11-16T16:00,2026-11-16T18:00,response,\n",
    )
    assert told(outcome) == [
        (2, "number"),
        (3, "reason"),
        (4, "ends"),
        (5, "ends"),
        (6, "note"),
        (7, "ends"),
        (8, "starts"),
        (9, "starts"),
        (11, "starts"),
    ]
    by_line = {problem.line: problem.message for problem in outcome.problems}
    assert "did you mean “response”?" in by_line[3]
    assert "no shift" in by_line[9]
    assert "falls in the absence" in by_line[11]
    assert by_line[11].endswith("That one is on line 10.")


@pytest.mark.parametrize("size", [1000, 1])
def test_overlapping_time_away_in_a_file_names_the_other_line(
    session: Session, rostered: Unit, tmp_path: Path, size: int
) -> None:
    outcome = bring_in(
        session,
        tmp_path,
        "away",
        "1,2026-11-16T15:00,2026-11-16T17:00,response,\n1,2026-11-16T16:00,2026-11-16T18:00,custody,\n",
        size=size,
    )
    assert told(outcome) == [(3, "starts")]
    assert message(outcome).endswith("That one is on line 2.")


def test_other_values_for_time_away_are_refused_unless_changes_are_allowed(
    session: Session, rostered: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "away", TWO_AWAY)
    changed = "1,2026-11-16T15:00,2026-11-16T15:30,custody,\n1,2026-11-16T15:30,2026-11-16T16:00,response,\n"
    refused = bring_in(session, tmp_path, "away", changed)
    assert (2, "starts") in told(refused)
    assert counts(bring_in(session, tmp_path, "away", changed, may_update=True)) == (1, 1, 0)
    assert session.scalars(select(Away.minutes).order_by(Away.starts_at)).all() == [30, 30, 60]


# Out and in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_goes_out_comes_back_unchanged(
    session: Session, rostered: Unit, tmp_path: Path, suffix: str
) -> None:
    bring_in(
        session,
        tmp_path,
        "duty",
        "2,2026-10-25T01:30+01:00,2026-10-25T01:30Z,\n2,2026-10-25T01:30Z,2026-10-25T09:00,T1\n",
    )
    bring_in(session, tmp_path, "away", TWO_AWAY)
    bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,1\n")
    for kind, rows in (("duty", 5), ("away", 2), ("confirmations", 1)):
        path = tmp_path / f"out-{kind}{suffix}"
        write(path, EXPORTS[kind].shape.names, EXPORTS[kind].rows(session, ExportOrder(None, None)))
        table = read(path, IMPORTS[kind].shape)
        assert (table.problems, table.warnings) == ([], [])
        back = IMPORTS[kind].save(session, [table.rows], ImportOrder(False, NOW, NOW.date()))
        assert counts(back) == (0, 0, rows)


def test_times_are_dates_in_a_workbook_and_text_only_where_the_hour_happens_twice(
    session: Session, rostered: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "duty", "2,2026-10-25T00:30,2026-10-25T01:30Z,\n")
    path = tmp_path / "out.xlsx"
    write(path, EXPORTS["duty"].shape.names, EXPORTS["duty"].rows(session, ExportOrder(None, None)))
    with load_workbook(str(path)) as book:
        cells = [cell for row in book.get_sheet_by_index(0).to_python()[1:] for cell in row[1:3]]
    assert [cell.isoformat(" ", "minutes") for cell in cells if isinstance(cell, datetime)] == [
        "2026-11-16 14:00",
        "2026-11-16 22:00",
        "2026-11-16 22:00",
        "2026-11-17 06:00",
        "2026-10-25 00:30",
        "2026-11-16 14:00",
        "2026-11-16 22:00",
    ]
    assert [cell for cell in cells if isinstance(cell, str)] == ["2026-10-25T01:30+00:00"]


def test_an_export_keeps_to_its_unit_and_month(session: Session, rostered: Unit, tmp_path: Path) -> None:
    make.away(session)
    bring_in(session, tmp_path, "away", TWO_AWAY)
    bring_in(session, tmp_path, "duty", "1,2026-10-31T22:00,2026-11-01T06:00,\n")
    order = ExportOrder(rostered.path, Month(2026, 11))
    assert [row[0] for row in EXPORTS["duty"].rows(session, order)] == ["1", "1", "2"]
    assert [row[:2] for row in EXPORTS["away"].rows(session, order)] == [
        ("1", parse_instant("2026-11-16T15:00").instant),
        ("1", parse_instant("2026-11-16T18:00").instant),
    ]
    assert len(list(EXPORTS["duty"].rows(session, ExportOrder(rostered.path, Month(2026, 10))))) == 1
