"""A manager looks for empty posts and for who goes, changes an establishment, and finds it in the history."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.windows import DESK, PHONE, OpenPage


@pytest.fixture(autouse=True)
def bcu(session: Session) -> None:
    """BCU N with a team that has two of three constables, and a PCSO who goes at the end of the year."""
    bcu = make.bcu(session, code="N")
    team = make.team(session, under=make.area(session, under=bcu, code="N1"), code="N11")
    make.establishment(session, unit=team, posts=3, starts_on=date(2026, 10, 1))
    for _ in range(2):
        make.posting(session, unit=team)
    goer = make.member(session, name="Ada Marlow")
    make.posting(session, member=goer, unit=team, role=PolicingRole.PCSO, ends_on=date(2026, 12, 31))
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example", name="Max Manager")
    session.commit()


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_a_manager_reads_vacancies_and_succession_and_changes_an_establishment_with_a_reason(
    open_page: OpenPage, window: tuple[int, int]
) -> None:
    hands = Hands(open_page(window))
    hands.sign_in("manager@force.example")
    page = hands.page
    expect(page.get_by_role("listitem").filter(has_text="Empty posts")).to_contain_text("1 post")
    hands.press("Empty posts")
    vacancy = page.get_by_role("row", name="Team N11")
    expect(vacancy).to_contain_text("1 October 2026")
    expect(vacancy).to_contain_text("47 days")

    page.goto("/")
    hands.press("Postings ending")
    going = page.get_by_role("row", name="Ada Marlow")
    expect(going).to_contain_text("31 December 2026")
    expect(going).to_contain_text("no one yet")

    page.goto("/units/N11/establishment?role=constable")
    hands.press("Team N11")
    page.get_by_label("Number of posts").fill("2")
    page.get_by_role("textbox", name="Reason").fill("The vacant post moves to the town centre")
    hands.press("Save the correction")
    expect(page.get_by_role("alert")).to_contain_text("The establishment is saved.")

    hands.press("Vacancies")
    expect(page.get_by_text("No empty posts")).to_be_visible()
    page.goto("/units/N11/establishment?role=constable")
    hands.press("History of the establishment")
    change = page.get_by_role("row", name="The vacant post moves to the town centre")
    expect(change).to_contain_text("from 3 to 2 posts")
    expect(change).to_contain_text("Max Manager")


def test_no_column_of_the_time_that_volunteers_give_is_cut_off_at_a_desk(
    open_page: OpenPage, session: Session
) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    volunteer = make.member(session, name="Ann Example", role=PolicingRole.VOLUNTEER, team=team)
    for month in (8, 9, 10, 11):
        make.given_time(session, member=volunteer, day=date(2026, month, 2), minutes=9 * 60 + 30)
    session.commit()
    hands = Hands(open_page(DESK))
    hands.sign_in("manager@force.example")
    hands.page.goto("/units/N11/staffing/volunteers")
    table = hands.page.get_by_role("region", name="Time given by volunteers")
    expect(table.get_by_role("columnheader").nth(1)).to_have_text("13 months")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
