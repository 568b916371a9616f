"""The file of confirmed days, in and out."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.exchange import EXPORTS
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.models import Confirmation
from npt.store.exchange import ExportOrder
from tests import make
from tests.records.files import TWO_AWAY, TWO_SHIFTS, bring_in, counts, team_of_two, told


@pytest.fixture
def team(session: Session) -> Unit:
    return team_of_two(session)


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


def test_shifts_and_time_away_that_come_in_after_a_day_was_confirmed_are_counted(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "confirmations", "T1,2026-11-15,1\nT1,2026-11-16,1\n")
    for _ in range(2):  # the same file again changes nothing
        bring_in(session, tmp_path, "duty", TWO_SHIFTS)
    bring_in(session, tmp_path, "away", TWO_AWAY)
    asked = select(Confirmation.on_date, Confirmation.changes_since).order_by(Confirmation.on_date)
    session.expire_all()
    assert [tuple(row) for row in session.execute(asked)] == [
        (date(2026, 11, 15), 0),
        (date(2026, 11, 16), 3),
    ]
    bring_in(session, tmp_path, "confirmations", "T1,2026-11-16,2\n", may_update=True)
    assert session.scalars(select(Confirmation.changes_since)).all() == [0, 0]
