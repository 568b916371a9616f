"""An inspector looks at the headroom of the area, tries something out, and sees the breach move."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands
from tests.windows import DESK, OpenPage


@pytest.fixture(autouse=True)
def month(session: Session) -> None:
    """An area whose constable loses two hours of ten on each day gone, and works six days more."""
    area = make.area(session, code="A1")
    team = make.team(session, under=area, code="T1")
    constable = make.member(session, team=team)
    for day in (2, 9, 16, 18, 20, 23, 25, 27, 30):
        on = f"2026-11-{day:02}"
        shift = make.shift(session, member=constable, starts=f"{on}T08:00", ends=f"{on}T18:00")
        if day <= 16:
            make.away(session, shift=shift, ends=f"{on}T09:30")
            make.confirmation(session, unit=team, day=date(2026, 11, day))
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    session.commit()


def test_an_inspector_tries_out_who_could_be_taken_and_sees_the_breach_move(open_page: OpenPage) -> None:
    page = open_page(DESK)
    hands = Hands(page)
    hands.sign_in("inspector@force.example")
    hands.press("Headroom of")
    expect(page.get_by_role("heading", level=1)).to_have_text("Area A1: headroom in November 2026")
    expect(page.get_by_text("On course to stay within target.")).to_be_visible()

    page.get_by_label("Members").fill("2")
    page.get_by_label("Hours each, a day").fill("8")
    hands.press("Try it")
    expect(page.get_by_role("alert")).to_contain_text("ask for less or for other days")

    page.get_by_label("Members").fill("1")
    page.get_by_role("group", name="From").get_by_label("Day").fill("25")
    hands.press("Try it")
    row = page.get_by_role("table", name="Effect").get_by_role("row", name="Area A1")
    expect(row).to_contain_text("on course")
    expect(row).to_contain_text("goes over on 27 November 2026 at this pace")

    page.get_by_label("Hours each, a day").fill("10")
    page.get_by_role("group", name="From").get_by_label("Day").fill("18")
    page.get_by_label("Days in a row").fill("1")
    hands.press("Try it")
    expect(row).to_contain_text("goes over on 25 November 2026 at this pace")
    assert hands.interactions <= 4

    page.reload()
    expect(row).to_contain_text("goes over on 25 November 2026 at this pace")
