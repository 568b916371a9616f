"""Sums of months, and definitions with dates."""

from datetime import date

from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.counting.queries import definition_coded, definitions
from npt.counting.rollup.read import monthly_sums
from npt.counting.rollup.sums import MonthSum, period_sums, periods
from npt.counting.rules import Tally
from npt.kit.months import Month
from npt.people.rules import PolicingRole
from npt.shifts.rules import ReasonKind
from tests import make
from tests.records.november import NOVEMBER, counts_from, defined, eight_hours


def test_a_month_is_summed_by_unit_and_role(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, team=team)
    eight_hours(session, constable, "2026-11-02", "response", 2)
    eight_hours(session, constable, "2026-11-03", "sickness", 3)
    eight_hours(session, constable, "2026-12-01")
    eight_hours(session, make.member(session, team=team, role=PolicingRole.PCSO), "2026-11-02", "court", 1)
    make.confirmation(session, unit=team, day=date(2026, 11, 2))
    first, last = NOVEMBER.first, NOVEMBER.last
    assert monthly_sums(session, team.path, NOVEMBER, NOVEMBER) == [
        MonthSum(
            team.id, PolicingRole.CONSTABLE, first, last, 960, {"sickness": 180}, {"response": 120}, 2, 1
        ),
        MonthSum(team.id, PolicingRole.PCSO, first, last, 480, {}, {"court": 60}, 1, 1),
    ]


def test_a_night_counts_whole_in_the_month_in_which_it_starts(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    make.shift(session, member=member, starts="2026-10-31T22:00", ends="2026-11-01T07:00")
    october = monthly_sums(session, team.path, Month(2026, 10), NOVEMBER)
    assert [(sums.month, sums.rostered) for sums in october] == [(Month(2026, 10), 540)]


def test_nights_across_both_clock_changes_have_their_real_minutes(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    make.shift(session, member=member, starts="2026-03-28T22:00", ends="2026-03-29T07:00")
    make.shift(session, member=member, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    sums = monthly_sums(session, team.path, Month(2026, 3), Month(2026, 10))
    assert [(part.month, part.rostered) for part in sums] == [(Month(2026, 3), 480), (Month(2026, 10), 600)]


def test_a_unit_is_summed_with_all_under_it_and_nothing_beside_it(session: Session) -> None:
    area = make.area(session)
    inside = make.team(session, under=area)
    for unit in (inside, area, make.team(session)):
        eight_hours(session, make.member(session, team=unit), "2026-11-02")
    found = monthly_sums(session, area.path, NOVEMBER, NOVEMBER)
    assert sorted(sums.unit_id for sums in found) == sorted([inside.id, area.id])


def test_only_confirmed_days_of_the_same_unit_cover_its_shifts(session: Session) -> None:
    team, other = make.team(session), make.team(session)
    member = make.member(session, team=team)
    for day in ("2026-11-02", "2026-11-03"):
        eight_hours(session, member, day)
    make.confirmation(session, unit=team, day=date(2026, 11, 3))
    make.confirmation(session, unit=other, day=date(2026, 11, 2))
    (sums,) = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    assert sums.tally == Tally(960, 0, {}, 2, 1)


def test_a_month_without_a_shift_has_no_sums(session: Session) -> None:
    team = make.team(session)
    assert monthly_sums(session, team.path, NOVEMBER, NOVEMBER) == []
    assert period_sums(session, team.path, []) == []


def test_more_teams_and_months_ask_no_more_statements(session: Session) -> None:
    area = make.area(session)

    def asked(teams: int, first: Month) -> int:
        for _ in range(teams):
            eight_hours(session, make.member(session, team=make.team(session, under=area)), "2026-11-02")
        statements: list[str] = []
        connection = session.connection()

        def count(*sent: object) -> None:
            statements.append(str(sent[2]))

        event.listen(connection, "before_cursor_execute", count)
        monthly_sums(session, area.path, first, NOVEMBER)
        event.remove(connection, "before_cursor_execute", count)
        return len(statements)

    assert asked(1, NOVEMBER) == asked(4, Month(2025, 11)) == 3


# Definitions -----------------------------------------------------------------------------------------------


def test_the_shipped_definitions_rate_the_same_sums_differently(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-02", "response", 2)
    eight_hours(session, member, "2026-11-03", "training", 1)
    eight_hours(session, member, "2026-11-04", "leave", 4)
    sums = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    rates = {
        definition.code: (rate.abstracted, rate.denominator)
        for definition in definitions(session)
        for rate in [definition.rate(sums)]
    }
    assert rates == {
        "local-2008": (120, 1200),
        "inspectorate": (180, 1200),
        "all-time-lost": (420, 1440),
    }


def test_a_rate_without_sums_is_not_known(session: Session) -> None:
    assert defined(session).rate([]).share.fraction is None


def test_a_change_of_definition_within_a_month_counts_from_its_day(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    for day in ("2026-11-09", "2026-11-10", "2026-11-11"):
        eight_hours(session, member, day, "training", 1)
    counts_from(session, "local-2008", "training", date(2026, 11, 10), True)
    counts_from(session, "local-2008", "training", date(2026, 11, 11), False)
    sums = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    assert [(part.first.day, part.last.day, part.shifts) for part in sums] == [
        (1, 9, 1),
        (10, 10, 1),
        (11, 30, 1),
    ]
    rate = defined(session).rate(sums)
    assert (rate.abstracted, rate.denominator) == (60, 1440)
    assert defined(session, "inspectorate").rate(sums).abstracted == 180


def test_a_definition_stands_as_it_was_on_each_day(session: Session) -> None:
    counts_from(session, "local-2008", "court", date(2026, 11, 10), True)
    definition = defined(session)
    stood = {
        day: definition.on(date(2026, 11, day)).counts("court", ReasonKind.ABSTRACTION) for day in (9, 10)
    }
    assert stood == {9: False, 10: True}
    assert definition.changes[-1] == date(2026, 11, 10)


def test_an_unknown_definition_is_not_found(session: Session) -> None:
    assert definition_coded(session, "made-up") is None


def test_periods_are_months_cut_at_the_days_given() -> None:
    cut = periods(Month(2026, 10), NOVEMBER, [date(2026, 10, 1), date(2026, 11, 10), date(2027, 1, 1)])
    assert cut == [
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 9)),
        (date(2026, 11, 10), date(2026, 11, 30)),
    ]
