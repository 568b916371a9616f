"""A PCSO in the street, whose phone has no signal for a while: what is typed waits, and is sent once."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import SignInSession
from npt.categories.models import Category
from npt.engagement.models import Contact, Patrol
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage

PAT, SAM = "pat@force.example", "sam@force.example"
READY = "This form also works without a signal."


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team of two PCSOs with two neighbourhoods."""
    team = make.team(session, under=make.area(session, under=make.bcu(session, code="N"), code="N1"), code="N11")
    for code in ("N111", "N112"):
        make.neighbourhood(session, under=team, code=code)
    for name, email in (("Pat Okoro", PAT), ("Sam Lind", SAM)):
        member = make.member(session, name=name, role=PolicingRole.PCSO, team=team)
        make.account(session, role=Role.PCSO, unit=team, email=email, name=name, member=member)
    session.commit()


def begin(page: Page, email: str) -> Hands:
    """Sign in on the phone and open the form once with a signal."""
    hands = Hands(page)
    hands.sign_in(email)
    page.goto("/contacts/new")
    expect(page.get_by_text(READY)).to_be_visible()
    return hands


def lose_signal(page: Page) -> None:
    page.context.set_offline(True)


def find_signal(page: Page) -> None:
    page.context.set_offline(False)


def bar(page: Page) -> object:
    return page.locator(".npt-phone")


def type_contact(page: Page, words: str) -> None:
    page.get_by_role("radio", name="Noise").check()
    page.get_by_label("In their words").fill(words)
    page.get_by_role("button", name="Record now").click()


def words_kept(session: Session) -> list[str | None]:
    session.rollback()
    return [each.words for each in session.scalars(select(Contact).order_by(Contact.id))]


def test_a_contact_and_a_patrol_typed_without_a_signal_are_kept_sent_and_marked(phone: Page, session: Session) -> None:
    hands = begin(phone, PAT)
    lose_signal(phone)
    phone.goto("/")
    hands.press("Contact")
    type_contact(phone, "Bikes on the green")
    expect(bar(phone)).to_contain_text("Saved on this phone.")
    expect(bar(phone)).to_contain_text("1 entry waiting on this phone")
    phone.goto("/patrols/new")
    phone.get_by_role("button", name="Record the patrol").click()
    expect(bar(phone)).to_contain_text("2 entries waiting on this phone")
    phone.get_by_role("link", name="See what is on this phone").click()
    expect(phone.locator(".npt-phone-entry").first).to_contain_text("Bikes on the green")
    find_signal(phone)
    expect(bar(phone)).to_contain_text("2 entries sent.")
    expect(phone.get_by_text("Nothing of yours is waiting")).to_be_visible()
