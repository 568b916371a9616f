"""Pages after somebody was erased: the pseudonym where the name was, and a plain word to whoever is late."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.people.models import Member
from npt.people.queries import member_numbered
from npt.store.transaction import writing
from tests import make
from tests.visiting import Visitor
from tests.world import world

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def erased(app: Flask, session: Session) -> int:
    """H004 of the small world, who was away this month with words about it."""
    session.expire_on_commit = False
    world(session)
    session.commit()
    with writing(session):
        member = member_numbered(session, "H004")
        assert member is not None
        make.away(session, shift=make.shift(session, member=member), note="Member H004 was tired")
        return member.id


def forget_them(session: Session) -> None:
    session.rollback()
    with writing(session):
        forget(session, person_named(session, "H004"), today=NOW.date(), now=NOW, also_current=True)


def test_the_team_the_month_and_the_members_show_the_pseudonym(
    app: Flask, session: Session, erased: int
) -> None:
    forget_them(session)
    sergeant, manager = Visitor(app, "sergeant@home.example"), Visitor(app, "manager@home.example")
    day = sergeant.open("/teams/H1.1.1/day/2026-11-16").text
    assert f"Erased member {erased}" in day
    assert "Member H004" not in day
    for page in (
        "/units/H1.1.1/members",
        "/units/H1/months/2026-11",
        f"/units/H1.1.1/members/erased-{erased}",
    ):
        shown = manager.open(page)
        assert shown.status_code == 200
        assert "Member H004" not in shown.text


def test_a_form_of_theirs_that_is_still_open_saves_nothing_and_says_why(
    app: Flask, session: Session, erased: int
) -> None:
    manager = Visitor(app, "manager@home.example")
    address = "/units/H1.1.1/members/H004/change"
    manager.open(address)
    forget_them(session)
    late = manager.fill(address, name="Member H004 again")
    assert late.status_code == 422
    assert "Member H004 was erased on 16 November 2026" in late.text
    session.expire_all()
    assert session.get_one(Member, erased).name == f"Erased member {erased}"


def test_whoever_manages_members_sees_what_is_held_for_how_long_and_who_looked(
    app: Flask, session: Session, erased: int
) -> None:
    manager = Visitor(app, "manager@home.example")
    manager.open("/units/H1.1.1/members/H004")
    shown = manager.open("/units/H1.1.1/members/H004/held").text
    assert "72 months after that" in shown
    assert "every rate is divided by" in shown
    assert "view member" in shown
    assert Visitor(app, "sergeant@home.example").open("/units/H1.1.1/members/H004/held").status_code == 403


def test_the_number_of_somebody_erased_elsewhere_is_nobodys_here(
    app: Flask, session: Session, erased: int
) -> None:
    forget_them(session)
    assert Visitor(app, "manager@home.example").open("/units/H1.1.1/members/H999").status_code == 404
    assert Visitor(app, "manager@away.example").open("/units/A1/members/H004").status_code == 404
