"""Communities, whole: a PCSO adds one on the phone, the sergeant signs, the inspector sees it said."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A neighbourhood with its PCSO, sergeant and inspector."""
    area = make.area(session, code="N1")
    team = make.team(session, under=area, code="N11")
    make.neighbourhood(session, under=team, code="N111")
    for role, unit in ((Role.PCSO, team), (Role.SERGEANT, team), (Role.INSPECTOR, area)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example", name=role.wording)
    session.commit()


def test_a_pcso_flags_a_community_the_sergeant_signs_and_the_inspector_sees_both_said(
    open_page: OpenPage,
) -> None:
    phone = open_page(PHONE)
    pcso = Hands(phone)
    pcso.sign_in("pcso@force.example")
    phone.goto("/units/N111/communities")
    pcso.press("Add a community")
    phone.get_by_label("Name", exact=True).fill("Polish")
    phone.get_by_label("Kind").select_option(label="Ethnic or national")
    pcso.tick("Vulnerable")
    phone.get_by_label("Why is it flagged?").fill("Three families were threatened.")
    pcso.press("Add the community")
    expect(phone.get_by_text("Polish is added.")).to_be_visible()
    expect(phone.get_by_role("rowheader", name="Vulnerable")).to_be_visible()

    desk = open_page()
    sergeant = Hands(desk)
    sergeant.sign_in("sergeant@force.example")
    sergeant.press("Vulnerable or emerging communities not said")
    sergeant.press("Neighbourhood N111")
    sergeant.press("Sign: we have no emerging communities")
    expect(desk.get_by_text("Signed: no emerging communities.")).to_be_visible()

    office = open_page()
    Hands(office).sign_in("inspector@force.example")
    office.goto("/units/N1/communities/said?show=all")
    expect(office.get_by_text("1 of 1 neighbourhood has said")).to_be_visible()
    row = office.get_by_role("row").filter(has=office.get_by_role("rowheader", name=re.compile("N111")))
    expect(row.get_by_role("cell").nth(0)).to_contain_text("1 named")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("signed none")
    expect(row.get_by_role("cell").nth(2)).to_have_text("both said")
