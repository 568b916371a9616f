"""The month's roster for the wall."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.visiting import Visitor, plain

DECEMBER = "/teams/T1/roster/print/2026-12"


@pytest.fixture
def officer(app: Flask, session: Session) -> Visitor:
    """An officer of T1, where Ann works on Christmas Day and is off sick the day before."""
    unit = make.team(session, code="T1")
    ann = make.member(session, number="71", name="Ann Example", team=unit)
    make.shift(session, member=ann, starts="2026-12-25T07:00", ends="2026-12-25T15:00")
    sick = make.shift(session, member=ann, starts="2026-12-24T09:30", ends="2026-12-24T17:00")
    make.away(session, shift=sick, ends="2026-12-24T17:00", reason="sickness")
    make.account(session, role=Role.OFFICER, unit=unit, email="officer@force.example")
    session.commit()
    return Visitor(app, "officer@force.example")


def test_public_holidays_are_marked_and_counted(officer: Visitor) -> None:
    words = plain(officer.open(DECEMBER).text)
    assert "Fri 25 Dec, Christmas Day; Mon 28 Dec, Boxing Day" in words
    assert re.search(r"Ann Example.*E 07:00 to 15:00.*15 h 30 min 1 ", words)


def test_the_wall_says_what_its_letters_mean(officer: Visitor) -> None:
    words = plain(officer.open(DECEMBER).text)
    assert (
        "E early, starts from 04:00 to 11:59: 07:00 to 15:00 L late, starts from 12:00 to 19:59"
        " N night, starts from 20:00 to 03:59 A absent"
    ) in words


def test_the_wall_does_not_say_why_anybody_is_absent(officer: Visitor) -> None:
    page = officer.open(DECEMBER).text
    assert "absent" in page
    assert "09:30" not in page
    assert "ickness" not in page


def test_the_roster_and_the_day_mark_a_public_holiday_as_well(officer: Visitor) -> None:
    assert re.search(
        r"Fri 25 Dec Christmas Day", plain(officer.open("/teams/T1/roster?from=2026-12-21").text)
    )
    assert "public holiday: Christmas Day" in plain(officer.open("/teams/T1/day/2026-12-25").text)
    assert "public holiday" not in officer.open("/teams/T1/day/2026-12-24").text


def test_a_month_without_a_holiday_has_no_column_for_them(officer: Visitor) -> None:
    assert "Bank holidays worked" not in officer.open("/teams/T1/roster/print/2026-11").text
