"""A network, whole: an officer adds somebody on the phone, accepts them, and sees who is represented."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands
from tests.records.kin_desk import community
from tests.windows import PHONE, OpenPage


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A neighbourhood with its officer, and two communities."""
    team = make.team(session, code="N11")
    place = make.neighbourhood(session, under=team, code="N111")
    for name in ("Polish", "Traders"):
        community(session, place, name, starts_on=make.START)
    make.account(session, role=Role.OFFICER, unit=team, email="officer@force.example")
    session.commit()


def test_an_officer_adds_somebody_accepts_them_and_sees_for_whom_nobody_can_speak(
    open_page: OpenPage,
) -> None:
    phone = open_page(PHONE)
    officer = Hands(phone)
    officer.sign_in("officer@force.example")
    phone.goto("/units/N111/kin")
    officer.press("Add a key individual")
    phone.get_by_label("Name", exact=True).fill("Ann Example")
    phone.get_by_label("What do they stand for?").select_option(label="Business")
    phone.get_by_label("Phone number").fill("01632 960123")
    officer.tick("Traders")
    officer.press("Add")
    expect(phone.get_by_text("Ann Example is recorded.")).to_be_visible()
    expect(phone.get_by_role("link", name="01632 960123")).to_have_attribute("href", "tel:+441632960123")
    officer.press("Accept into the network")
    expect(phone.get_by_text("Ann Example is in the network.")).to_be_visible()

    phone.goto("/units/N11/kin/mix")
    silent = phone.get_by_role("listitem").filter(has_text="Polish").first
    expect(silent).to_be_visible()
    expect(phone.get_by_role("row").filter(has_text="Traders")).to_contain_text("share not known")
