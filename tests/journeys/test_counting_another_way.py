"""A force counts another way: the board adds a definition, the manager sees it beside the old one."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.windows import OpenPage


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """BCU N, whose constable was in training for two of ten hours on the 5th of October 2026."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="N")
    team = make.team(session, under=make.area(session, under=bcu, code="N1"), code="N11")
    member = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    shift = make.shift(session, member=member, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, ends="2026-10-05T11:00", reason="training")
    make.account(session, role=Role.BOARD, unit=force, email="board@force.example")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    session.commit()


def test_the_board_copies_a_definition_and_the_manager_sees_both_side_by_side(open_page: OpenPage) -> None:
    desk = open_page()
    board = Hands(desk)
    board.sign_in("board@force.example")
    desk.goto("/reasons")
    board.press("Add a reason")
    board.tick("Abstraction")
    desk.get_by_label("Name", exact=True).fill("Football")
    desk.get_by_label("Code", exact=True).fill("football")
    board.tick("Local (2008)")
    board.press("Add the reason")
    expect(desk.get_by_text("Added: Football")).to_be_visible()

    board.press("Which of them count")
    board.press("Local (2008)")
    board.press("Copy to a new definition")
    desk.get_by_label("Name", exact=True).fill("Board 2027")
    desk.get_by_label("Code", exact=True).fill("board-2027")
    desk.get_by_label("What it counts, in a sentence").fill("Training counts as well.")
    board.press("Add the definition")
    board.press("Change what counts")
    board.tick("Training")
    board.tick("count")
    for part, text in (("Day", "1"), ("Month", "10"), ("Year", "2026")):
        desk.get_by_label(part, exact=True).fill(text)
    desk.get_by_label("Why?").fill("The board of 16 November")
    board.press("Show what it restates")
    expect(desk.get_by_text("It restates 1 month under Board 2027: 1 record of 3 h in total")).to_be_visible()
    board.press("Save the change")
    expect(desk.get_by_text("What counts is changed. Check that")).to_be_visible()

    page = open_page()
    manager = Hands(page)
    manager.sign_in("manager@force.example")
    page.goto("/units/N/months/2026-10")
    page.get_by_label("Compare with").select_option(label="Board 2027")
    manager.press("Apply")
    expect(page.get_by_role("heading", name="Local (2008) beside Board 2027")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Officers").filter(has_text="points more").first
    expect(row).to_contain_text("0.0%")
    expect(row).to_contain_text("30.0%")
    expect(row).to_contain_text("Board 2027: 30.0 points more, and over 20% instead of within")
    page.get_by_role("combobox", name="Definition").select_option(label="Board 2027")
    page.get_by_label("Compare with").select_option(label="Nothing")
    manager.press("Apply")
    expect(page.get_by_text("3 h away of 10 h on duty. Definition: Board 2027.").first).to_be_visible()
