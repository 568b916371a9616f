"""A review of boundaries in mid-month, whole: an inspector merges two neighbourhoods, without a script."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """An inspector's area with two neighbourhoods of one team, somebody in the network of one of them."""
    area = make.area(session, code="N1")
    team = make.team(session, under=area, code="N11")
    one, _ = (make.neighbourhood(session, under=team, code=code) for code in ("N111", "N112"))
    make.key_individual(session, unit=one, name="Kit Sample")
    make.contact(session, neighbourhood=one).member.name = "Cas Example"
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    session.commit()


def test_an_inspector_merges_two_neighbourhoods_from_the_page_of_one(plain_page: Page) -> None:
    page = plain_page
    inspector = Hands(page)
    inspector.sign_in("inspector@force.example")
    page.goto("/units/N111")
    inspector.press("Review of boundaries")
    inspector.tick("Merge")
    for label, text in (("Day", "10"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(text)
    expect(page.get_by_role("checkbox", name=re.compile("N111"))).to_be_checked()
    inspector.tick("Neighbourhood N112")
    inspector.press("Continue")
    page.get_by_label("Code", exact=True).fill("N119")
    page.get_by_label("Name", exact=True).fill("Old Town")
    inspector.press("Show what goes where")
    expect(page.get_by_text("Kit Sample, faith")).to_be_visible()
    inspector.press("Apply")
    expect(page.get_by_text("2 neighbourhoods closed, Old Town (N119) opened.")).to_be_visible()
    inspector.press("Old Town")
    expect(page.get_by_text("Cas Example", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="1 in the network")).to_be_visible()
    expect(page.get_by_role("link", name="Took over from Neighbourhood N111")).to_be_visible()
