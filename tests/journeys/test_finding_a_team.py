"""Finding the team of a street, and the map: with and without scripts, over tiles, and on paper."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.places.actions import add_street
from npt.settings import Tiles
from tests import make
from tests.journeys.hands import Hands
from tests.windows import DESK, PHONE, OpenPage


@pytest.fixture(autouse=True)
def team(app: Flask, session: Session) -> None:
    """Team T1 with the neighbourhoods N1 and N2 side by side, and Mill Lane in N2."""
    team = make.team(session, code="T1")
    for number, code in enumerate(("N1", "N2")):
        unit = make.neighbourhood(session, under=team, code=code)
        make.boundary(session, unit=unit, west=-0.5 + number * 0.01)
    add_street(session, name="Mill Lane", lat=Decimal("52.005"), lng=Decimal("-0.485"), neighbourhood=None)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    session.commit()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_somebody_in_the_street_finds_their_team_in_two_steps(open_page: OpenPage, has_script: bool) -> None:
    page = open_page(PHONE, has_script=has_script)
    hands = Hands(page)
    page.goto("/find")
    page.get_by_label("Postcode, street or place").fill("mill ln")
    hands.interactions += 1
    hands.press("Find")
    expect(page.get_by_role("definition").filter(has_text="Team T1")).to_be_visible()
    assert hands.interactions <= 2


def on_the_map(page: Page) -> Hands:
    hands = Hands(page)
    hands.sign_in("sergeant@force.example")
    page.goto("/units/T1/map")
    return hands


def test_the_map_can_be_moved_about_in_and_leads_to_its_units(
    app: Flask, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file of our own as the picture: a tile cleared in a way that the policy refuses fails the test.
    tiles = Tiles("/static/icon.svg?z={z}&x={x}&y={y}", "Nobody", "'self'")
    named = replace(app.extensions["npt_settings"], tiles=tiles)
    monkeypatch.setitem(app.extensions, "npt_settings", named)
    page = open_page(DESK)
    hands = on_the_map(page)
    live = page.get_by_role("group", name="to move about in")
    expect(live.locator("img.leaflet-tile").first).to_be_attached()
    for _ in range(3):
        hands.press("Zoom in")
        hands.press("Zoom out")
    live.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Tab")
    expect(live.get_by_role("button", name="Zoom out")).to_be_focused()
    box = live.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", level=1)).to_have_text("Map of Neighbourhood N2")
    expect(page.get_by_text("Map: Nobody")).to_be_visible()


def test_without_scripts_the_drawing_is_the_map_and_the_table_leads_on(open_page: OpenPage) -> None:
    page = open_page(DESK, has_script=False)
    hands = on_the_map(page)
    expect(page.get_by_role("img", name="Team T1 on")).to_be_visible()
    assert page.locator(".npt-map__numbers text").all_text_contents() == ["1", "2"]
    hands.press("Neighbourhood N2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Map of Neighbourhood N2")


def test_the_drawing_is_what_is_printed(open_page: OpenPage) -> None:
    page = open_page(DESK)
    on_the_map(page)
    expect(page.get_by_role("group", name="to move about in")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("group", name="to move about in")).to_be_hidden()
    expect(page.get_by_role("img", name="Team T1 on")).to_be_visible()
