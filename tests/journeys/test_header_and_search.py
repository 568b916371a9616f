"""The frame around every page: folded on a phone, open on a desk, searched from; without scripts too."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.pages.style_guide import style_guide
from tests.servers import LiveServer
from tests.windows import DESK, PHONE, OpenPage

#: What a folded header may take of a phone's 844 pixels, the notice of a demonstration included.
FOLDED = 80


@pytest.fixture
def force(app: Flask, session: Session) -> Flask:
    """A team with a sergeant who searches and a constable who is looked for."""
    team = make.team(session)
    make.member(session, name="Siobhán O’Brien", number="4217", team=team, role=PolicingRole.CONSTABLE)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    session.commit()
    return app


@pytest.mark.usefixtures("force")
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_sergeant_finds_a_member_in_the_street(open_page: OpenPage, has_script: bool) -> None:
    page = open_page(PHONE, has_script=has_script)
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("searchbox", name="Name, number or place").fill("obrien")
    hands.press("Search")
    hands.press("Siobhán O’Brien")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Siobhán O’Brien")


@pytest.mark.usefixtures("force")
def test_the_account_is_one_press_from_every_page(page: Page) -> None:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    page.goto("/search")
    hands.press("Your account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert hands.interactions == 1


@pytest.fixture
def demonstration(browser: Browser) -> Iterator[Page]:
    """The frame of a demonstration, which has one line more, in a browser that runs no script."""
    with LiveServer(style_guide()) as server:
        context = browser.new_context(base_url=server.url, java_script_enabled=False)
        page = context.new_page()
        page.goto("/components")
        yield page
        context.close()


def test_the_header_is_folded_on_a_phone_and_opens(demonstration: Page) -> None:
    demonstration.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    header = demonstration.locator("header")
    box = header.bounding_box()
    assert box is not None
    assert box["height"] <= FOLDED
    expect(header.get_by_role("link", name="People")).to_have_count(0)
    header.get_by_text("Menu", exact=True).click()
    for name in ("Start", "People", "Your account: Lee Marsh"):
        expect(header.get_by_role("link", name=name)).to_be_in_viewport()
    expect(header.get_by_role("searchbox")).to_be_in_viewport()
    expect(header.get_by_role("button", name="Sign out")).to_be_in_viewport()


def test_on_a_desk_nothing_of_the_header_is_folded(demonstration: Page) -> None:
    demonstration.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    header = demonstration.locator("header")
    expect(header.get_by_text("Menu", exact=True)).to_be_hidden()
    expect(header.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(2)
    expect(header.get_by_role("searchbox")).to_have_count(1)
