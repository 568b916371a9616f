"""Figures of measures, and the records that they rest on."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.measures.queries import registry
from npt.people.rules import PolicingRole
from tests import make
from tests.records.measured import OCTOBER, TODAY, asked_of, figure, seen


def test_abstraction_is_minutes_lost_out_of_minutes_on_duty(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    shift = make.shift(session, member=constable, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T12:00", reason="response")
    make.away(session, shift=shift, starts="2026-10-05T13:00", ends="2026-10-05T14:00", reason="leave")
    found = figure(session, "abstraction-officers", team)
    assert (found.counted, found.of, found.coverage) == (180, 540, Share(0, 1))
    assert seen(session, "abstraction-officers", team) == [("shift", shift.id, "600/60/180")]
    assert seen(session, "abstraction-pcsos", team) == []


def test_a_rate_without_duty_is_not_known_and_says_why(session: Session) -> None:
    found = figure(session, "abstraction-pcsos", make.team(session))
    assert not found.is_known
    assert found.why_unknown == "Nothing is recorded to count it from."


def test_shifts_on_confirmed_days_are_counted_out_of_all(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    days = [
        make.shift(session, member=constable, starts=f"2026-10-0{day}T08:00", ends=f"2026-10-0{day}T18:00")
        for day in (5, 6)
    ]
    make.confirmation(session, unit=team, day=date(2026, 10, 5))
    found = figure(session, "shifts-confirmed", team)
    assert (found.counted, found.of) == (1, 2)
    assert [each.mark for each in seen(session, "shifts-confirmed", team)] == ["confirmed", "not confirmed"]
    assert [each.record_id for each in seen(session, "shifts-confirmed", team)] == [day.id for day in days]


def test_strength_and_vacancy_are_of_the_last_day_of_the_month(session: Session) -> None:
    team = make.team(session)
    posting = make.posting(session, unit=team, role=PolicingRole.PCSO, starts_on=date(2026, 10, 15))
    funded = make.establishment(session, unit=team, role=PolicingRole.PCSO, posts="2.5")
    assert figure(session, "strength-pcsos", team).value == 1
    assert figure(session, "strength-pcsos", team, Month(2026, 9)).value == 0
    assert figure(session, "vacancy-pcsos", team).value == Fraction(3, 5)
    assert seen(session, "vacancy-pcsos", team) == [
        ("establishment", funded.id, "250"),
        ("posting", posting.id, "pcso 100"),
    ]


def test_posts_that_nobody_has_funded_leave_a_vacancy_not_known(session: Session) -> None:
    team = make.team(session)
    make.member(session, role=PolicingRole.CONSTABLE, team=team)
    assert figure(session, "vacancy-officers", team).why_unknown == "No posts are recorded as funded."


def test_the_ratio_is_of_people_to_sergeants_in_post(session: Session) -> None:
    team = make.team(session)
    for role in (PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.PCSO):
        make.member(session, role=role, team=team)
    assert figure(session, "people-to-a-sergeant", team).value == 3
    other = make.team(session)
    assert figure(session, "people-to-a-sergeant", other).why_unknown == "No sergeant is in post."


def test_a_month_that_lasts_is_as_at_today_and_one_to_come_is_not_known(session: Session) -> None:
    team = make.team(session)
    make.posting(session, unit=team, role=PolicingRole.PCSO, starts_on=date(2026, 11, 17))
    assert figure(session, "strength-pcsos", team, Month(2026, 11)).value == 0
    assert figure(session, "strength-pcsos", team, Month(2026, 11), today=date(2026, 11, 17)).value == 1
    assert figure(session, "strength-pcsos", team, Month(2026, 12)).why_unknown == "The month has not begun."


def test_a_unit_that_was_not_open_in_the_month_has_no_figures(session: Session) -> None:
    closed = make.team(session, closed_on=date(2026, 9, 30))
    asked = asked_of(session, closed, first=Month(2026, 9))
    found = registry.figures_of(session, asked)
    assert {each[closed.path, OCTOBER].why_unknown for each in found.values()} == {
        "The unit was not open in the month."
    }
    assert found["strength-pcsos"][closed.path, Month(2026, 9)].is_known


def test_figures_are_of_units_of_one_force(session: Session) -> None:
    with pytest.raises(ValueError, match="one force"):
        registry.figures_of(session, asked_of(session, make.force(session), make.force(session), today=TODAY))


def test_every_measure_answers_for_a_unit_of_which_nothing_is_recorded(session: Session) -> None:
    team = make.team(session)
    found = registry.figures_of(session, asked_of(session, team, first=Month(2025, 10)))
    assert set(found) == {measure.code for measure in registry.MEASURES}
    for code in found:
        assert seen(session, code, team) == []


def test_no_month_of_the_calendar_is_too_early_or_too_late_to_be_asked_for(session: Session) -> None:
    team = make.team(session)
    for month in (Month(1900, 1), Month(1901, 1), Month(2199, 12)):
        found = registry.figures_of(session, asked_of(session, team, month=month))
        assert not any(each[team.path, month].is_known for each in found.values())
