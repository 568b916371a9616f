"""The file of shifts, in."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PostingKind
from npt.shifts.models import Shift
from tests import make
from tests.records.files import TWO_SHIFTS, bring_in, counts, message, team_of_two, told


@pytest.fixture
def team(session: Session) -> Unit:
    return team_of_two(session)


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
