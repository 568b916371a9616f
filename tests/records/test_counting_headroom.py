"""Headroom, before an entry and after it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from npt.counting.queries import HeadroomEntry, headroom, headroom_after, headrooms
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.shifts.rules import AwayTime, ReasonKind
from tests import make
from tests.records.november import NOVEMBER, busy_team, defined


@pytest.fixture
def team(session: Session) -> Unit:
    return busy_team(session)


TODAY = date(2026, 11, 16)


def test_headroom_tells_used_from_planned_and_leaves_out_roles_without_a_target(
    session: Session, team: Unit
) -> None:
    room = headroom(
        session, team.path, RoleGroup.OFFICERS, NOVEMBER, today=TODAY, definition=defined(session)
    )
    # 20% of 24 hours is 288 minutes.
    assert (room.denominator, room.used, room.planned, room.left) == (1440, 60, 120, 108)


def test_what_is_recorded_today_is_used_and_not_planned(session: Session, team: Unit) -> None:
    on_the_day = date(2026, 11, 23)
    room = headroom(
        session, team.path, RoleGroup.OFFICERS, NOVEMBER, today=on_the_day, definition=defined(session)
    )
    assert (room.used, room.planned) == (180, 0)


def test_headroom_of_pcsos_is_a_twentieth_of_their_duty(session: Session, team: Unit) -> None:
    rooms = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=defined(session))
    assert rooms[RoleGroup.PCSOS].left == 24


def test_the_headroom_foretold_is_the_headroom_found_after_saving(session: Session, team: Unit) -> None:
    definition = defined(session)
    before = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    member = make.member(session, team=team)
    shift = make.shift(session, member=member, starts="2026-11-16T08:00", ends="2026-11-16T16:00")
    with_shift = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    interval = Interval(shift.starts_at, shift.starts_at + timedelta(hours=3))
    entry = HeadroomEntry(
        PolicingRole.CONSTABLE, shift.on_date, AwayTime(interval, "response", ReasonKind.ABSTRACTION)
    )
    foretold = headroom_after(with_shift, [entry], definition=definition, today=TODAY)
    make.away(session, shift=shift, ends="2026-11-16T11:00")
    found = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    assert {group: change.after for group, change in foretold.items()} == found
    assert foretold[RoleGroup.OFFICERS].minutes == -180
    taken_out = headroom_after(found, [], taken_out=[entry], definition=definition, today=TODAY)
    assert {group: change.after for group, change in taken_out.items()} == with_shift
    assert before != with_shift
