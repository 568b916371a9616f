"""Strength through time: month ends, the age of vacancies, who goes and who comes, who is lent to whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import postings_of
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.actions import LimitOutOfRange, LimitThere, NotAForce, set_limit
from npt.staffing.queries import (
    Loan,
    endings,
    loans,
    ratios,
    staffing_of,
    timeline,
    trend,
    vacancies,
)
from npt.staffing.rules import Supervision, stage_on
from tests import make
from tests.world import world

DAY = date(2026, 11, 16)
SERGEANT, CONSTABLE, PCSO = PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO


def lend(
    session: Session,
    member: Member,
    unit: Unit,
    *,
    role: PolicingRole = CONSTABLE,
    kind: PostingKind = PostingKind.TEMPORARY,
    starts_on: date = date(2026, 11, 1),
    ends_on: date | None = date(2026, 11, 30),
) -> None:
    make.posting(
        session, member=member, unit=unit, role=role, kind=kind, starts_on=starts_on, ends_on=ends_on
    )


# Month ends -------------------------------------------------------------------------------------------------


def test_on_every_day_the_timeline_says_what_the_staffing_of_that_day_says(session: Session) -> None:
    made = world(session).home
    for team in made.teams:
        make.establishment(session, unit=team, posts="2.5", starts_on=date(2026, 5, 1))
    leaver, mover = made.members[PCSO][0], made.members[CONSTABLE][0]
    (posting,) = postings_of(session, leaver.id)
    posting.ends_on = date(2026, 8, 31)
    lend(session, mover, made.teams[1], role=SERGEANT, starts_on=date(2026, 6, 15), ends_on=DAY)
    make.posting(session, unit=made.team, fte="0.40", starts_on=date(2026, 7, 7))
    session.flush()
    found = timeline(session, made.force.path)
    for day in (date(2008, 3, 31), date(2026, 6, 15), date(2026, 9, 1), DAY, DAY + timedelta(days=1)):
        for unit in (made.force, *made.teams):
            staffing = staffing_of(session, unit, day, with_children=False)
            for role in PolicingRole:
                stage = stage_on(found.stages(unit.path, role), day)
                line = staffing.of(role)
                assert (stage.strength, stage.establishment) == (line.strength, line.establishment)


def test_the_trend_shows_the_last_day_of_each_of_thirteen_months_and_the_day_itself(session: Session) -> None:
    team = make.team(session)
    make.posting(session, unit=team, ends_on=date(2026, 9, 29))
    make.posting(session, unit=team, starts_on=date(2026, 11, 16))
    make.establishment(session, unit=team, posts=2, starts_on=date(2026, 1, 1))
    ends = trend(session, team, DAY)[CONSTABLE]
    assert [end.day for end in (ends[0], ends[-2], ends[-1])] == [date(2025, 11, 30), date(2026, 10, 31), DAY]
    assert len(ends) == 13
    by_day = {end.day: (end.stage.strength, end.stage.establishment) for end in ends}
    assert by_day[date(2025, 12, 31)] == (Decimal(1), None)
    assert by_day[date(2026, 8, 31)] == (Decimal(1), Decimal(2))
    assert by_day[date(2026, 9, 30)] == (Decimal(0), Decimal(2))
    assert by_day[DAY] == (Decimal(1), Decimal(2))


# Vacancies --------------------------------------------------------------------------------------------------


def test_vacancies_say_where_and_since_when_the_oldest_first(session: Session) -> None:
    area = make.area(session)
    first, second = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    make.establishment(session, unit=first, posts=1)
    make.posting(session, unit=first, ends_on=date(2026, 10, 31))
    make.establishment(session, unit=second, posts=2, role=PCSO, starts_on=date(2026, 4, 1))
    make.posting(session, unit=second, role=PCSO, fte="0.50")
    found = [
        (each.unit.code, each.role, each.shortage.vacancy, each.shortage.days(DAY))
        for each in vacancies(session, area.path, DAY)
    ]
    assert found == [("T2", PCSO, Decimal("1.50"), 230), ("T1", CONSTABLE, Decimal(1), 16)]
    assert [each.unit.code for each in vacancies(session, area.path, DAY, CONSTABLE)] == ["T1"]


def test_a_member_who_is_lent_leaves_a_vacancy_behind_until_they_are_back(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    make.establishment(session, unit=team, posts=1)
    lend(session, member, make.team(session))
    (vacancy,) = vacancies(session, team.path, DAY)
    assert (vacancy.shortage.since, vacancy.shortage.filled_on) == (date(2026, 11, 1), date(2026, 12, 1))
    assert vacancies(session, team.path, date(2026, 12, 1)) == []


def test_people_over_establishment_in_one_team_do_not_fill_the_posts_of_another(session: Session) -> None:
    area = make.area(session)
    short, full = make.team(session, under=area), make.team(session, under=area)
    for team in (short, full):
        make.establishment(session, unit=team, posts=1)
    for _ in range(2):
        make.posting(session, unit=full)
    assert [each.unit for each in vacancies(session, area.path, DAY)] == [short]


# Succession -------------------------------------------------------------------------------------------------


def test_a_posting_that_ends_names_who_begins_and_what_is_left(session: Session) -> None:
    team = make.team(session)
    make.establishment(session, unit=team, posts=2)
    leaver = make.posting(session, unit=team, ends_on=date(2026, 12, 31)).member
    comer = make.posting(session, unit=team, starts_on=date(2026, 12, 15)).member
    make.posting(session, unit=team, starts_on=date(2027, 1, 2))
    (ending,) = endings(session, team.path, DAY, within_days=90)
    assert (ending.member, ending.covered_by, ending.ends_on) == (leaver, (comer,), date(2026, 12, 31))
    assert (ending.after.strength, ending.after.establishment) == (Decimal(1), Decimal(2))
    assert ending.goes_to is None


def test_only_postings_that_end_within_the_days_asked_about_are_told(session: Session) -> None:
    team = make.team(session)
    for days in (-1, 0, 90, 91):
        make.posting(session, unit=team, ends_on=DAY + timedelta(days=days))
    found = [ending.ends_on for ending in endings(session, team.path, DAY, within_days=90)]
    assert found == [DAY, DAY + timedelta(days=90)]


def test_who_goes_on_under_another_posting_does_not_go(session: Session) -> None:
    team = make.team(session)
    member = make.posting(session, unit=team, ends_on=DAY).member
    make.posting(session, member=member, unit=team, starts_on=DAY + timedelta(days=1))
    assert endings(session, team.path, DAY, within_days=90) == []


def test_a_loan_that_ends_says_where_the_member_goes_back_to(session: Session) -> None:
    home, host = make.team(session, code="HO"), make.team(session, code="HS")
    member = make.member(session, team=home)
    lend(session, member, host)
    (ending,) = endings(session, host.path, DAY, within_days=90)
    assert (ending.posting.kind, ending.goes_to) == (PostingKind.TEMPORARY, home)
    assert endings(session, home.path, DAY, within_days=90) == []


# Loans ------------------------------------------------------------------------------------------------------


def told(found: tuple[Loan, ...]) -> list[str]:
    return [loan.member.number for loan in found]


def test_a_loan_is_lent_here_borrowed_there_and_between_two_teams_above_both(session: Session) -> None:
    area = make.area(session)
    home, host = make.team(session, under=area), make.team(session, under=area)
    lend(session, make.member(session, number="77", team=home), host)
    lent, borrowed, between = (loans(session, path, DAY) for path in (home.path, host.path, area.path))
    assert (told(lent.lent), told(lent.borrowed), told(lent.between)) == (["77"], [], [])
    assert (told(borrowed.lent), told(borrowed.borrowed)) == ([], ["77"])
    assert (told(between.lent), told(between.borrowed), told(between.between)) == ([], [], ["77"])
    assert told(loans(session, area.path, date(2026, 12, 1)).between) == []


def test_a_constable_who_is_sergeant_for_a_while_is_acting(session: Session) -> None:
    team = make.team(session)
    lend(session, make.member(session, number="77", team=team), team, role=SERGEANT)
    (loan,) = loans(session, team.path, DAY).at_home
    assert loan.is_acting
    assert loan.posting.role is SERGEANT


def test_an_attachment_without_a_substantive_posting_is_borrowed(session: Session) -> None:
    team = make.team(session)
    make.posting(session, unit=team, kind=PostingKind.ATTACHMENT)
    (loan,) = loans(session, team.path, DAY).borrowed
    assert (loan.home, loan.is_acting) == (None, False)


# Supervision ------------------------------------------------------------------------------------------------


def test_the_limit_of_the_day_names_the_units_that_break_it(session: Session) -> None:
    force = make.force(session)
    area = make.area(session, under=make.bcu(session, under=force))
    team, bare = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    for role, unit in ((SERGEANT, team), (CONSTABLE, team), (CONSTABLE, team), (PCSO, bare)):
        make.posting(session, unit=unit, role=role)
    set_limit(session, unit=force, people=Decimal(3), starts_on=date(2026, 1, 1))
    set_limit(session, unit=force, people=Decimal("2.5"), starts_on=DAY)
    before, found = ratios(session, area, DAY - timedelta(days=1)), ratios(session, area, DAY)
    assert before.limit is not None
    assert (before.limit.people, before.breaches) == (Decimal(3), ())
    assert [line.staffing.unit for line in found.breaches] == [area]
    assert [line.on_strength for line in found.lines] == [
        Supervision.OVER,
        Supervision.WITHIN,
        Supervision.ELSEWHERE,
    ]
    assert {line.on_establishment for line in found.lines} == {Supervision.NOT_KNOWN}


def test_without_a_limit_nothing_is_judged(session: Session) -> None:
    found = ratios(session, make.posting(session, role=SERGEANT).unit, DAY)
    assert (found.limit, found.breaches) == (None, ())


def test_a_limit_of_another_force_does_not_hold_here(session: Session) -> None:
    set_limit(session, unit=make.force(session), people=Decimal(3), starts_on=make.START)
    assert ratios(session, make.team(session), DAY).limit is None


def test_a_limit_is_of_a_force_and_there_is_one_a_day(session: Session) -> None:
    force = make.force(session)
    with pytest.raises(NotAForce):
        set_limit(session, unit=make.bcu(session, under=force), people=Decimal(9), starts_on=DAY)
    with pytest.raises(LimitOutOfRange):
        set_limit(session, unit=force, people=Decimal("0.99"), starts_on=DAY)
    set_limit(session, unit=force, people=Decimal(9), starts_on=DAY)
    with pytest.raises(LimitThere):
        set_limit(session, unit=force, people=Decimal(8), starts_on=DAY)
