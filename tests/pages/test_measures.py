"""The pages of measures: figures that open their records, targets, definitions side by side."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.measures.models import MeasureTarget
from npt.people.rules import PolicingRole
from tests import make
from tests.visiting import Visitor, plain

OCTOBER = "/units/C/months/2026-10"
TARGET = "/units/C/measures/shifts-confirmed/target"


@pytest.fixture
def force(app: Flask, session: Session) -> Flask:
    """BCU C with a team that worked two days of October 2026, of which one is confirmed."""
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="T1")
    make.neighbourhood(session, under=team, code="N1")
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    for day in ("2026-10-05", "2026-10-06"):
        shift = make.shift(session, member=constable, starts=f"{day}T08:00", ends=f"{day}T18:00")
        make.away(session, shift=shift, starts=f"{day}T09:00", ends=f"{day}T10:00", reason="court")
    make.confirmation(session, unit=team, day=date(2026, 10, 5))
    for role, unit in ((Role.BOARD, force), (Role.MANAGER, bcu)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def board(force: Flask) -> Visitor:
    """The force's lead, who may set targets."""
    return Visitor(force, "board@force.example")


def test_a_figure_stands_with_what_it_is_made_of_its_target_and_whether_it_is_met(board: Visitor) -> None:
    shown = plain(board.open(f"{OCTOBER}/measures").text)
    assert "50.0%" in shown
    assert "1 of 2" in shown
    assert "at least 90%" in shown
    assert "missed" in shown
    assert "No patrol is recorded." in shown


def test_every_figure_that_is_known_opens_its_records(board: Visitor) -> None:
    page = board.open(f"{OCTOBER}/measures").text
    links = re.findall(r'href="([^"]+)"[^>]*>[^<]*<span[^>]*>[^<]*: see the records', page)
    assert len(links) >= 10
    for link in dict.fromkeys(unescape(each) for each in links):
        assert board.client.get(link).status_code == 200, link


def test_the_page_is_a_file_too(board: Visitor) -> None:
    answer = board.open(f"{OCTOBER}/measures?format=csv")
    assert "shifts" in answer.text.lower()
    assert answer.mimetype == "text/csv"


def test_a_target_is_set_from_a_day_and_the_month_says_what_held_before(
    board: Visitor, session: Session
) -> None:
    sent = board.send(TARGET, amount="45", starts_on="15 10 2026")
    assert sent.status_code == 303, sent.text
    shown = plain(board.open(f"{OCTOBER}/measures").text)
    assert "at least 45%" in shown
    assert "until 15 October 2026: at least 90%; the month is judged by its last day" in shown
    assert "at least 90%" in plain(board.open("/units/C/months/2026-09/measures").text)
    kept = session.scalars(select(MeasureTarget)).one()
    assert (kept.amount, kept.starts_on) == (Decimal(45), date(2026, 10, 15))


def test_a_target_sent_twice_is_one_and_another_of_the_same_day_takes_its_place(
    board: Visitor, session: Session
) -> None:
    for amount in ("45", "45", ""):
        assert board.send(TARGET, amount=amount, starts_on="15 10 2026").status_code == 303
    assert [each.amount for each in session.scalars(select(MeasureTarget))] == [None]
    assert "No target" in plain(board.open(TARGET).text) or "none" in plain(board.open(TARGET).text)


@pytest.mark.parametrize(
    ("measure", "amount", "words"),
    [
        ("shifts-confirmed", "101", "from 0 to 100"),
        ("abstraction-officers", "15", "that of every rate in the product"),
        ("people-to-a-sergeant", "10", "limit on supervision"),
        ("priorities", "3", "has no target"),
    ],
)
def test_a_target_that_cannot_be_is_refused_beside_the_field(
    board: Visitor, measure: str, amount: str, words: str
) -> None:
    sent = board.send(f"/units/C/measures/{measure}/target", amount=amount, starts_on="1 10 2026")
    assert sent.status_code == 422
    assert words in plain(sent.text)


def test_there_is_no_target_of_what_is_not_measured(board: Visitor) -> None:
    assert board.open("/units/C/measures/happiness/target").status_code == 404


def test_a_manager_sees_measures_and_sets_no_target(force: Flask) -> None:
    manager = Visitor(force, "manager@force.example")
    assert "change the target" not in manager.open(f"{OCTOBER}/measures").text
    assert manager.open(TARGET).status_code == 403


# Definitions ------------------------------------------------------------------------------------------------


def test_a_rate_stands_under_every_definition_from_the_same_minutes(board: Visitor) -> None:
    shown = plain(board.open(f"{OCTOBER}/definitions").text)
    assert "Local (2008)" in shown
    assert "0.0%, within 20%" in shown  # court does not count
    assert "10.0%, within 20%" in shown  # and counts under the inspectorate's
    assert "National (to be confirmed)" in shown
    assert "not settled" in shown


def test_the_definition_that_is_not_settled_refuses_to_be_used(board: Visitor) -> None:
    for address in (
        f"{OCTOBER}?definition=national-tbc",
        f"{OCTOBER}?with=national-tbc",
        f"{OCTOBER}/records?definition=national-tbc",
        "/units/C/headroom?definition=national-tbc",
    ):
        answer = board.open(address)
        assert answer.status_code == 422, address
        assert "national-tbc is not settled yet" in plain(answer.text)
