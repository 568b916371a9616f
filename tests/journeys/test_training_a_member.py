"""Training, whole: a sergeant records it on the phone, somebody else verifies it, the manager sees it."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.training.actions import add_shipped_programme
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team with its sergeant and a constable, in a force that trains in the SARA model."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="N")
    area = make.area(session, under=bcu, code="N1")
    team = make.team(session, under=area, code="N11")
    make.member(session, number="1301", name="Ada Marlow", role=PolicingRole.CONSTABLE, team=team)
    sergeant = make.member(session, number="1101", name="Sam Sergeant", role=PolicingRole.SERGEANT, team=team)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", member=sergeant)
    make.account(
        session, role=Role.INSPECTOR, unit=area, email="inspector@force.example", name="Ira Inspector"
    )
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    add_shipped_programme(session, force=force, shipped=SHIPPED_PROGRAMMES[1], needed_from=make.START)
    session.commit()


def test_a_sergeants_own_training_is_verified_by_the_inspector_and_counted_for_the_manager(
    open_page: OpenPage,
) -> None:
    phone = open_page(PHONE)
    sergeant = Hands(phone)
    sergeant.sign_in("sergeant@force.example")
    phone.goto("/units/N11/training")
    expect(phone.get_by_text("overdue: should have registered by").first).to_be_visible()
    sergeant.press("Sam Sergeant")
    sergeant.press("Register for a programme")
    phone.get_by_label("Programme").select_option(label="SARA problem solving")
    sergeant.press("Save the registration")
    sergeant.press("Record completed modules")
    sergeant.press("Save the completed modules")
    expect(phone.get_by_text("somebody else must verify")).to_be_visible()
    expect(phone.get_by_role("link", name="Verify completed modules")).to_have_count(0)

    desk = open_page()
    inspector = Hands(desk)
    inspector.sign_in("inspector@force.example")
    desk.goto("/units/N1/training?standing=to-verify")
    inspector.press("Sam Sergeant")
    inspector.press("Verify completed modules")
    inspector.press("Save the verification")
    expect(desk.get_by_role("cell", name="Ira Inspector")).to_be_visible()

    _sees_one_verified(open_page())


def _sees_one_verified(page: Page) -> None:
    manager = Hands(page)
    manager.sign_in("manager@force.example")
    page.goto("/units/N/staffing")
    manager.press("Training of")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^SARA")))
    verified = row.get_by_role("cell").nth(3)
    expect(verified).to_have_text("1")
    verified.get_by_role("link").click()
    expect(page.get_by_role("rowheader", name="Sam Sergeant")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Ada Marlow")).to_have_count(0)
