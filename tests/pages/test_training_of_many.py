"""Training recorded for many members on one page, and a member's own page."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.models import Member
from npt.training.actions import add_shipped_programme
from npt.training.queries import registrations_of
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor

ADDRESS = "/units/T1/training/many?programme=certificate"


@built_once
def numbers(session: Session) -> list[str]:
    """The numbers of two constables of T1; the first has an account of their own."""
    force = make.force(session, code="F")
    team = make.team(session, under=make.area(session, under=make.bcu(session, under=force)), code="T1")
    add_shipped_programme(session, force=force, shipped=SHIPPED_PROGRAMMES[0], needed_from=date(2026, 1, 1))
    members: list[Member] = [
        make.member(session, name=f"{name} Example", team=team) for name in ("Ann", "Ben")
    ]
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    make.account(session, role=Role.OFFICER, unit=team, email="officer@force.example", member=members[0])
    session.commit()
    found = [member.number for member in members]
    session.rollback()
    return found


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.usefixtures("numbers")
def test_a_sergeant_registers_everybody_records_modules_and_the_member_sees_it(app: Flask) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    done = sergeant.send(ADDRESS, step="registered", on="1 6 2026", everybody="yes")
    assert done.status_code == 303
    assert "Registered for 2 members." in sergeant.open(ADDRESS).text
    done = sergeant.send(ADDRESS, step="completed", on="2 6 2026", everybody="yes", modules="1")
    assert done.status_code == 303
    assert (
        sergeant.send(ADDRESS, step="verified", on="3 6 2026", everybody="yes", modules="1").status_code
        == 303
    )
    own = text_of(Visitor(app, "officer@force.example").open("/my/training").text)
    assert "Completed 2 June 2026; verified 3 June 2026 by Sergeant" in own
    assert own.count("Not completed yet") == 6


def test_one_who_cannot_have_it_is_named_and_nobody_gets_it(
    app: Flask, session: Session, numbers: list[str]
) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    assert sergeant.send(ADDRESS, step="registered", on="1 6 2026", members=numbers[0]).status_code == 303
    answer = sergeant.send(ADDRESS, step="completed", on="2 6 2026", everybody="yes", modules="1")
    assert answer.status_code == 422
    assert f"Ben Example ({numbers[1]}): not registered for the programme" in answer.text
    members = [each.member_id for each in registrations_of(session, [1, 2, 3])]
    assert len(members) == 1
    assert registrations_of(session, members)[0].completions == []


@pytest.mark.usefixtures("numbers")
def test_modules_and_members_have_to_be_chosen(app: Flask) -> None:
    answer = Visitor(app, "sergeant@force.example").send(ADDRESS, step="completed", on="2 6 2026")
    assert answer.status_code == 422
    assert "Tick the modules." in answer.text
    assert "Tick the members, or everybody." in answer.text
