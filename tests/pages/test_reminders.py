"""One's own account: whether one has the daily email."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from tests import make
from tests.visiting import Visitor

STOP, START = "Stop the daily email", "Send me the daily email"


@pytest.fixture
def team(session: Session) -> None:
    team = make.team(session, code="T1")
    for role in (Role.SERGEANT, Role.OFFICER):
        make.account(session, role=role, unit=team, email=f"{role.value}@force.example")
    session.commit()


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("who", ["sergeant", "officer"])
def test_a_person_stops_the_letters_and_takes_them_up_again(app: Flask, session: Session, who: str) -> None:
    person = Visitor(app, f"{who}@force.example")
    for button, other, wanted in ((STOP, START, False), (START, STOP, True)):
        page = person.open("/account")
        assert button in page.text
        assert other not in page.text
        assert person.fill("/account/reminders").status_code == 303
        assert other in person.open("/account").text
        session.rollback()
        assert existing_account(session, f"{who}@force.example").wants_reminders is wanted
        session.rollback()
