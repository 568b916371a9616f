"""A PCSO on a phone records whom they spoke to and where they walked; their sergeant checks the mix."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.engagement.actions import set_target
from npt.engagement.rules import Asker
from npt.kit.stamps import Stamp
from npt.people.rules import PolicingRole
from tests import make
from tests.journeys.hands import Hands
from tests.visiting import stop_the_clock
from tests.windows import PHONE, OpenPage

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def patch(app: Flask, session: Session) -> None:
    """At 09:00: a team with a PCSO on a shift, who is to ask five people, and their sergeant."""
    stop_the_clock(app, NOW)
    team = make.team(session, under=make.area(session, under=make.bcu(session, code="C"), code="A"), code="T")
    make.neighbourhood(session, under=team, code="N1")
    pat = make.member(session, name="Pat Okoro", role=PolicingRole.PCSO, team=team)
    make.shift(session, member=pat, starts="2026-11-16T00:00", ends="2026-11-16T23:59")
    account = make.account(session, role=Role.PCSO, unit=team, email="pcso@force.example", member=pat)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example", name="Sam Sergeant")
    stamp = Stamp(account.id, NOW)
    set_target(session, unit=team, asker=Asker.PCSO, people=5, starts_on=NOW.date(), stamp=stamp)
    session.commit()


def test_a_contact_takes_four_taps_a_patrol_two_and_the_sergeant_checks_whom_the_team_heard(
    open_page: OpenPage,
) -> None:
    pcso = Hands(open_page(PHONE))
    pcso.sign_in("pcso@force.example")
    pcso.press("Record a contact")
    pcso.tick("Noise")
    pcso.tick("Asian or Asian British")
    pcso.press("Record now")
    assert pcso.interactions <= 4
    expect(pcso.page.get_by_role("alert")).to_contain_text("Contact recorded: 1 person today.")

    pcso.page.goto("/")
    expect(pcso.page.get_by_role("main")).to_contain_text("1 of 5 people asked today.")
    pcso.interactions = 0
    pcso.press("Record a patrol")
    pcso.press("Record the patrol")
    assert pcso.interactions <= 4
    expect(pcso.page.get_by_role("alert")).to_contain_text("Patrol recorded: 30 min, foot.")

    sergeant = Hands(open_page(PHONE))
    sergeant.sign_in("sergeant@force.example")
    sergeant.page.goto("/units/T/contact-mix")
    expect(sergeant.page.get_by_role("main")).to_contain_text("1 contact")
    sergeant.press("Record that you have checked the mix")
    sergeant.page.get_by_label("What is to be done?").fill("Ask at the shops")
    sergeant.press("Record the check")
    expect(sergeant.page.get_by_role("main")).to_contain_text("Ask at the shops")
