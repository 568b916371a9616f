"""One's own account: whether one is written to about days that nobody has confirmed."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from tests import make
from tests.visiting import Visitor

STOP, START = "Stop reminders", "Send me reminders"


@pytest.fixture
def team(session: Session) -> None:
    team = make.team(session, code="T1")
    for role in (Role.SERGEANT, Role.OFFICER):
        make.account(session, role=role, unit=team, email=f"{role.value}@force.example")
    session.commit()


@pytest.mark.usefixtures("team")
def test_a_sergeant_stops_the_letters_and_takes_them_up_again(app: Flask, session: Session) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    for button, other, wanted in ((STOP, START, False), (START, STOP, True)):
        page = sergeant.open("/account")
        assert button in page.text
        assert other not in page.text
        assert sergeant.fill("/account/reminders").status_code == 303
        assert other in sergeant.open("/account").text
        session.rollback()
        assert existing_account(session, "sergeant@force.example").wants_reminders is wanted
        session.rollback()


@pytest.mark.usefixtures("team")
def test_an_officer_who_is_never_written_to_is_not_asked(app: Flask) -> None:
    assert "Email reminders" not in Visitor(app, "officer@force.example").open("/account").text
