"""The week of confirmations as a manager, a sergeant and an inspectorate meet it."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.visiting import Visitor

SERGEANT, MANAGER, HMIC = "sergeant@force.example", "manager@force.example", "hmic@force.example"


@pytest.fixture(autouse=True)
def team(session: Session) -> None:
    """A team with a shift last Sunday and one today, Monday 16 November 2026."""
    bcu = make.bcu(session, code="N")
    team = make.team(session, under=make.area(session, under=bcu, code="N1"), code="N11")
    member = make.member(session, role=PolicingRole.PCSO, team=team)
    make.shift(session, member=member, starts="2026-11-15T08:00", ends="2026-11-15T16:00")
    make.shift(session, member=member, starts="2026-11-16T08:00", ends="2026-11-16T16:00")
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT, name="Sam Sergeant")
    make.account(session, role=Role.MANAGER, unit=bcu, email=MANAGER)
    make.account(session, role=Role.HMIC, unit=bcu, email=HMIC)
    session.commit()


def test_confirming_from_the_week_leads_back_to_it_with_the_name_in_the_cell(app: Flask) -> None:
    sergeant = Visitor(app, SERGEANT)
    week = "/units/N11/confirmations?week=2026-11-09"
    assert "not confirmed" in sergeant.open(week).text
    answer = sergeant.fill("/teams/N11/day/2026-11-15/confirm", next=week)
    assert answer.headers["Location"] == week
    shown = sergeant.open(week).text
    assert "Sam Sergeant" in shown
    assert "100.0% of the week’s shifts so far" in shown


def test_the_week_of_today_is_shown_where_the_address_names_no_day(app: Flask) -> None:
    manager = Visitor(app, MANAGER)
    assert "week of 16 November 2026" in manager.open("/units/N/confirmations?week=never").text


def test_the_team_days_of_the_start_page_open_the_days_themselves(app: Flask) -> None:
    manager = Visitor(app, MANAGER)
    address = re.search(r'href="([^"]+)">1 team-day<', manager.open("/").text)
    assert address is not None
    page = manager.open(address[1]).text
    assert "1 team-day of the last two weeks is not confirmed." in page
    assert re.findall(r'href="(/teams/[^"]+)"', page) == ["/teams/N11/day/2026-11-15"]


def test_who_may_not_see_duty_may_not_see_who_confirmed_it(app: Flask) -> None:
    assert Visitor(app, HMIC).open("/units/N/confirmations").status_code == 403


def test_a_week_without_duty_says_what_will_be_here(app: Flask) -> None:
    assert "No duty in this week" in Visitor(app, MANAGER).open("/units/N/confirmations?week=2026-09-07").text
