"""An inspector plans a football match, sees what it does, commits it, and calls it off again."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands
from tests.records.match_day import open_match_day
from tests.windows import DESK, PHONE, OpenPage


@pytest.fixture(autouse=True)
def match_day(session: Session) -> None:
    """An area whose two teams are on shift on the Saturday of the match, and its inspector."""
    made = open_match_day(session)
    make.account(session, role=Role.INSPECTOR, unit=made.area, email="inspector@force.example")
    session.commit()


def fill_in(page: Page) -> None:
    """The match, as an inspector types it."""
    page.get_by_label("Name", exact=True).fill("Town against Rovers")
    page.get_by_label("Football match").check()
    first = page.get_by_role("group", name="First day")
    for part, text in (("Day", "21"), ("Month", "11"), ("Year", "2026")):
        first.get_by_label(part).fill(text)
    page.get_by_label("From", exact=True).fill("12:00")
    page.get_by_label("To", exact=True).fill("18:00")


def officers(page: Page) -> str:
    """What the month of the area says of the officers."""
    page.goto("/units/A1/months/2026-11")
    return page.locator(".npt-figure", has_text="Officers").inner_text()


@pytest.mark.parametrize(
    ("size", "has_script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without script"]
)
def test_a_match_is_planned_committed_seen_in_the_month_and_taken_back(
    open_page: OpenPage, size: tuple[int, int], has_script: bool
) -> None:
    page = open_page(size, has_script=has_script)
    hands = Hands(page)
    hands.sign_in("inspector@force.example")
    before = officers(page)

    page.goto("/units/A1/operations")
    page.get_by_role("button", name="Plan an operation").or_(
        page.get_by_role("link", name="Plan an operation")
    ).first.click()
    fill_in(page)
    hands.press("Save the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Town against Rovers")

    hands.press("Ask a unit")
    page.get_by_label("Unit").select_option("A1")
    page.get_by_label("Role").select_option("constable")
    page.get_by_label("How many each day").fill("9")
    hands.press("Ask")
    expect(page.get_by_role("alert").first).to_contain_text("has 6 constables on shift and free")
    page.get_by_label("How many each day").fill("2")
    hands.press("Ask")

    hands.press("Choose")
    expect(page.get_by_role("row", name="Team T1").first).to_contain_text("within 20%")
    expect(page.get_by_role("row", name="Team T2").first).to_contain_text("6 h")
    page.get_by_role("checkbox", name="Name 2001").uncheck()
    page.get_by_role("checkbox", name="Name 1002").check()
    hands.press("Check the effect")
    expect(page.get_by_role("row", name="Team T1").first).to_contain_text("breaks the target of 20%")
    page.get_by_role("checkbox", name="Name 1002").uncheck()
    page.get_by_role("checkbox", name="Name 2001").check()
    hands.press("Save the choice")
    expect(page.get_by_role("alert")).to_contain_text("2 added")
    operation = page.url
    assert officers(page) == before

    page.goto(operation)
    hands.press("Commit the operation")
    expect(page.get_by_role("alert")).to_contain_text("2 abstractions recorded")
    assert "12 h away of 60 h on duty" in officers(page)

    page.goto(operation)
    page.locator("summary", has_text="Cancel the operation").click()
    page.get_by_role("button", name="Cancel the operation").click()
    expect(page.get_by_role("alert")).to_contain_text("2 abstractions removed")
    expect(page.get_by_text("Cancelled", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Commit the operation")).to_have_count(0)
    assert officers(page) == before
