"""The pages of the structure, as people see and use them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.queries import unit_at
from tests import make
from tests.visiting import Visitor


@pytest.fixture
def admin(app: Flask, session: Session) -> Visitor:
    """The administrator of a force with one BCU, C, and its areas C1 and (opened in May 2026) C2."""
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    make.area(session, under=bcu, code="C1")
    make.area(session, under=bcu, code="C2", opened_on=date(2026, 5, 4))
    make.account(session, role=Role.ADMIN, unit=force, email="admin@force.example")
    session.commit()
    return Visitor(app, "admin@force.example")


def test_a_unit_shows_the_units_under_it_as_they_stood_on_the_day_asked_for(admin: Visitor) -> None:
    now = admin.open("/units/C/structure").text
    then = admin.open("/units/C/structure?as-at=2026-05-03").text
    assert "Area C2" in now
    assert "Area C1" in then
    assert "Area C2" not in then


def test_a_day_that_cannot_be_read_is_told_beside_the_field(admin: Visitor) -> None:
    answer = admin.open("/units/C/structure?as-at=2026-02-30")
    assert answer.status_code == 422
    assert "There is no such day as 2026-02-30" in answer.text


def test_an_unknown_unit_is_not_found(admin: Visitor) -> None:
    assert admin.open("/units/NOWHERE").status_code == 404


def test_an_area_is_opened_under_its_bcu(admin: Visitor, session: Session) -> None:
    answer = admin.send("/units/C/new-unit", code="C3", name="Bury Park", opened_on="1 6 2026")
    assert (answer.status_code, answer.location) == (303, "/units/C3/structure")
    opened = unit_at(session, "C3")
    assert opened is not None
    assert opened.path == "BEDS/C/C3/"


def test_a_code_that_is_taken_is_told_beside_the_field_and_nothing_typed_is_lost(admin: Visitor) -> None:
    answer = admin.send("/units/C/new-unit", code="C1", name="Bury Park", opened_on="1 6 2026")
    assert answer.status_code == 422
    assert 'href="#code"' in answer.text
    assert 'value="Bury Park"' in answer.text


def test_pressing_twice_opens_one_unit(admin: Visitor, session: Session) -> None:
    first = admin.send("/units/C/new-unit", code="C3", name="Bury Park", opened_on="1 6 2026")
    second = admin.fill("/units/C/new-unit", code="C3", name="Bury Park", opened_on="1 6 2026")
    assert (first.location, second.status_code, second.location) == (
        "/units/C3/structure",
        303,
        "/units/C3/structure",
    )


def test_a_unit_closes_and_shows_who_took_over(admin: Visitor) -> None:
    answer = admin.send("/units/C1/close", closed_on="30 6 2026", successors="C2")
    assert answer.status_code == 303
    page = admin.open("/units/C1/structure").text
    assert "30 June 2026" in page
    assert "Taken over by" in page


def test_a_successor_that_nobody_knows_is_refused(admin: Visitor) -> None:
    answer = admin.send("/units/C1/close", closed_on="30 6 2026", successors="C9")
    assert answer.status_code == 422
    assert "There is no unit C9 that you manage" in answer.text


def test_a_correction_on_an_outdated_page_shows_both_versions_and_can_still_be_saved(
    admin: Visitor, session: Session
) -> None:
    admin.open("/units/C1/change")
    outdated = admin.page
    admin.send("/units/C1/change", name="Theirs", opened_on="1 4 2008")
    admin.page = outdated
    stale = admin.fill("/units/C1/change", name="Mine", opened_on="1 4 2008")
    assert stale.status_code == 409
    assert "Theirs" in stale.text
    admin.page = stale
    assert admin.fill("/units/C1/change").status_code == 303
    saved = unit_at(session, "C1")
    assert saved is not None
    assert saved.name == "Mine"


def test_nobody_opens_a_unit_under_a_neighbourhood(app: Flask, session: Session) -> None:
    hood = make.neighbourhood(session, code="N1")
    make.account(session, role=Role.ADMIN, unit=hood, email="hood@force.example")
    session.commit()
    visitor = Visitor(app, "hood@force.example")
    assert "A neighbourhood has no units below it" in visitor.open("/units/N1/new-unit").text
    assert visitor.fill("/units/N1/new-unit", code="X", name="X", opened_on="1 6 2026").status_code != 303


def test_a_partner_sees_the_structure_and_no_way_to_change_it(app: Flask, session: Session) -> None:
    bcu = make.bcu(session, code="C")
    make.account(session, role=Role.PARTNER, unit=bcu, email="partner@council.example")
    session.commit()
    partner = Visitor(app, "partner@council.example")
    assert "Change the structure" not in partner.open("/units/C/structure").text
    assert partner.open("/units/C/close").status_code == 403
