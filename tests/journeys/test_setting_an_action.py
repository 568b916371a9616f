"""An action, whole: a sergeant sets it, a PCSO does it and says so on the phone, the board shows it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.windows import PHONE, OpenPage


@pytest.fixture(autouse=True)
def patch(session: Session) -> None:
    """A team with a sergeant and a PCSO."""
    area = make.area(session, under=make.bcu(session, under=make.force(session, code="F")), code="N1")
    team = make.team(session, under=area, code="N11")
    for email, role, part, name in (
        ("sergeant@force.example", Role.SERGEANT, PolicingRole.SERGEANT, "Sam Sergeant"),
        ("pcso@force.example", Role.PCSO, PolicingRole.PCSO, "Pia Example"),
    ):
        member = make.member(session, name=name, role=part, team=team)
        make.account(session, role=role, unit=team, email=email, member=member)
    session.commit()


def test_what_a_sergeant_sets_is_done_on_the_phone_and_seen_on_the_board(open_page: OpenPage) -> None:
    desk = open_page()
    sergeant = Hands(desk)
    sergeant.sign_in("sergeant@force.example")
    desk.goto("/units/N11/actions/new")
    desk.get_by_label("What is to be done").fill("Ask the shops about the evenings")
    owner = desk.get_by_label("Owner", exact=False).first
    owner.select_option(label=next(each for each in owner.inner_text().split("\n") if "Pia" in each))
    for box, number in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        desk.get_by_label(box, exact=True).fill(number)
    sergeant.press("Set the action")
    expect(desk.get_by_text("The action is set.")).to_be_visible()

    phone = open_page(PHONE)
    pcso = Hands(phone)
    pcso.sign_in("pcso@force.example")
    phone.goto("/")
    pcso.press("Ask the shops about the evenings")
    phone.get_by_label("Done", exact=True).check()
    phone.get_by_label("Result").fill("All five shops asked")
    pcso.press("Save")
    expect(phone.get_by_text("Nothing to do")).to_be_visible()

    desk.goto("/units/N11/actions/board")
    done = desk.get_by_role("region", name="Done")
    expect(done.get_by_text("Ask the shops about the evenings")).to_be_visible()
    sergeant.press("Ask the shops about the evenings")
    expect(desk.get_by_text("All five shops asked")).to_be_visible()
