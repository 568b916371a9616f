"""A manager marks the abstraction of a month, several at a time; the month counts what was said."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.shifts.models import Away
from tests import make
from tests.visiting import Visitor

REVIEW = "/units/C/months/2026-11/review"


@pytest.fixture
def manager(app: Flask, session: Session) -> Visitor:
    """The manager of BCU C, in which two constables were away for four hours each."""
    bcu = make.bcu(session, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="C11")
    for name in ("Ann Example", "Ben Example"):
        member = make.member(session, name=name, role=PolicingRole.CONSTABLE, team=team)
        shift = make.shift(session, member=member)
        make.away(session, shift=shift, ends="2026-11-16T18:00", reason="custody")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example", name="Max Manager")
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    session.commit()
    return Visitor(app, "manager@force.example")


def words(text: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def counted(visitor: Visitor) -> tuple[str, ...]:
    """What the month page counts as appropriate, avoidable, and not reviewed."""
    page = words(visitor.open("/units/C/months/2026-11").text)
    found = re.search(r"Review Appropriate (\d+) .*? Avoidable (\d+) .*? Not reviewed (\d+) ", page)
    assert found is not None, page
    return found.groups()


def test_all_of_a_page_are_marked_at_once_and_taken_back_at_once(manager: Visitor) -> None:
    assert counted(manager) == ("0", "0", "2")
    manager.open(REVIEW)
    marked = manager.fill(f"{REVIEW}/mark", everything="yes", verdict="avoidable", why="Nobody asked us")
    assert marked.status_code == 303, words(marked.text)
    shown = words(manager.open(marked.location).text)
    assert "Max Manager" in shown
    assert "Nobody asked us" in shown
    assert counted(manager) == ("0", "2", "0")
    undo = re.search(rf'action="({REVIEW}/\d+/undo)"', manager.open(REVIEW).text)
    assert undo is not None
    manager.fill(undo[1])
    assert counted(manager) == ("0", "0", "2")


def test_one_is_marked_by_its_box_and_its_list_names_only_that(manager: Visitor, session: Session) -> None:
    key = str(session.scalars(select(Away.id).order_by(Away.id)).first())
    session.rollback()
    manager.open(REVIEW)
    assert manager.fill(f"{REVIEW}/mark", records=key, verdict="appropriate").status_code == 303
    listed = words(manager.open(f"{REVIEW}?judged=appropriate").text)
    assert "Ann Example" in listed
    assert "Ben Example" not in listed


def test_avoidable_without_why_is_refused_and_the_ticks_stay(manager: Visitor, session: Session) -> None:
    key = str(session.scalars(select(Away.id).order_by(Away.id)).first())
    session.rollback()
    manager.open(REVIEW)
    refused = manager.fill(f"{REVIEW}/mark", records=key, verdict="avoidable")
    assert refused.status_code == 422
    assert "Say in a few words how it could have been avoided" in words(refused.text)
    assert re.search(rf'value="{key}" checked', refused.text)


def test_what_another_has_marked_meanwhile_is_shown_and_not_overwritten(manager: Visitor, app: Flask) -> None:
    other = Visitor(app, "manager@force.example")
    other.open(REVIEW)
    manager.open(REVIEW)
    other.fill(f"{REVIEW}/mark", everything="yes", verdict="appropriate")
    answer = manager.fill(f"{REVIEW}/mark", everything="yes", verdict="avoidable", why="Too far")
    assert answer.status_code == 409
    assert "Nothing you entered was saved" in words(answer.text)
    assert counted(manager) == ("2", "0", "0")


def test_a_sergeant_sees_what_was_said_and_marks_nothing(manager: Visitor, app: Flask) -> None:
    manager.open(REVIEW)
    manager.fill(f"{REVIEW}/mark", everything="yes", verdict="appropriate")
    sergeant = Visitor(app, "sergeant@force.example")
    page = sergeant.open("/units/C11/months/2026-11/review")
    assert words(page.text).count("Appropriate") == 3
    assert "/mark" not in page.text
    assert sergeant.fill("/units/C11/months/2026-11/review/mark", verdict="appropriate").status_code == 403
