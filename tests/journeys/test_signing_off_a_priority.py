"""A priority, signed off: a resident answers twice by link, without an account, and an inspector decides."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.outbox.models import Letter
from npt.priorities.models import Priority
from tests import make
from tests.journeys.hands import Hands
from tests.records.priority_desk import agreed, lead_of
from tests.windows import DESK, PHONE, OpenPage


@pytest.fixture
def priority(session: Session) -> Priority:
    """A priority of a team, whose sergeant and inspector have accounts."""
    session.expire_on_commit = False
    team = make.team(session, code="N11")
    for role in (Role.SERGEANT, Role.INSPECTOR):
        make.account(session, role=role, unit=team, email=f"{role.value}@force.example")
    made = agreed(session, team, lead_of(session, team))
    session.commit()
    return made


def link_in_the_newest_letter(session: Session) -> str:
    session.commit()
    letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    session.commit()
    found = re.search(r"https?://[^/]+(/priorities/\S+)", (letter.text or "") if letter else "")
    assert found is not None
    return found[1]


def say_that_it_is_solved(page: Page, hands: Hands, priority: Priority) -> None:
    page.goto(f"/units/N11/priorities/{priority.id}")
    hands.press("It is solved: close it")
    page.get_by_label("What was done?").fill("Barriers stand there now.")
    hands.press("Ask whether it is solved")
    expect(page.get_by_text("1 person asked by email")).to_be_visible()


def test_a_resident_refuses_twice_and_an_inspector_closes_it_with_a_reason(
    open_page: OpenPage, session: Session, priority: Priority
) -> None:
    desk, phone = open_page(DESK), open_page(PHONE)
    sergeant, resident = Hands(desk), Hands(phone)
    sergeant.sign_in("sergeant@force.example")
    for _ in range(2):
        say_that_it_is_solved(desk, sergeant, priority)
        phone.goto(link_in_the_newest_letter(session))
        expect(phone.get_by_role("heading", level=1)).to_have_text("Racing in Mill Lane")
        resident.tick("No, it is not solved")
        phone.get_by_label("If not, what is still wrong?").fill("They still race on Fridays.")
        resident.press("Send my answer")
        expect(phone.get_by_text("This link has been used")).to_be_visible()

    office = open_page(DESK)
    inspector = Hands(office)
    inspector.sign_in("inspector@force.example")
    inspector.press("Priorities refused twice")
    inspector.press("Racing in Mill Lane")
    inspector.press("Close it against whoever raised it")
    office.get_by_label("Why is it closed all the same?").fill("All that was asked for has been done.")
    inspector.press("Close it")
    expect(office.get_by_text("Closed against whoever raised it").first).to_be_visible()
