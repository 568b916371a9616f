"""Neighbourhood specialist officers on pages: recorded, shown to whom it concerns, line-managing PCSOs."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.models import Member, Posting
from npt.people.queries import managements_of, marks_of, member_numbered
from npt.people.rules import PolicingRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

TODAY = date(2026, 11, 16)
RECORD = "/units/T1/members/501/postings/{}/specialist"


@pytest.fixture
def today() -> date:
    return TODAY


@built_once
def force(app: Flask, session: Session) -> Flask:
    """Constable 501 of team T1, PCSOs 701 of T1 and 702 of T2 in the same area, a constable 502 of T2."""
    bcu = make.bcu(session, under=make.force(session, code="BEDS"), code="C")
    area = make.area(session, under=bcu, code="C1")
    for place in (1, 2):
        team = make.team(session, under=area, code=f"T{place}")
        make.member(session, number=f"50{place}", name=f"Con {place}", role=PolicingRole.CONSTABLE, team=team)
        make.member(session, number=f"70{place}", name=f"Pia {place}", role=PolicingRole.PCSO, team=team)
        if place == 1:
            make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    for role in (Role.MANAGER, Role.OFFICER, Role.HMIC):
        make.account(session, role=role, unit=bcu, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(force: Flask) -> Visitor:
    return Visitor(force, "manager@force.example")


def posting_id(session: Session, number: str) -> int:
    session.rollback()
    asked = select(Posting.id).join(Posting.member).where(Member.number == number)
    found = session.scalars(asked).one()
    session.rollback()
    return found


def record(manager: Visitor, session: Session, **given: str) -> None:
    typed = {"starts_on": "1 11 2026", "payment": "yes"}
    answer = manager.send(RECORD.format(posting_id(session, "501")), **{**typed, **given})
    assert answer.status_code == 303, plain(answer.text)


def name(manager: Visitor, session: Session, pcso: str, manager_number: str = "501", **given: str) -> None:
    session.rollback()
    nso = member_numbered(session, manager_number)
    assert nso is not None
    (mark,) = marks_of(session, [nso.id])
    typed = {"manager": str(mark.id), "starts_on": "1 11 2026"}
    session.rollback()
    unit = "T1" if pcso == "701" else "T2"
    answer = manager.send(f"/units/{unit}/members/{pcso}/line-manager", **{**typed, **given})
    assert answer.status_code == 303, plain(answer.text)


# Recording --------------------------------------------------------------------------------------------------


def test_a_constable_is_recorded_as_an_nso_and_the_pages_say_so(manager: Visitor, session: Session) -> None:
    assert "Record as NSO" in manager.open("/units/T1/members/501").text
    record(manager, session)
    shown = plain(manager.open("/units/T1/members/501").text)
    assert "Con 1 is an NSO from 1 November 2026." in shown
    assert "1 November 2026 as long as the posting due NSO Correct or end" in shown
    assert "Con 1 501 constable NSO" in plain(manager.open("/units/T1/members").text)
    assert "constable NSO" not in plain(manager.open("/units/T1/members?as-at=2026-10-31").text)


def test_a_first_day_outside_the_posting_is_told_beside_it(manager: Visitor, session: Session) -> None:
    address = RECORD.format(posting_id(session, "501"))
    answer = manager.send(address, starts_on="31 3 2008", payment="no")
    assert answer.status_code == 422
    assert 'href="#starts_on-day"' in answer.text
    assert "The posting begins on 1 April 2008: start on that day or later." in plain(answer.text)


def test_who_is_no_constable_is_not_offered_the_record(manager: Visitor, session: Session) -> None:
    assert "Record as NSO" not in manager.open("/units/T1/members/701").text
    answer = manager.send(
        f"/units/T1/members/701/postings/{posting_id(session, '701')}/specialist",
        starts_on="1 11 2026",
        payment="no",
    )
    assert answer.status_code == 422
    assert "posted here as a PCSO by substantive posting" in plain(answer.text)


def test_the_payment_changes_from_a_day_on_when_the_new_record_takes_over(
    manager: Visitor, session: Session
) -> None:
    record(manager, session)
    address = RECORD.format(posting_id(session, "501"))
    refused = manager.send(address, starts_on="1 12 2026", payment="no")
    assert "end that record the day before" in plain(refused.text)
    record(manager, session, starts_on="1 12 2026", payment="no", takes_over="yes")
    shown = plain(manager.open("/units/T1/members/501").text)
    assert "1 December 2026 as long as the posting not due not yet" in shown
    assert "1 November 2026 30 November 2026 due NSO" in shown


def test_somebody_who_saved_first_is_shown_beside_what_was_typed(manager: Visitor, session: Session) -> None:
    record(manager, session)
    change = address_of("Correct or end", manager.open("/units/T1/members/501").text)
    shown = manager.open(change).text
    version = re.search(r'name="version" value="(\d+)"', shown)
    assert version is not None
    assert manager.fill(change, ends_on="31 12 2026", payment="yes").status_code == 303
    answer = manager.fill(change, ends_on="30 11 2026", payment="no")
    assert answer.status_code == 409
    told = plain(answer.text)
    for words in ("30 November 2026", "31 December 2026", "No payment is due"):
        assert words in told


def address_of(words: str, page: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', page)
    assert found is not None, page
    return found[1]


def test_ending_an_nso_says_who_will_need_a_line_manager(manager: Visitor, session: Session) -> None:
    record(manager, session)
    name(manager, session, "701")
    change = address_of("Correct or end", manager.open("/units/T1/members/501").text)
    manager.send(change, ends_on="30 11 2026", payment="yes")
    shown = plain(manager.open("/units/T1/members/501").text)
    assert "After 30 November 2026 1 PCSO will need a line manager." in shown


def test_a_record_is_removed_with_its_line_management_after_one_more_question(
    manager: Visitor, session: Session
) -> None:
    record(manager, session)
    name(manager, session, "701")
    change = address_of("Correct or end", manager.open("/units/T1/members/501").text)
    assert "with the line management of 1 PCSO" in plain(manager.open(change).text)
    assert manager.fill(f"{change}/remove").status_code == 303
    member = member_numbered(session, "701")
    assert member is not None
    assert managements_of(session, [member.id]) == []


# Line management --------------------------------------------------------------------------------------------


def test_a_pcso_is_given_a_line_manager_of_another_team_of_the_area(
    manager: Visitor, session: Session
) -> None:
    record(manager, session)
    assert "None recorded." in plain(manager.open("/units/T2/members/702").text)
    name(manager, session, "702")
    shown = plain(manager.open("/units/T2/members/702").text)
    assert "Con 1 line-manages Pia 2 from 1 November 2026." in shown
    assert "Con 1 (T1) 1 November 2026 until further notice" in shown
    assert "Pia 2 702 1 November 2026" in plain(manager.open("/units/T1/members/501").text)


def test_nobody_is_offered_where_the_area_has_no_nso(manager: Visitor) -> None:
    assert "There is none on this day" in plain(manager.open("/units/T2/members/702/line-manager").text)


def test_a_second_line_manager_is_refused_unless_they_take_over(manager: Visitor, session: Session) -> None:
    record(manager, session)
    name(manager, session, "701")
    manager.send(
        f"/units/T2/members/502/postings/{posting_id(session, '502')}/specialist",
        starts_on="1 11 2026",
        payment="no",
    )
    page = manager.open("/units/T1/members/701/line-manager").text
    other = re.search(r'<option value="(\d+)"[^>]*>Con 2', page)
    assert other is not None
    refused = manager.fill("/units/T1/members/701/line-manager", manager=other[1], starts_on="16 11 2026")
    assert "Con 1 is recorded as the line manager from 1 November 2026" in plain(refused.text)
    name(manager, session, "701", "502", starts_on="16 11 2026", takes_over="yes")
    shown = plain(manager.open("/units/T1/members/701").text)
    assert "Con 2 (T2) 16 November 2026 until further notice" in shown
    assert "Con 1 (T1) 1 November 2026 15 November 2026" in shown


# The unit's page --------------------------------------------------------------------------------------------


def test_staffing_says_how_many_nsos_line_manage_how_many_pcsos(manager: Visitor, session: Session) -> None:
    record(manager, session)
    name(manager, session, "702")
    words = "1 NSO, line-managing 1 PCSO; 1 PCSO without a line manager."
    for address in ("/units/C/staffing", "/units/C/staffing/specialists"):
        assert words in plain(manager.open(address).text)
    assert "0 NSOs; 2 PCSOs without a line manager." in plain(
        manager.open("/units/C/staffing?as-at=2026-10-31").text
    )
    assert "T1 1 1 1" in plain(manager.open("/units/C1/staffing/specialists").text)
    assert "T2 0 0 0" in plain(manager.open("/units/C1/staffing/specialists").text)


def test_the_page_of_a_unit_opens_its_nsos_their_pcsos_and_a_form_for_those_without(
    manager: Visitor, session: Session
) -> None:
    record(manager, session)
    name(manager, session, "702")
    shown = manager.open("/units/C/staffing/specialists").text
    for address in (
        "/units/C/members/501",
        "/units/C/members/702",
        "/units/C/members/701",
        "/units/T1/members/701/line-manager",
    ):
        assert f'href="{address}"' in shown
    assert "Pia 2 702 Con 1 (T1) 1 November 2026" in plain(
        manager.open("/units/T2/staffing/specialists").text
    )


def test_the_payment_is_seen_by_those_who_manage_members_and_nobody_else(
    force: Flask, manager: Visitor, session: Session
) -> None:
    record(manager, session)
    member, unit = "/units/T1/members/501", "/units/T1/staffing/specialists"
    for address in (member, unit, f"{unit}?format=csv"):
        assert "Payment" in manager.open(address).text or "payment" in manager.open(address).text
    for email, addresses in {
        "sergeant@force.example": (member, unit, f"{unit}?format=csv"),
        "officer@force.example": (unit,),
        "hmic@force.example": (unit,),
    }.items():
        visitor = Visitor(force, email)
        for address in addresses:
            answer = visitor.open(address)
            assert answer.status_code == 200
            assert "payment" not in answer.text.casefold(), (email, address)


def test_who_sees_staffing_but_no_members_sees_the_numbers_alone(
    force: Flask, manager: Visitor, session: Session
) -> None:
    record(manager, session)
    for email in ("officer@force.example", "hmic@force.example"):
        shown = plain(Visitor(force, email).open("/units/C1/staffing/specialists").text)
        assert "1 NSO, line-managing 0 PCSOs; 2 PCSOs without a line manager." in shown
        assert "T1 1 1 0" in shown
        assert "Con 1" not in shown
        assert "Pia" not in shown


def test_a_sergeant_sees_and_does_not_record(force: Flask, manager: Visitor, session: Session) -> None:
    record(manager, session)
    name(manager, session, "702")
    sergeant = Visitor(force, "sergeant@force.example")
    shown = sergeant.open("/units/T1/members/501").text
    assert "you cannot change this" in shown
    assert "Record as NSO" not in shown
    assert sergeant.open(RECORD.format(posting_id(session, "501"))).status_code == 403
    assert sergeant.open("/units/T1/members/701/line-manager").status_code == 403
