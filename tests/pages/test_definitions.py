"""Reasons and definitions as the board manages them, and as everybody else reads them."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.counting.queries import definition_coded
from npt.journal.models import Entry
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Reason
from tests import make
from tests.visiting import Visitor, plain

BOARD, SERGEANT, LOCAL_ADMIN = "board@force.example", "sergeant@force.example", "admin@team.example"
CHANGE = "/definitions/local-2008/change"


@pytest.fixture(autouse=True)
def team(session: Session) -> None:
    """A team whose constable was in training for two hours of the 5th of October and the 3rd of November."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="N")
    team = make.team(session, under=make.area(session, under=bcu, code="N1"), code="N11")
    member = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    for day in ("2026-10-05", "2026-11-03"):
        shift = make.shift(session, member=member, starts=f"{day}T08:00", ends=f"{day}T16:00")
        make.away(session, shift=shift, ends=f"{day}T10:00", reason="training")
    make.account(session, role=Role.BOARD, unit=force, email=BOARD, name="Bea Board")
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT)
    make.account(session, role=Role.ADMIN, unit=team, email=LOCAL_ADMIN)
    session.commit()


@pytest.fixture
def board(app: Flask) -> Visitor:
    """A member of the force's board."""
    return Visitor(app, BOARD)


def test_everybody_signed_in_reads_what_counts_and_only_the_force_may_change_it(app: Flask) -> None:
    sergeant = Visitor(app, SERGEANT)
    assert "Training training planned force-wide" in plain(sergeant.open("/reasons").text)
    assert "/new-reason" not in sergeant.page.text
    assert "Training does not count counts counts" in plain(sergeant.open("/definitions").text)
    assert "does not count on any day" in plain(sergeant.open("/definitions/local-2008").text)
    for visitor in (sergeant, Visitor(app, LOCAL_ADMIN)):
        for address in ("/new-reason", "/reasons/event", "/new-definition", CHANGE):
            assert visitor.open(address).status_code == 403


def test_a_reason_that_the_board_adds_is_offered_to_the_sergeant(board: Visitor, app: Flask) -> None:
    answer = board.send(
        "/new-reason", kind="abstraction", name="Football", code="football", counts_under="local-2008"
    )
    assert answer.status_code == 303
    shown = plain(board.open("/reasons").text)
    assert (
        "Football football unplanned locally not needed yes Local (2008), Inspectorate, All time lost"
        in shown
    )
    make_shift = "/teams/N11/day/2026-11-03"
    assert 'value="football"' in Visitor(app, SERGEANT).open(make_shift).text


def test_a_closed_reason_is_offered_no_longer_and_its_records_stay(board: Visitor, app: Flask) -> None:
    assert board.send("/reasons/training", name="Training", closed_on="2 11 2026").status_code == 303
    assert "to 2 November 2026" in plain(board.open("/reasons").text)
    sergeant = Visitor(app, SERGEANT)
    assert 'value="training"' in sergeant.open("/teams/N11/day/2026-10-05").text
    day = sergeant.open("/teams/N11/day/2026-11-03").text
    assert 'value="training"' not in day
    assert "Training" in day


def test_nothing_is_saved_before_what_it_restates_was_seen(board: Visitor, session: Session) -> None:
    change = {
        "reasons": "training",
        "counts": "yes",
        "starts_on": "1 10 2026",
        "why": "Agreed on 16 November",
    }
    board.page = board.send(CHANGE, **change)
    assert board.page.status_code == 200
    shown = plain(board.page.text)
    assert "Counts from 1 October 2026: Training" in shown
    assert "It restates 2 months under Local (2008): 2 records of 4 h in total" in shown
    assert "October 2026 Officers 1 2 h start to count" in shown
    assert "Nothing is saved yet" in shown
    assert _counts_on(session, date(2026, 10, 5)) is False

    assert board.fill(CHANGE, **change).status_code == 303
    assert _counts_on(session, date(2026, 10, 5)) is True
    shown = plain(board.open("/definitions/local-2008").text)
    assert "does not count to 30 September 2026, counts from 1 October 2026" in shown
    assert "Counts: Training Agreed on 16 November Bea Board Reverse" in shown


