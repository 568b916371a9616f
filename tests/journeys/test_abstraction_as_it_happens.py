"""Abstraction where it happens: a PCSO reports it on the phone, it runs, it ends, a manager judges it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.visiting import stop_the_clock
from tests.windows import PHONE, OpenPage

#: The codes of the units of the patch.
BCU, AREA, TEAM = "N", "N1", "N11"


@pytest.fixture(autouse=True)
def patch(app: Flask, session: Session) -> None:
    """At 10:00: a team with a PCSO on a shift, their sergeant, and the manager of the BCU."""
    stop_the_clock(app, datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    bcu = make.bcu(session, code=BCU)
    team = make.team(session, under=make.area(session, under=bcu, code=AREA), code=TEAM)
    pcso = make.member(session, name="Pat Okoro", role=PolicingRole.PCSO, team=team)
    make.shift(session, member=pcso, starts="2026-11-16T08:00", ends="2026-11-16T18:00")
    make.account(session, role=Role.PCSO, unit=team, email="pcso@force.example", name="Pat", member=pcso)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", name="Sam Sergeant")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example", name="Max Manager")
    session.commit()


def test_a_pcso_reports_the_sergeant_accepts_the_pcso_is_back_and_the_manager_calls_it_avoidable(
    open_page: OpenPage,
) -> None:
    pcso = Hands(open_page(PHONE))
    pcso.sign_in("pcso@force.example")
    pcso.press("Report an abstraction")
    pcso.page.get_by_label("Since").fill("08:30")
    pcso.tick("Guarding a scene")
    pcso.press("Report now")
    assert pcso.interactions + 1 <= 4
    expect(pcso.page.get_by_role("alert")).to_contain_text("It counts once they accept it")
    expect(pcso.page.get_by_role("main")).to_contain_text("waiting for approval")

    sergeant = Hands(open_page(PHONE))
    sergeant.sign_in("sergeant@force.example")
    expect(sergeant.page.get_by_role("main")).to_contain_text("1 report to approve")
    sergeant.press("Pat Okoro: Guarding a scene from 08:30, end not known yet")
    expect(sergeant.page.get_by_role("main")).to_contain_text("takes 9 h 30 min")
    sergeant.press("Accept")
    assert sergeant.interactions <= 2
    expect(sergeant.page.get_by_role("alert")).to_contain_text("recorded for Pat Okoro, from")
    expect(sergeant.page.get_by_role("main")).to_contain_text("end not known yet")

    pcso.page.goto("/")
    pcso.interactions = 0
    pcso.press("Back now")
    assert pcso.interactions == 1
    expect(pcso.page.get_by_role("alert")).to_contain_text("You are back")

    manager = Hands(open_page(PHONE))
    manager.sign_in("manager@force.example")
    manager.page.goto(f"/units/{BCU}/months/2026-11")
    manager.press("Review the abstraction of November 2026")
    manager.tick("Pat Okoro")
    manager.page.get_by_label("Why").fill("The scene was somebody else’s")
    manager.page.get_by_role("button", name="Avoidable").click()
    expect(manager.page.get_by_role("alert")).to_contain_text("1 abstraction marked: avoidable")
    reviewed = manager.page.get_by_role("table", name="Abstraction under review")
    expect(reviewed).to_contain_text("The scene was somebody else’s")
