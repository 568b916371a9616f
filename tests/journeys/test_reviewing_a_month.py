"""A month reviewed: the manager comments, acts, goes through it in the meeting, signs; the board sees it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands
from tests.records.sealed_month import SealedMonth, sealed_month
from tests.windows import OpenPage


@pytest.fixture
def october(session: Session) -> SealedMonth:
    """A BCU with three confirmed shifts in October, its manager and the board's lead."""
    session.expire_on_commit = False
    found = sealed_month(session)
    for role, unit in ((Role.MANAGER, found.bcu), (Role.BOARD, found.force)):
        email, name = f"{role.value}@force.example", f"The {role.value}"
        make.account(session, role=role, unit=unit, email=email, name=name)
    session.commit()
    return found


def test_a_month_is_reviewed_signed_off_and_seen_restated(open_page: OpenPage, october: SealedMonth) -> None:
    desk = open_page()
    manager = Hands(desk)
    manager.sign_in("manager@force.example")
    manager.press("Review of October 2026")
    assert manager.interactions == 1  # last month's review is one step from the start page
    expect(desk.get_by_text("target at most 20%").first).to_be_visible()

    manager.press("Comment on the month")
    desk.get_by_label("Comment", exact=True).fill("Response took two hours")
    manager.press("Save the comment")
    expect(desk.get_by_text("Response took two hours")).to_be_visible()

    manager.press("Set an action")
    desk.get_by_label("What is to be done").fill("Ask the duty office")
    owner = desk.get_by_label("Owner", exact=False).first
    owner.select_option(label=next(each for each in owner.inner_text().split("\n") if "The manager" in each))
    for box, number in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        desk.get_by_label(box, exact=True).fill(number)
    manager.press("Set the action")
    manager.press("Review of")
    expect(desk.get_by_role("link", name="Ask the duty office")).to_be_visible()

    manager.press("Meeting mode")
    expect(desk.get_by_role("heading", name="What is out of line")).to_be_visible()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_text("2 of ")).to_be_visible()
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_role("heading", name="What is out of line")).to_be_visible()
    manager.press("Leave the meeting")

    manager.press("Sign the month off")
    manager.press("Sign off October 2026")
    desk.goto("/units/C/reviews/2026-10")
    expect(desk.get_by_text("October 2026 was signed off on")).to_be_visible()

    october.correct()
    october.session.commit()
    board_desk = open_page()
    board = Hands(board_desk)
    board.sign_in("board@force.example")
    board_desk.goto("/units/C/reviews/2026-10")
    expect(board_desk.get_by_text("restated since sign-off, 8.3% was signed").first).to_be_visible()
    expect(board_desk.get_by_text("Response took two hours")).to_be_visible()
