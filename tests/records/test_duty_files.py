"""Files of shifts, of time away and of confirmed days, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from npt.duty.exchange import EXPORTS, IMPORTS
from npt.duty.models import Away, Confirmation, Shift
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PostingKind
from npt.sheets.reading import Row, read
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADERS = {
    "duty": "number,starts,ends,team\n",
    "away": "number,starts,ends,reason,note\n",
    "confirmations": "unit,date,by\n",
}


def rows_of(folder: Path, kind: str, rows: str) -> list[Row]:
    path = folder / f"{kind}.csv"
    path.write_text(HEADERS[kind] + rows, encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    return table.rows


def bring_in(
    session: Session, folder: Path, kind: str, rows: str, *, may_update: bool = False, size: int = 1000
) -> Outcome:
    """Take the rows in, in chunks of `size`."""
    read_rows = rows_of(folder, kind, rows)
    chunks = [read_rows[first : first + size] for first in range(0, len(read_rows), size)]
    return IMPORTS[kind].save(session, chunks, ImportOrder(may_update, NOW, NOW.date()))


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return sorted((problem.line, problem.column) for problem in outcome.problems)


def message(outcome: Outcome) -> str:
    (problem,) = outcome.problems
    return problem.message


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged


@pytest.fixture
def team(session: Session) -> Unit:
    """Team T1 with the members 1 and 2."""
    team = make.team(session, code="T1")
    for number in ("1", "2"):
        make.member(session, number=number, team=team)
    return team


# Shifts -----------------------------------------------------------------------------------------------------

TWO_SHIFTS = "1,2026-11-16T14:00,2026-11-16T22:00,\n2,2026-11-16T14:00,2026-11-16T22:00,\n"


def test_the_same_file_of_shifts_twice_changes_nothing(session: Session, team: Unit, tmp_path: Path) -> None:
    assert counts(bring_in(session, tmp_path, "duty", TWO_SHIFTS)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, "duty", TWO_SHIFTS)) == (0, 0, 2)
    assert session.scalars(select(Shift.version)).all() == [1, 1]


def test_nights_of_a_file_follow_both_clock_changes(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(
        session,
        tmp_path,
        "duty",
        "1,2026-10-24T22:00,2026-10-25T07:00,\n1,2026-03-28T22:00,2026-03-29T07:00,\n",
    )
    assert session.scalars(select(Shift.minutes).order_by(Shift.starts_at)).all() == [480, 600]


def test_a_start_in_the_repeated_hour_is_told_apart_by_its_offset(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    done = bring_in(
        session,
        tmp_path,
        "duty",
        "1,2026-10-25T01:30+01:00,2026-10-25T01:30Z,\n1,2026-10-25T01:30Z,2026-10-25T09:00,\n",
    )
    assert counts(done) == (2, 0, 0)
    assert session.scalars(select(Shift.minutes).order_by(Shift.starts_at)).all() == [60, 450]


def test_other_values_for_a_shift_are_refused_unless_changes_are_allowed(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "duty", TWO_SHIFTS)
    longer = "1,2026-11-16T14:00,2026-11-16T23:00,\n2,2026-11-16T14:00,2026-11-16T22:00,T1\n"
    refused = bring_in(session, tmp_path, "duty", longer)
    assert told(refused) == [(2, "ends"), (3, "ends")]
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, "duty", longer, may_update=True)) == (0, 2, 0)
    asked = select(Shift.minutes, Shift.is_team_named).order_by(Shift.member_id)
    assert session.execute(asked).all() == [(540, False), (480, True)]
    assert counts(bring_in(session, tmp_path, "duty", longer)) == (0, 0, 2)


@pytest.mark.parametrize("size", [1000, 1])
def test_overlapping_rows_of_a_file_name_both_lines(
    session: Session, team: Unit, tmp_path: Path, size: int
) -> None:
    outcome = bring_in(
        session,
        tmp_path,
        "duty",
        "1,2026-11-16T14:00,2026-11-16T22:00,\n1,2026-11-16T21:00,2026-11-17T05:00,\n",
        size=size,
    )
    assert told(outcome) == [(3, "starts")]
    assert "16 November 2026 14:00 to 22:00, on line 2" in message(outcome)


def test_a_row_that_overlaps_a_recorded_shift_says_so(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "duty", TWO_SHIFTS)
    outcome = bring_in(session, tmp_path, "duty", "1,2026-11-16T21:59,2026-11-17T05:00,\n")
    assert told(outcome) == [(2, "starts")]
    assert "14:00 to 22:00, already recorded" in message(outcome)


@pytest.mark.parametrize("size", [1000, 1])
def test_the_same_shift_twice_in_a_file_with_other_values_names_the_other_line(
    session: Session, team: Unit, tmp_path: Path, size: int
) -> None:
    outcome = bring_in(
        session,
        tmp_path,
        "duty",
        "1,2026-11-16T14:00,2026-11-16T22:00,\n1,2026-11-16T14:00,2026-11-16T21:00,\n",
        may_update=True,
        size=size,
    )
    assert told(outcome) == [(3, "starts")]
    assert "on line 2 already" in message(outcome)


def test_the_same_row_twice_in_a_file_is_one_shift(session: Session, team: Unit, tmp_path: Path) -> None:
    row = "1,2026-11-16T14:00,2026-11-16T22:00,\n"
    assert counts(bring_in(session, tmp_path, "duty", row + row)) == (1, 0, 1)


def test_every_bad_line_of_a_file_of_shifts_is_told(session: Session, team: Unit, tmp_path: Path) -> None:
    make.team(session, code="OLD", closed_on=date(2026, 11, 15))
    make.member(session, number="3")
    twice = make.member(session, number="4")
    for _ in range(2):
        make.posting(session, member=twice, fte="0.50")
    outcome = bring_in(
        session,
        tmp_path,
        "duty",
        "9,2026-11-16T14:00,2026-11-16T22:00,\n"
        "1,2026-11-16T14:00,2026-11-16T22:00,T9\n"
        "1,2026-11-16T14:00,2026-11-16T14:00,\n"
        "1,2026-11-16T14:00,2026-11-16T13:00,\n"
        "1,2026-11-16T14:00,2026-11-17T14:01,\n"
        "1,2026-11-16T14:00,2026-11-16T22:00,OLD\n"
        "3,2026-11-16T14:00,2026-11-16T22:00,\n"
        "4,2026-11-16T14:00,2026-11-16T22:00,\n"
        "1,2026-11-17T14:00,2026-11-17T22:00,\n"
        "8,2026-11-16T14:00,2026-11-16T22:00,T8\n",
    )
    assert told(outcome) == [
        (2, "number"),
        (3, "team"),
        (4, "ends"),
        (5, "ends"),
        (6, "ends"),
        (7, "team"),
        (8, "starts"),
        (9, "team"),
        (11, "number"),
        (11, "team"),
    ]
    assert outcome.added == 1
    assert all(":" in problem.message for problem in outcome.problems)


def test_a_file_attributes_shifts_through_a_transfer_in_mid_month(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    member = session.scalars(select(Member).where(Member.number == "1")).one()
    make.posting(
        session,
        member=member,
        unit=make.team(session, code="T2"),
        kind=PostingKind.TEMPORARY,
        starts_on=date(2026, 11, 16),
    )
    bring_in(
        session,
        tmp_path,
        "duty",
        "1,2026-11-15T22:00,2026-11-16T06:00,\n"
        "1,2026-11-16T22:00,2026-11-17T06:00,\n"
        "1,2026-11-17T22:00,2026-11-18T06:00,T1\n",
    )
    asked = select(Unit.code).join(Shift, Shift.unit_id == Unit.id).order_by(Shift.starts_at)
    assert session.scalars(asked).all() == ["T1", "T2", "T1"]


def test_a_longer_file_asks_the_database_no_more_often(session: Session, team: Unit, tmp_path: Path) -> None:
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *sent: statements.append(sent[2]))

    def asked(days: range) -> int:
        statements.clear()
        each = "".join(f"1,2026-11-{day:02}T14:00,2026-11-{day:02}T22:00,\n" for day in days)
        bring_in(session, tmp_path, "duty", each)
        bring_in(session, tmp_path, "away", each.replace(",\n", ",response,\n"))
        return len(statements)

    assert asked(range(1, 3)) == asked(range(3, 28))


# Time away --------------------------------------------------------------------------------------------------

TWO_AWAY = (
    "1,2026-11-16T15:00,2026-11-16T16:00,response,\n"
    '1,2026-11-16T18:00,2026-11-16T19:00,other,"Lost child\nat the fair, 👮"\n'
)


@pytest.fixture
def rostered(session: Session, team: Unit, tmp_path: Path) -> Unit:
    """Both members of T1 on duty from 14:00 to 22:00, and 1 again from 22:00 to 06:00."""
    bring_in(session, tmp_path, "duty", TWO_SHIFTS + "1,2026-11-16T22:00,2026-11-17T06:00,\n")
    return team


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


# Confirmed days ---------------------------------------------------------------------------------------------


def test_the_same_file_of_confirmations_twice_changes_nothing(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    rows = "T1,2026-11-15,1\nT1,2026-11-16,2\nT1,2026-11-16,2\n"
    assert counts(bring_in(session, tmp_path, "confirmations", rows)) == (2, 0, 1)
    assert counts(bring_in(session, tmp_path, "confirmations", rows)) == (0, 0, 3)


def test_every_bad_line_of_a_file_of_confirmations_is_told(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    make.team(session, code="OLD", closed_on=date(2026, 11, 14))
    make.bcu(session, code="B")
    outcome = bring_in(
        session,
        tmp_path,
        "confirmations",
        "T9,2026-11-15,1\nT1,2026-11-15,9\nOLD,2026-11-15,1\nB,2026-11-15,1\nT1,2026-11-16,1\nT1,2026-11-16,2\n"
        "T1,2026-11-17,\n",
    )
    assert told(outcome) == [(2, "unit"), (3, "by"), (4, "unit"), (5, "unit"), (7, "date"), (8, "by")]


def test_a_day_confirmed_by_somebody_else_is_refused_unless_changes_are_allowed(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,1\n")
    refused = bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,2\n")
    assert told(refused) == [(2, "by")]
    changed = bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,2\n", may_update=True)
    assert counts(changed) == (0, 1, 0)
    asked = select(Member.number).join(Confirmation, Confirmation.member_id == Member.id)
    assert session.scalars(asked).all() == ["2"]


def test_a_day_confirmed_here_goes_out_with_the_number_of_the_account_and_comes_back(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    sergeant = session.scalars(select(Member).where(Member.number == "1")).one()
    make.confirmation(session, unit=team, day=date(2026, 11, 15), by=make.account(session, member=sergeant))
    make.confirmation(session, unit=team, day=date(2026, 11, 16))
    out = list(EXPORTS["confirmations"].rows(session, ExportOrder(None, None)))
    assert out == [("T1", date(2026, 11, 15), "1"), ("T1", date(2026, 11, 16), None)]
    back = bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,1\nT1,2026-11-16,\n")
    assert counts(back) == (0, 0, 2)


# Out and in -------------------------------------------------------------------------------------------------


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


def test_an_export_keeps_to_its_unit_and_month(session: Session, rostered: Unit, tmp_path: Path) -> None:
    make.away(session)
    bring_in(session, tmp_path, "away", TWO_AWAY)
    bring_in(session, tmp_path, "duty", "1,2026-10-31T22:00,2026-11-01T06:00,\n")
    order = ExportOrder(rostered.path, Month(2026, 11))
    assert [row[0] for row in EXPORTS["duty"].rows(session, order)] == ["1", "1", "2"]
    assert [row[:2] for row in EXPORTS["away"].rows(session, order)] == [
        ("1", "2026-11-16T15:00+00:00"),
        ("1", "2026-11-16T18:00+00:00"),
    ]
    assert len(list(EXPORTS["duty"].rows(session, ExportOrder(rostered.path, Month(2026, 10))))) == 1
