"""Absence over a span of days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.duty.actions import undo
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.rostering.actions import Done, NothingChosen, NothingToChange, record_span
from npt.shifts.actions import StretchTooLong
from npt.shifts.models import Away, Reason
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 27)


@pytest.fixture
def team(session: Session) -> Unit:
    """A team with a constable who works earlies on two weeks of weekdays, and a weekend after them."""
    team = make.team(session, code="T1")
    member = make.member(session, number="71", name="Ann Example", team=team)
    for number in (*range(5), *range(7, 14)):
        day = FIRST + timedelta(days=number)
        make.shift(session, member=member, starts=f"{day}T07:00", ends=f"{day}T15:00")
    make.account(session, email="sergeant@force.example")
    return team


def record(session: Session, team: Unit, reason: str, first: date, last: date, nobody: bool = False) -> Done:
    member = session.scalars(select(Member.id).where(Member.number == "71")).one()
    by = session.scalars(select(Account.id)).one()
    return record_span(
        session,
        stamp=Stamp(by, NOW),
        unit=team,
        member_ids=[] if nobody else [member],
        first=first,
        last=last,
        reason=reason,
        note=None,
    )


def absences(session: Session) -> dict[str, int]:
    """How many shifts are spent absent, by reason."""
    asked = select(Reason.code, func.count()).join(Away, Away.reason_id == Reason.id).group_by(Reason.code)
    return {row[0]: row[1] for row in session.execute(asked)}


def test_leave_covers_every_shift_of_the_span_both_ends_included(session: Session, team: Unit) -> None:
    done = record(session, team, "leave", FIRST, LAST)
    assert absences(session) == {"leave": 10}
    assert (
        done.act.summary
        == "Absence from 16 November 2026 to 27 November 2026 for Ann Example: 10 shifts changed"
    )


def test_sickness_in_the_middle_of_leave_takes_its_place(session: Session, team: Unit) -> None:
    record(session, team, "leave", FIRST, LAST)
    record(session, team, "sickness", date(2026, 11, 18), date(2026, 11, 19))
    assert absences(session) == {"leave": 8, "sickness": 2}


def test_undoing_the_sickness_brings_back_the_leave(session: Session, team: Unit) -> None:
    record(session, team, "leave", FIRST, LAST)
    done = record(session, team, "sickness", date(2026, 11, 18), date(2026, 11, 19))
    undo(session, now=NOW, unit=team, act_id=done.act.id)
    assert absences(session) == {"leave": 10}


def test_a_span_without_a_shift_is_refused(session: Session, team: Unit) -> None:
    with pytest.raises(NothingToChange, match="no shift from 21 November 2026 to 22 November 2026"):
        record(session, team, "leave", date(2026, 11, 21), date(2026, 11, 22))


def test_leave_that_is_recorded_already_is_refused(session: Session, team: Unit) -> None:
    record(session, team, "leave", FIRST, FIRST)
    with pytest.raises(NothingToChange, match="already recorded like that"):
        record(session, team, "leave", FIRST, FIRST)


@pytest.mark.parametrize("last", [FIRST - timedelta(days=1), FIRST + timedelta(days=366)])
def test_a_span_that_runs_backwards_or_over_a_year_is_refused(
    session: Session, team: Unit, last: date
) -> None:
    with pytest.raises(StretchTooLong):
        record(session, team, "leave", FIRST, last)


def test_an_absence_of_nobody_is_refused(session: Session, team: Unit) -> None:
    with pytest.raises(NothingChosen):
        record(session, team, "leave", FIRST, LAST, nobody=True)
