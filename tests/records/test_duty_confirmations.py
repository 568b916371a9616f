"""A week of confirmations: what was confirmed by whom, what nobody has confirmed, what had no duty."""

from datetime import date

from sqlalchemy.orm import Session

from npt.duty.queries import confirmation_week
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from tests import make

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


def _team_with_shifts(session: Session, area: Unit, *days: int) -> Unit:
    team = make.team(session, under=area)
    member = make.member(session, role=PolicingRole.PCSO, team=team)
    for day in days:
        make.shift(session, member=member, starts=f"2026-11-{day}T08:00", ends=f"2026-11-{day}T16:00")
    return team


def test_a_day_says_who_confirmed_it_and_a_day_that_nobody_confirmed_says_nobody(session: Session) -> None:
    area = make.area(session)
    team = _team_with_shifts(session, area, 16, 17)
    make.confirmation(session, unit=team, day=MONDAY, by=make.account(session, name="Sam Sergeant"))
    (unit,) = confirmation_week(session, area.path, MONDAY, today=SUNDAY).units
    assert [day.confirmed_by for day in unit.days[:2]] == ["Sam Sergeant", None]


def test_a_day_without_duty_has_no_coverage_rather_than_none_of_it(session: Session) -> None:
    area = make.area(session)
    _team_with_shifts(session, area, 16)
    week = confirmation_week(session, area.path, MONDAY, today=SUNDAY)
    assert not week.coverage_on(3).is_known
    assert week.coverage_on(0) == Share(0, 1)


def test_the_coverage_of_the_week_is_the_ratio_of_the_sums_of_all_units(session: Session) -> None:
    area = make.area(session)
    first = _team_with_shifts(session, area, 16, 17, 18)
    _team_with_shifts(session, area, 16)
    make.confirmation(session, unit=first, day=MONDAY)
    week = confirmation_week(session, area.path, MONDAY, today=SUNDAY)
    assert week.coverage == Share(1, 4)
    assert [unit.coverage for unit in week.units] == [Share(1, 3), Share(0, 1)]


def test_the_week_of_an_area_holds_no_unit_of_another_area(session: Session) -> None:
    area, other = make.area(session), make.area(session)
    _team_with_shifts(session, other, 16)
    assert confirmation_week(session, area.path, MONDAY, today=SUNDAY).units == ()


def test_a_shift_of_the_monday_after_belongs_to_the_next_week(session: Session) -> None:
    area = make.area(session)
    _team_with_shifts(session, area, 23)
    assert confirmation_week(session, area.path, MONDAY, today=SUNDAY).units == ()


def test_a_day_that_has_not_come_counts_in_no_coverage(session: Session) -> None:
    area = make.area(session)
    team = _team_with_shifts(session, area, 16, 17)
    make.confirmation(session, unit=team, day=MONDAY)
    assert confirmation_week(session, area.path, MONDAY, today=MONDAY).coverage == Share(1, 1)
