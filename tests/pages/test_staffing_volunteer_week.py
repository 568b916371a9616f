"""The page on which the time of special constables and volunteers is entered."""

from datetime import date

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.staffing.models import GivenTime
from npt.staffing.rules import GivenWork
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor

MONDAY = date(2026, 11, 16)
ADDRESS = "/units/T1/staffing/hours?as-at=2026-11-16&work=event"


@built_once
def specials(session: Session) -> list[Member]:
    team = make.team(session, code="T1")
    made = [
        make.member(session, name=f"{name} Example", role=PolicingRole.SPECIAL, team=team)
        for name in ("Ann", "Ben")
    ]
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    session.commit()
    return made


def box(member: Member, day: str = "2026-11-16") -> str:
    return f"time-{member.id}.{day}"


def recorded(session: Session) -> dict[int, tuple[GivenWork, int]]:
    session.rollback()
    found = {time.member_id: (time.work, time.minutes) for time in session.scalars(select(GivenTime))}
    session.rollback()
    return found


def test_a_sergeant_enters_hours_for_two_people_in_one_go(
    app: Flask, session: Session, specials: list[Member]
) -> None:
    ann, ben = specials
    keys = ann.id, ben.id
    boxes = {box(ann): "2:30", box(ben): "4"}
    session.rollback()
    sergeant = Visitor(app, "sergeant@force.example")
    assert sergeant.send(ADDRESS, **boxes).status_code == 303
    event = GivenWork.EVENT
    assert recorded(session) == {keys[0]: (event, 150), keys[1]: (event, 240)}
    assert "6 h 30 min" in sergeant.open(ADDRESS).text
    assert "6 h 30 min" in sergeant.open("/units/T1/staffing/volunteers").text


def test_what_cannot_be_read_is_said_at_its_box_and_nothing_typed_is_lost(
    app: Flask, session: Session, specials: list[Member]
) -> None:
    ann, ben = (box(each) for each in specials)
    session.rollback()
    answer = Visitor(app, "sergeant@force.example").send(ADDRESS, **{ann: "two", ben: "4"})
    assert answer.status_code == 422
    assert f'href="#{ann}"' in answer.text
    assert "“two” is not a number of hours: write it like 2, 2:30 or 2.5." in answer.text
    assert 'value="two"' in answer.text
    assert 'value="4"' in answer.text
    assert recorded(session) == {}


def test_two_sergeants_at_once_see_what_the_other_saved(
    app: Flask, session: Session, specials: list[Member]
) -> None:
    ann = box(specials[0])
    session.rollback()
    first, second = (Visitor(app, "sergeant@force.example") for _ in range(2))
    second.open(ADDRESS)
    assert first.send(ADDRESS, **{ann: "2"}).status_code == 303
    answer = second.fill(ADDRESS, **{ann: "3"})
    assert answer.status_code == 422
    assert "Somebody else changed one of these days" in answer.text
    assert "saved: 2 h" in answer.text
    second.page = answer
    assert second.fill(ADDRESS, **{ann: "3"}).status_code == 303
    assert [minutes for _, minutes in recorded(session).values()] == [180]


def test_an_entry_is_taken_out_by_0_and_not_by_an_empty_box(
    app: Flask, session: Session, specials: list[Member]
) -> None:
    ann = box(specials[0])
    session.rollback()
    sergeant = Visitor(app, "sergeant@force.example")
    assert sergeant.send(ADDRESS, **{ann: "2"}).status_code == 303
    answer = sergeant.send(ADDRESS, **{ann: ""})
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert len(recorded(session)) == 1
    assert sergeant.send(ADDRESS, **{ann: "0"}).status_code == 303
    assert recorded(session) == {}
