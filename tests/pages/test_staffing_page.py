"""The pages of staffing, as people see and use them."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.staffing.queries import establishments_under
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain


@built_once
def force(app: Flask, session: Session) -> Flask:
    """Team T1 of BCU C with two constables in post of three funded, and a PCSO; its inspectorate reads on."""
    top = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=top, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="T1")
    for role in (PolicingRole.CONSTABLE, PolicingRole.CONSTABLE, PolicingRole.PCSO, PolicingRole.SERGEANT):
        make.member(session, role=role, team=team)
    make.establishment(session, unit=team, posts=3, starts_on=date(2026, 4, 1))
    for part in (Role.MANAGER, Role.HMIC, Role.OFFICER, Role.PARTNER):
        make.account(session, role=part, unit=bcu, email=f"{part.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(force: Flask) -> Visitor:
    """The manager of BCU C."""
    return Visitor(force, "manager@force.example")


def posts_of(session: Session, code: str) -> list[tuple[str, date, date | None]]:
    """Number of posts, first and last day of the unit's establishments."""
    session.rollback()
    unit = unit_at(session, code)
    assert unit is not None
    found = [
        (f"{record.posts:f}", record.starts_on, record.ends_on)
        for record in establishments_under(session, unit.path)
    ]
    session.rollback()
    return found


def test_strength_stands_against_establishment_in_the_published_form(manager: Visitor) -> None:
    shown = plain(manager.open("/units/C/staffing").text)
    assert "Constables 1 Constables: see the vacancies 2/3 2 constables of 3 posts 3 66.7% 2" in shown
    assert "PCSOs not known 1/? 1 PCSO; establishment not known not known not known 1" in shown
    assert "Sergeants to constables and PCSOs: 1:3.0 on strength, not known on establishment" in shown


def test_staffing_is_that_of_the_day_in_the_address(manager: Visitor) -> None:
    assert "2/?" in plain(manager.open("/units/C/staffing?as-at=2026-03-31").text)
    assert "2/3" in plain(manager.open("/units/C/staffing?as-at=2026-04-01").text)
    answer = manager.open("/units/C/staffing?as-at=2026-02-30")
    assert answer.status_code == 422
    assert "There is no such day as 2026-02-30" in answer.text


def test_every_link_of_the_page_is_open_to_whoever_sees_it(force: Flask) -> None:
    for email in ("hmic@force.example", "manager@force.example", "officer@force.example"):
        visitor = Visitor(force, email)
        links = set(re.findall(r'<a [^>]*href="(/units/[^"#]+)', visitor.open("/units/C/staffing").text))
        assert len(links) > 6
        for link in links:
            assert visitor.open(link.replace("&amp;", "&")).status_code == 200, (email, link)


def test_a_partner_sees_no_staffing(force: Flask) -> None:
    assert Visitor(force, "partner@force.example").open("/units/C/staffing").status_code == 403


def test_an_establishment_opens_the_records_that_it_is_made_of(manager: Visitor) -> None:
    shown = manager.open("/units/C/establishment?role=constable").text
    assert "Total" in shown
    assert re.search(r'href="/units/T1/establishment/\d+"', shown)
    assert "No one has recorded how many posts" in manager.open("/units/C/establishment?role=pcso").text


def test_an_establishment_is_set_and_ends_the_one_before_it(manager: Visitor, session: Session) -> None:
    answer = manager.send(
        "/units/T1/establishment/new",
        role="constable",
        posts="4.5",
        starts_on="1 12 2026",
        ends_previous="yes",
        reason="Council pays for more",
    )
    assert answer.status_code == 303
    assert answer.location == "/units/T1/staffing?as-at=2026-12-01"
    assert posts_of(session, "T1") == [
        ("3", date(2026, 4, 1), date(2026, 11, 30)),
        ("4.5", date(2026, 12, 1), None),
    ]


def test_an_overlap_is_told_beside_the_first_day_and_nothing_typed_is_lost(
    manager: Visitor, session: Session
) -> None:
    answer = manager.send(
        "/units/T1/establishment/new",
        role="constable",
        posts="4.5",
        starts_on="1 12 2026",
        reason="Council pays for more",
    )
    assert answer.status_code == 422
    assert 'href="#starts_on-day"' in answer.text
    assert 'value="4.5"' in answer.text
    assert "Council pays for more</textarea>" in answer.text
    assert len(posts_of(session, "T1")) == 1


def test_pressing_twice_sets_one_establishment(manager: Visitor, session: Session) -> None:
    typed = {"role": "pcso", "posts": "2", "starts_on": "1 12 2026", "reason": "Agreed"}
    first = manager.send("/units/T1/establishment/new", **typed)
    again = manager.fill("/units/T1/establishment/new", **typed)
    assert (first.status_code, again.status_code, again.location) == (303, 303, first.location)
    assert len(posts_of(session, "T1")) == 2


def correction_address(visitor: Visitor) -> str:
    found = re.search(r'href="(/units/T1/establishment/\d+)"', visitor.open("/units/C/establishment").text)
    assert found is not None
    return found[1]


def test_an_establishment_is_corrected_and_ended(manager: Visitor, session: Session) -> None:
    answer = manager.send(correction_address(manager), posts="2", ends_on="31 12 2026", reason="Cut")
    assert answer.status_code == 303
    assert posts_of(session, "T1") == [("2", date(2026, 4, 1), date(2026, 12, 31))]


def test_a_change_without_a_reason_is_refused_and_nothing_typed_is_lost(
    manager: Visitor, session: Session
) -> None:
    answer = manager.send(correction_address(manager), posts="2")
    assert answer.status_code == 422
    assert "Enter the reason for the change" in answer.text
    assert posts_of(session, "T1") == [("3", date(2026, 4, 1), None)]


def test_two_who_correct_one_establishment_see_both_versions_and_choose(
    force: Flask, manager: Visitor, session: Session
) -> None:
    address = correction_address(manager)
    manager.open(address)
    other = Visitor(force, "manager@force.example")
    assert other.send(address, posts="5", reason="Recounted").status_code == 303
    late = manager.fill(address, posts="6", ends_on="31 12 2026", reason="Lent to C")
    assert late.status_code == 409
    assert "Number of posts" in late.text
    assert "Recounted" in late.text
    manager.page = late
    assert manager.fill(address).status_code == 303
    assert posts_of(session, "T1") == [("6", date(2026, 4, 1), date(2026, 12, 31))]


def test_an_establishment_of_another_unit_is_not_found(manager: Visitor) -> None:
    number = correction_address(manager).rpartition("/")[2]
    assert manager.open(f"/units/C1/establishment/{number}").status_code == 404
    for nobodys in ("999999", "9223372036854775807", "9223372036854775808"):
        assert manager.open(f"/units/T1/establishment/{nobodys}").status_code == 404


def test_an_officer_may_look_at_an_establishment_and_not_change_it(force: Flask) -> None:
    officer = Visitor(force, "officer@force.example")
    assert "establishment/new" not in officer.open("/units/T1/staffing").text
    assert officer.open("/units/T1/establishment/new").status_code == 403
