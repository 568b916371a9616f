"""Repeating patterns."""

from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import parse_instant
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.actions import (
    BadPattern,
    PatternNameTaken,
    StretchTooLong,
    UnknownPattern,
    WantedShift,
    add_pattern,
    assign_pattern,
)
from npt.shifts.models import Shift
from npt.shifts.queries import patterns_for, roster
from npt.shifts.rules import PatternDay, PatternTimeNeverHappens, ShiftOverlaps
from npt.store.exchange import Saved
from tests import make

MONDAY = date(2026, 11, 16)


def wanted(member: Member, starts: str, ends: str, team: Unit | None = None) -> WantedShift:
    unit_id = None if team is None else team.id
    return WantedShift(member.id, parse_instant(starts).instant, parse_instant(ends).instant, unit_id)


def shifts(session: Session) -> list[Shift]:
    session.expire_all()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


EARLY, LATE, NIGHT = (
    PatternDay(time(7), time(15)),
    PatternDay(time(15), time(23)),
    PatternDay(time(22), time(7)),
)
OFF = PatternDay()


def test_a_pattern_rosters_its_cycle_and_leaves_days_off(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="2-2-2-4", cycle=[EARLY] * 2 + [LATE] * 2 + [OFF] * 4)
    done = assign_pattern(
        session,
        pattern_id=pattern.id,
        unit=team,
        member_ids=[member.id],
        anchor=MONDAY,
        first=MONDAY,
        last=date(2026, 11, 24),
    )
    assert done == Saved(added=5)
    (row,) = roster(session, team, MONDAY, date(2026, 11, 30)).rows
    assert [shift.on_date.day for shift in row.shifts] == [16, 17, 18, 19, 24]


def test_a_pattern_of_the_bcu_may_be_used_by_its_teams_and_by_no_other(session: Session) -> None:
    bcu = make.bcu(session)
    team = make.team(session, under=make.area(session, under=bcu))
    pattern = add_pattern(session, unit=bcu, name="Nights", cycle=[NIGHT, OFF])
    assert [line.cycle for line in patterns_for(session, team)] == [(NIGHT, OFF)]
    with pytest.raises(UnknownPattern):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=make.team(session),
            member_ids=[1],
            anchor=MONDAY,
            first=MONDAY,
            last=MONDAY,
        )


def test_nights_of_a_pattern_follow_the_clock_changes(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="Nights", cycle=[NIGHT])
    for around in (date(2026, 10, 24), date(2026, 3, 28)):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=around,
            first=around,
            last=around,
        )
    assert [shift.minutes for shift in shifts(session)] == [480, 600]


def test_a_pattern_whose_time_never_happens_is_refused_with_the_day(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="Odd", cycle=[PatternDay(time(1, 30), time(9))])
    with pytest.raises(PatternTimeNeverHappens, match="29 March 2026 01:30 never happens"):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=date(2026, 3, 28),
            first=date(2026, 3, 28),
            last=date(2026, 3, 30),
        )


def test_a_pattern_that_overlaps_another_is_refused_naming_the_member(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, name="Ann Example", team=team)
    make.shift(session, member=member, starts="2026-11-18T12:00", ends="2026-11-18T16:00")
    pattern = add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(ShiftOverlaps, match="Ann Example"):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=MONDAY,
            first=MONDAY,
            last=date(2026, 11, 20),
        )


@pytest.mark.parametrize("last", [date(2026, 11, 15), date(2027, 11, 17)])
def test_a_pattern_runs_forwards_and_for_a_year_at_most(session: Session, last: date) -> None:
    team = make.team(session)
    pattern = add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(StretchTooLong):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[1],
            anchor=MONDAY,
            first=MONDAY,
            last=last,
        )


def test_a_pattern_has_a_name_of_its_own_and_a_day_on(session: Session) -> None:
    team = make.team(session)
    for name, cycle in (("", [EARLY]), ("Off", [OFF]), ("Long", [EARLY] * 85), ("None", [])):
        with pytest.raises(BadPattern):
            add_pattern(session, unit=team, name=name, cycle=cycle)
    add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(PatternNameTaken):
        add_pattern(session, unit=team, name="Earlies", cycle=[LATE])