def test_a_restatement_that_has_grown_meanwhile_is_shown_again(board: Visitor, session: Session) -> None:
    change = {"reasons": "training", "counts": "yes", "starts_on": "1 10 2026", "why": "Agreed"}
    board.page = board.send(CHANGE, **change)
    away = session.scalars(select(Away)).first()
    assert away is not None
    away.reason_id = session.scalars(select(Reason.id).where(Reason.code == "court")).one()
    session.commit()
    board.page = board.fill(CHANGE, **change)
    assert board.page.status_code == 200
    assert "1 record of 2 h in total" in plain(board.page.text)
    assert _counts_on(session, date(2026, 10, 5)) is False
    assert board.fill(CHANGE, **change).status_code == 303


def test_a_change_is_put_back_by_whoever_has_seen_what_that_restates(
    board: Visitor, session: Session
) -> None:
    change = {"reasons": "training", "counts": "yes", "starts_on": "1 11 2026", "why": "Agreed"}
    board.page = board.send(CHANGE, **change)
    board.fill(CHANGE, **change)
    href = re.search(r'href="([^"]+put-back)"', board.open("/definitions/local-2008").text)
    assert href is not None
    assert "1 record of 2 h in total" in plain(board.open(href[1]).text)
    assert board.fill(href[1], why="").status_code == 422
    assert board.fill(href[1], why="A mistake").status_code == 303
    assert _counts_on(session, date(2026, 11, 3)) is False
    assert board.open(href[1]).status_code == 422
    assert "was changed again later" in plain(board.page.text)


def test_two_of_the_board_are_kept_apart(app: Flask, board: Visitor, session: Session) -> None:
    other = Visitor(app, BOARD)
    first = {"reasons": "training", "counts": "yes", "starts_on": "1 11 2026", "why": "Agreed"}
    second = {**first, "reasons": "court"}
    board.page = board.send(CHANGE, **first)
    other.page = other.send(CHANGE, **second)
    assert board.fill(CHANGE, **first).status_code == 303
    other.page = other.fill(CHANGE, **second)
    assert other.page.status_code == 422
    assert "Somebody else changed this after you opened it" in plain(other.page.text)
    board.open("/reasons/event")
    other.send("/reasons/event", name="Match day")
    assert board.fill("/reasons/event", name="Festival").status_code == 409


def test_a_definition_is_copied_and_offered_on_the_month_page(board: Visitor) -> None:
    copy = {"source": "inspectorate", "name": "Board 2027", "code": "board-2027", "explanation": "Ours."}
    assert board.send("/new-definition?copy=inspectorate", **copy).status_code == 303
    shown = plain(board.open("/units/F/months/2026-10?definition=board-2027").text)
    assert "2 h away of 8 h on duty. Definition: Board 2027." in shown
    closed = board.send(
        "/definitions/board-2027/words", name="Board 2027", explanation="Ours.", closed_on="31 10 2026"
    )
    assert closed.status_code == 303
    assert board.open("/units/F/months/2026-10?definition=board-2027").status_code == 200
    assert board.open("/units/F/months/2026-11?definition=board-2027").status_code == 404
    assert "Board 2027" not in board.open("/units/F/months/2026-11").text


def test_what_was_said_before_and_after_stands_in_the_journal(board: Visitor, session: Session) -> None:
    board.send("/reasons/event", name="Match day")
    entry = session.scalars(select(Entry).where(Entry.record_type == "reason")).one()
    assert '"name":["Event","Match day"]' in entry.details


@pytest.mark.parametrize(
    "address",
    [
        "/reasons/mine",
        "/definitions/mine",
        "/definitions/mine/change",
        "/definitions/local-2008/changes/9/put-back",
    ],
)
def test_what_is_not_there_is_not_found(board: Visitor, address: str) -> None:
    assert board.open(address).status_code == 404


def _counts_on(session: Session, day: date) -> bool:
    session.rollback()
    found = definition_coded(session, "local-2008")
    session.rollback()  # an open read would hold up whoever saves next
    assert found is not None
    return "training" in found.on(day).counting_reasons
