"""Entering the time that special constables and volunteers gave: a week of one work, many people at once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.staffing.actions import GivenMeanwhile, MinutesOutOfRange, NothingChanged, NotOneOfThem, enter_time
from npt.staffing.models import GivenTime
from npt.staffing.queries import GivenWeek, given_week
from npt.staffing.rules import GivenWork, TimeSlot
from tests import make

TODAY = date(2026, 11, 18)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def special(session: Session, team: Unit) -> Member:
    return make.member(session, name="Ann Example", role=PolicingRole.SPECIAL, team=team)


def week(session: Session, team: Unit, work: GivenWork = GivenWork.PATROL) -> GivenWeek:
    return given_week(session, team.path, MONDAY, work, today=TODAY)


def recorded(session: Session) -> dict[tuple[date, GivenWork], int]:
    return {(time.on_date, time.work): time.minutes for time in session.scalars(select(GivenTime))}


def test_a_week_has_a_place_for_each_day_that_has_come_of_whoever_gives_time_here(
    session: Session, team: Unit, special: Member
) -> None:
    make.member(session, role=PolicingRole.CONSTABLE, team=team)
    newcomer = make.member(session, name="Ben Example")
    make.posting(session, member=newcomer, unit=team, role=PolicingRole.VOLUNTEER, starts_on=TUESDAY)
    shown = {row.name: list(row.cells) for row in week(session, team).rows}
    assert shown == {"Ann Example": [MONDAY, TUESDAY, WEDNESDAY], "Ben Example": [TUESDAY, WEDNESDAY]}


def test_hours_of_many_days_are_recorded_corrected_and_taken_out_at_once(
    session: Session, team: Unit, special: Member
) -> None:
    make.given_time(session, member=special, day=MONDAY, minutes=60)
    make.given_time(session, member=special, day=TUESDAY, minutes=60)
    now = week(session, team)
    seen = {slot: cell.version for slot, cell in now.cells.items()}
    wanted = {
        TimeSlot(special.id, MONDAY): 90,
        TimeSlot(special.id, TUESDAY): None,
        TimeSlot(special.id, WEDNESDAY): 150,
    }
    assert enter_time(session, now, wanted=wanted, seen=seen) == 3
    assert recorded(session) == {(MONDAY, GivenWork.PATROL): 90, (WEDNESDAY, GivenWork.PATROL): 150}


def test_what_stands_already_is_nothing_to_save(session: Session, team: Unit, special: Member) -> None:
    make.given_time(session, member=special, day=MONDAY, minutes=60)
    with pytest.raises(NothingChanged):
        enter_time(session, week(session, team), wanted={TimeSlot(special.id, MONDAY): 60}, seen={})


def test_a_record_that_somebody_else_made_or_changed_meanwhile_is_not_overwritten(
    session: Session, team: Unit, special: Member
) -> None:
    make.given_time(session, member=special, day=MONDAY, minutes=60)
    time = session.scalars(select(GivenTime)).one()
    seen = {TimeSlot(special.id, MONDAY): time.version}
    time.minutes = 120
    make.given_time(session, member=special, day=TUESDAY, minutes=30)
    session.flush()
    for day in (MONDAY, TUESDAY):
        with pytest.raises(GivenMeanwhile):
            enter_time(session, week(session, team), wanted={TimeSlot(special.id, day): 90}, seen=seen)
    assert sorted(recorded(session).values()) == [30, 120]


def test_nobody_gives_more_than_a_day_has_all_work_together(
    session: Session, team: Unit, special: Member
) -> None:
    make.given_time(session, member=special, day=MONDAY, minutes=23 * 60, work=GivenWork.EVENT)
    with pytest.raises(MinutesOutOfRange, match=r"Ann Example .* more than 24 hours on 16 November 2026"):
        enter_time(session, week(session, team), wanted={TimeSlot(special.id, MONDAY): 61}, seen={})
    assert enter_time(session, week(session, team), wanted={TimeSlot(special.id, MONDAY): 60}, seen={}) == 1


def test_a_day_that_is_not_of_the_week_or_of_somebody_elsewhere_is_refused(
    session: Session, team: Unit, special: Member
) -> None:
    stranger = make.member(session, role=PolicingRole.SPECIAL, team=make.team(session))
    for slot in (TimeSlot(stranger.id, MONDAY), TimeSlot(special.id, date(2026, 11, 19))):
        with pytest.raises(NotOneOfThem):
            enter_time(session, week(session, team), wanted={slot: 60}, seen={})
    assert recorded(session) == {}
