"""Changing one shift, and removing one."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import parse_instant
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.actions import (
    AwayNoLongerFits,
    ShiftHasAway,
    StaleDay,
    WantedShift,
    change_shift,
    remove_shift,
)
from npt.shifts.models import Shift
from npt.shifts.rules import ShiftOverlaps
from tests import make

MONDAY = date(2026, 11, 16)


def wanted(member: Member, starts: str, ends: str, team: Unit | None = None) -> WantedShift:
    unit_id = None if team is None else team.id
    return WantedShift(member.id, parse_instant(starts).instant, parse_instant(ends).instant, unit_id)


def shifts(session: Session) -> list[Shift]:
    session.expire_all()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


def change(session: Session, shift: Shift, starts: str, ends: str, version: int = 1) -> None:
    change_shift(
        session,
        unit=session.get_one(Unit, shift.unit_id),
        day=shift.on_date,
        shift_id=shift.id,
        expected_version=version,
        starts=parse_instant(starts).instant,
        ends=parse_instant(ends).instant,
        team=None,
    )


def test_a_shift_moves_to_another_time_and_day(session: Session) -> None:
    made = make.shift(session)
    change(session, made, "2026-11-17T06:00", "2026-11-17T15:00")
    assert [(shift.on_date, shift.minutes, shift.version) for shift in shifts(session)] == [
        (date(2026, 11, 17), 540, 2)
    ]


def test_a_shift_does_not_move_onto_another_of_the_member(session: Session) -> None:
    made = make.shift(session)
    member = session.get_one(Member, made.member_id)
    make.shift(session, member=member, starts="2026-11-17T06:00", ends="2026-11-17T14:00")
    with pytest.raises(ShiftOverlaps):
        change(session, made, "2026-11-16T22:00", "2026-11-17T06:01")


def test_a_shift_does_not_move_away_from_time_away_in_it(session: Session) -> None:
    made = make.shift(session)
    make.away(session, shift=made, ends="2026-11-16T15:00")
    with pytest.raises(AwayNoLongerFits, match="14:00 to 15:00"):
        change(session, made, "2026-11-16T14:30", "2026-11-16T22:00")


def test_a_shift_that_somebody_else_changed_is_stale_and_the_day_is_shown(session: Session) -> None:
    made = make.shift(session)
    change(session, made, "2026-11-16T13:00", "2026-11-16T22:00")
    with pytest.raises(StaleDay) as stale:
        change(session, made, "2026-11-16T14:00", "2026-11-16T23:00", version=1)
    assert [shift.minutes for shift in stale.value.grid.shifts] == [540]


def test_a_shift_of_another_unit_cannot_be_changed_through_this_one(session: Session) -> None:
    made = make.shift(session)
    with pytest.raises(StaleDay):
        remove_shift(session, unit=make.team(session), day=made.on_date, shift_id=made.id, expected_version=1)
    assert len(shifts(session)) == 1


def test_an_empty_shift_is_removed(session: Session) -> None:
    made = make.shift(session)
    remove_shift(
        session,
        unit=session.get_one(Unit, made.unit_id),
        day=made.on_date,
        shift_id=made.id,
        expected_version=1,
    )
    assert shifts(session) == []


def test_a_shift_with_time_away_is_not_removed(session: Session) -> None:
    made = make.shift(session)
    make.away(session, shift=made)
    with pytest.raises(ShiftHasAway, match="14:00 to 22:00"):
        remove_shift(
            session,
            unit=session.get_one(Unit, made.unit_id),
            day=made.on_date,
            shift_id=made.id,
            expected_version=1,
        )
