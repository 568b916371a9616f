"""A profile, whole: the sergeant finds that it is missing, writes it, signs it and prints it on two pages."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.stamps import Stamp
from npt.profiles.actions import write_part
from npt.profiles.rules import Part
from tests import make
from tests.journeys.hands import Hands
from tests.pages.furnished import NOW, TODAY
from tests.pages.furnished_profiles import report_incidents


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A neighbourhood of which everything is written but what it is like, and much was reported."""
    team = make.team(session, under=make.area(session, code="N1"), code="N11")
    place = make.neighbourhood(session, under=team, code="N111")
    make.boundary(session, unit=place)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", name="Sergeant")
    stamp = Stamp(None, NOW)
    for part in list(Part)[1:]:
        words = "Where people meet, and what they tell us of it. " * 12
        write_part(session, place, part, words=words, stamp=stamp, today=TODAY)
    report_incidents(session, place, now=NOW, count=4)
    session.commit()


def test_a_sergeant_writes_signs_and_prints_a_profile(page: Page) -> None:
    sergeant = Hands(page)
    sergeant.sign_in("sergeant@force.example")
    page.goto("/units/N111/profile")
    sergeant.press("Write it")
    page.get_by_label("What it says").fill("Terraced streets around a market.\n\nMany move in and out.")
    sergeant.press("Save")
    expect(page.get_by_text("The neighbourhood: saved.")).to_be_visible()
    sergeant.press("Sign: this profile is still right")
    expect(page.get_by_text("Signed as still right")).to_be_visible()
    expect(page.get_by_text("Terraced streets around a market.")).to_be_visible()
    page.emulate_media(media="print")
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 2
