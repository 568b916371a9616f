"""Student officers on pages: posted for three months, shown either way, counted where the force says so."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.models import Posting
from npt.people.queries import member_numbered
from npt.people.rules import PolicingRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

TODAY = date(2026, 11, 16)


@pytest.fixture
def today() -> date:
    return TODAY


@built_once
def force(app: Flask, session: Session) -> Flask:
    """Team T1 of BCU C with a constable of two posts, and a member 900 who is posted nowhere."""
    top = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=top, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="T1")
    make.member(session, number="500", role=PolicingRole.CONSTABLE, team=team)
    make.member(session, number="900", name="Stu Dent")
    make.establishment(session, unit=team, posts=2)
    make.account(session, role=Role.BOARD, unit=top, email="board@force.example", name="Bea Board")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    make.account(session, role=Role.HMIC, unit=top, email="hmic@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(force: Flask) -> Visitor:
    return Visitor(force, "manager@force.example")


@pytest.fixture
def board(force: Flask) -> Visitor:
    return Visitor(force, "board@force.example")


def post(manager: Visitor, **given: str) -> str:
    """What is said of a student officer attachment; three months unless given otherwise."""
    typed = {"number": "900", "role": "constable", "fte": "1", "kind": "student", "starts_on": "2 11 2026"}
    answer = manager.send("/units/T1/new-posting", **{**typed, **given})
    return plain(manager.open(answer.location).text if answer.status_code == 303 else answer.text)


def count(board: Visitor, counted: str, day: str) -> None:
    answer = board.send("/units/BEDS/staffing/students/new", counted=counted, starts_on=day)
    assert answer.status_code == 303, plain(answer.text)


def test_a_student_officer_is_posted_for_three_months_unless_a_last_day_is_given(
    manager: Visitor, session: Session
) -> None:
    assert "Stu Dent is posted here as a student officer until 1 February 2027." in post(manager)
    member = member_numbered(session, "900")
    assert member is not None
    posting = session.query(Posting).where(Posting.member_id == member.id).one()
    assert posting.ends_on == date(2027, 2, 1)


def test_a_longer_attachment_is_refused_with_the_last_day_it_can_have(manager: Visitor) -> None:
    shown = post(manager, ends_on="2 2 2027")
    assert "lasts 3 months at most: give 1 February 2027 as its last day" in shown


def test_a_student_officer_in_another_role_is_refused(manager: Visitor) -> None:
    assert "A student officer is a constable, not a PCSO" in post(manager, role="pcso")


def test_student_officers_are_shown_beside_strength_until_the_force_counts_them(
    manager: Visitor, board: Visitor
) -> None:
    post(manager)
    shown = plain(manager.open("/units/C/staffing").text)
    assert "Constables 1 Constables: see the vacancies 1/2 1 constable of 2 posts 2 50.0% 1" in shown
    assert "1 student officer, not counted in strength." in shown
    count(board, "yes", "16 11 2026")
    shown = plain(manager.open("/units/C/staffing").text)
    assert "Constables 0 Constables: see the vacancies 2/2 2 constables of 2 posts 2 100.0% 2" in shown
    assert "1 student officer, counted in strength." in shown
    assert "not counted in strength" in plain(manager.open("/units/C/staffing?as-at=2026-11-15").text)


def test_the_page_says_who_they_are_and_what_the_force_said_when_and_by_whom(
    manager: Visitor, board: Visitor
) -> None:
    post(manager)
    assert "The force has not decided yet, so they do not count." in plain(
        manager.open("/units/T1/staffing/students").text
    )
    count(board, "yes", "1 11 2026")
    count(board, "no", "1 12 2026")
    shown = plain(manager.open("/units/T1/staffing/students").text)
    assert "Stu Dent 900" in shown
    assert "2 November 2026 1 February 2027" in shown
    assert re.search(r"1 December 2026 not counted Bea Board 16 November 2026 \d\d:\d\d", shown)
    assert shown.index("1 December 2026 not counted") < shown.index("1 November 2026 counted")


def test_it_is_set_at_the_force_by_those_who_manage_its_members(
    force: Flask, manager: Visitor, board: Visitor
) -> None:
    assert "Set whether they count" in board.open("/units/BEDS/staffing/students").text
    assert "Set whether they count" not in board.open("/units/C/staffing/students").text
    assert manager.open("/units/BEDS/staffing/students/new").status_code == 403
    refused = board.send("/units/C/staffing/students/new", counted="yes", starts_on="1 11 2026")
    assert refused.status_code == 422
    assert "C is not a force: set it for the whole force" in plain(refused.text)


def test_what_was_said_by_mistake_is_corrected_and_an_older_page_is_told(board: Visitor) -> None:
    count(board, "yes", "1 11 2026")
    page = board.open("/units/BEDS/staffing/students").text
    change = re.search(r'href="(/units/BEDS/staffing/students/\d+)"', page)
    assert change is not None
    board.open(change[1])
    assert board.fill(change[1], counted="no").status_code == 303
    answer = board.fill(change[1], counted="yes")
    assert answer.status_code == 409
    assert "They do not count in strength" in plain(answer.text)


def test_a_day_is_set_once(board: Visitor) -> None:
    count(board, "yes", "1 11 2026")
    again = board.send("/units/BEDS/staffing/students/new", counted="no", starts_on="1 11 2026")
    assert again.status_code == 422
    assert "The force has already set this from that day" in plain(again.text)


def test_who_sees_staffing_but_no_members_sees_how_many(force: Flask, manager: Visitor) -> None:
    post(manager)
    shown = plain(Visitor(force, "hmic@force.example").open("/units/C1/staffing/students").text)
    assert "1 student officer, not counted in strength." in shown
    assert "T1 1" in shown
    assert "Stu Dent" not in shown


def test_the_list_of_members_marks_who_is_not_in_strength(manager: Visitor, board: Visitor) -> None:
    post(manager)
    assert "student officer attachment not in strength" in plain(manager.open("/units/T1/members").text)
    count(board, "yes", "1 11 2026")
    assert "not in strength" not in plain(manager.open("/units/T1/members").text)


def test_the_month_and_the_start_page_tell_student_officers_too(manager: Visitor, board: Visitor) -> None:
    post(manager)
    for address in ("/units/C/months/2026-11", "/"):
        assert "1 student officer, not counted in strength" in plain(manager.open(address).text)
