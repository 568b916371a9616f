"""The pages of staffing through time: history, vacancies, who goes, who is lent, who supervises and gives."""

import re
from datetime import date
from decimal import Decimal

from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.actions import set_limit, set_target
from npt.staffing.queries import contacts_under
from npt.staffing.rules import ContactKind, GivenWork
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

DAY = date(2026, 11, 16)


@built_once
def team(session: Session) -> Unit:
    """Team T1 of BCU C, with a neighbourhood N1; people who read and change its staffing."""
    top = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=top, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="C1"), code="T1")
    make.neighbourhood(session, under=team, code="N1")
    make.account(session, role=Role.BOARD, unit=top, email="board@force.example")
    make.account(session, role=Role.PARTNER, unit=bcu, email="partner@force.example")
    make.account(session, role=Role.HMIC, unit=top, email="hmic@force.example")
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example", name="Max Manager")
    return team


def visitor(app: Flask, session: Session, role: Role = Role.MANAGER) -> Visitor:
    """Somebody of a role, once everything that the test made is there."""
    session.commit()
    return Visitor(app, f"{role.value}@force.example")


def test_the_history_says_who_changed_an_establishment_when_and_why(
    app: Flask, session: Session, team: Unit
) -> None:
    make.establishment(session, unit=team, posts=3, starts_on=date(2026, 4, 1), reason="Budget of 2026")
    manager = visitor(app, session)
    manager.send(
        "/units/T1/establishment/new",
        role="constable",
        posts="4",
        starts_on="1 12 2026",
        ends_previous="yes",
        reason="The council pays for one",
    )
    shown = plain(manager.open("/units/C/establishment/history?role=constable").text)
    assert "last day: 30 November 2026, before: until further notice The council pays for one Max" in shown
    assert "4 posts from 1 December 2026 The council pays for one Max Manager" in shown
    assert "3 posts from 1 April 2026 Budget of 2026 the command line" in shown
    assert "No change is recorded" in manager.open("/units/C/establishment/history?role=pcso").text


def test_a_vacancy_is_shown_with_its_age_and_when_it_is_filled(
    app: Flask, session: Session, team: Unit
) -> None:
    make.establishment(session, unit=team, posts=2, starts_on=date(2026, 11, 1))
    make.posting(session, unit=team)
    make.posting(session, unit=team, starts_on=date(2026, 12, 1))
    manager = visitor(app, session)
    shown = plain(manager.open("/units/C/staffing/vacancies").text)
    assert "constable 1 1/2 1 November 2026 16 days 1 December 2026" in shown
    assert "No empty posts" in manager.open("/units/C/staffing/vacancies?as-at=2026-12-01").text
    assert "No empty posts" in manager.open("/units/C/staffing/vacancies?role=pcso").text


def test_who_goes_is_shown_with_who_comes_or_that_nobody_does(
    app: Flask, session: Session, team: Unit
) -> None:
    make.posting(session, unit=team, ends_on=date(2026, 12, 31))
    make.posting(session, unit=team, role=PolicingRole.PCSO, ends_on=date(2027, 4, 30))
    comer = make.posting(session, unit=team, starts_on=date(2027, 1, 1)).member
    manager = visitor(app, session)
    address = "/units/T1/staffing/succession"
    near, far = (plain(manager.open(address + asked).text) for asked in ("", "?within=180"))
    assert "31 December 2026 in 45 days constable substantive posting Team T1 (T1)" in near
    assert f"not recorded {comer.name}" in near
    assert "no one yet" not in near
    assert "30 April 2027 in 165 days PCSO substantive posting Team T1 (T1) not recorded no one yet" in far


def test_a_loan_out_of_reach_names_no_unit_that_the_person_may_not_see(
    app: Flask, session: Session, team: Unit
) -> None:
    host = make.team(session, code="FAR1")
    make.posting(
        session,
        member=make.member(session, name="Ada Marlow", team=team),
        unit=host,
        role=PolicingRole.SERGEANT,
        kind=PostingKind.TEMPORARY,
    )
    shown = plain(visitor(app, session).open("/units/C/staffing/temporary").text)
    assert "Ada Marlow" in shown
    assert "sergeant acting usually constable Team T1 (T1) outside your units temporary posting" in shown
    assert "FAR1" not in shown


def test_a_broken_limit_names_the_units_and_says_it_in_words(
    app: Flask, session: Session, team: Unit
) -> None:
    for role in (PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO):
        make.posting(session, unit=team, role=role)
    board = visitor(app, session, Role.BOARD)
    answer = board.send("/units/BEDS/staffing/supervision/new", people="1.5", starts_on="1 11 2026")
    assert answer.status_code == 303
    shown = plain(visitor(app, session).open("/units/C/staffing/supervision").text)
    assert "At most 1.5 constables and PCSOs to a sergeant, since 1 November 2026" in shown
    assert "Team T1 team T1 2 1 1:2.0, over 1:1.5" in shown
    before = visitor(app, session).open("/units/C/staffing/supervision?as-at=2026-10-31").text
    assert "set no limit for this day" in before


def test_a_limit_is_set_at_the_force_alone(app: Flask, session: Session, team: Unit) -> None:
    manager = visitor(app, session)
    answer = manager.send("/units/C/staffing/supervision/new", people="9", starts_on="1 11 2026")
    assert answer.status_code == 422
    assert "C is not a force" in answer.text


def test_two_who_correct_one_limit_see_both_versions(app: Flask, session: Session, team: Unit) -> None:
    force = unit_at(session, "BEDS")
    assert force is not None
    limit = set_limit(session, unit=force, people=Decimal(9), starts_on=make.START)
    address = f"/units/BEDS/staffing/supervision/{limit.id}"
    first, second = (visitor(app, session, Role.BOARD) for _ in range(2))
    first.open(address)
    assert second.send(address, people="8").status_code == 303
    assert first.fill(address, people="7").status_code == 409


def test_volunteers_stand_against_their_plan_with_what_they_do(
    app: Flask, session: Session, team: Unit
) -> None:
    special = make.posting(session, unit=team, role=PolicingRole.SPECIAL).member
    make.given_time(session, member=special, day=date(2026, 11, 1), minutes=270, work=GivenWork.PATROL)
    for due_on, heads in ((date(2026, 11, 1), 1), (date(2026, 12, 1), 31)):
        set_target(session, unit=team, role=PolicingRole.SPECIAL, due_on=due_on, heads=heads)
    shown = plain(visitor(app, session).open("/units/T1/staffing/volunteers").text)
    assert "1 special constable, 15 under the plan of 16" in shown
    assert "Patrol 4 h 30 min 0 min 0 min 0 min 4 h 30 min" in shown
    assert f"{special.name} {special.number}, special constable" in shown
    assert "0 volunteers; no plan is recorded here for this day" in shown
    inspectorate = visitor(app, session, Role.HMIC).open("/units/T1/staffing/volunteers").text
    assert special.name not in inspectorate


def test_a_target_is_added_corrected_and_taken_out(app: Flask, session: Session, team: Unit) -> None:
    manager = visitor(app, session)
    typed = {"role": "special", "heads": "325", "due_on": "31 3 2028"}
    assert manager.send("/units/C/staffing/volunteers/plan/new", **typed).status_code == 303
    refused = manager.send("/units/C/staffing/volunteers/plan/new", **typed)
    assert (refused.status_code, 'href="#due_on-day"' in refused.text) == (422, True)
    page = manager.open("/units/C/staffing/volunteers").text
    (address,) = set(re.findall(r'href="(/units/C/staffing/volunteers/plan/\d+)"', page))
    assert manager.send(address, heads="300").status_code == 303
    assert "31 March 2028 300" in plain(manager.open("/units/C/staffing/volunteers").text)
    manager.open(address)
    assert manager.fill(f"{address}/remove").status_code == 303
    assert "31 March 2028" not in manager.open("/units/C/staffing/volunteers").text


# Who answers for neighbourhoods -----------------------------------------------------------------------------


def test_a_sergeant_names_a_contact_and_a_new_one_takes_over(
    app: Flask, session: Session, team: Unit
) -> None:
    people = [make.posting(session, unit=team, role=PolicingRole.PCSO).member for _ in range(2)]
    (first, number), (second, other) = [(member.id, member.number) for member in people]
    sergeant = visitor(app, session, Role.SERGEANT)
    typed = {"kind": "contact", "number": number, "starts_on": "1 11 2026"}
    assert sergeant.send("/units/N1/contacts/new", **typed).status_code == 303
    typed |= {"number": other, "starts_on": "16 11 2026"}
    refused = sergeant.send("/units/N1/contacts/new", **typed)
    assert (refused.status_code, 'href="#starts_on-day"' in refused.text) == (422, True)
    assert sergeant.fill("/units/N1/contacts/new", **typed, ends_previous="yes").status_code == 303
    session.rollback()
    assert [(each.member_id, each.ends_on) for each in contacts_under(session, None)] == [
        (first, date(2026, 11, 15)),
        (second, None),
    ]


def test_a_contact_on_leave_is_stood_in_for_and_why_is_told_to_those_who_may_know(
    app: Flask, session: Session, team: Unit
) -> None:
    place = unit_at(session, "N1")
    assert place is not None
    people = [make.member(session, name=name, team=team) for name in ("Ada Marlow", "Ben Okoro")]
    for kind, member in zip(ContactKind, people, strict=True):
        make.contact(session, neighbourhood=place, member=member, kind=kind)
    make.away(session, shift=make.shift(session, member=people[0]), reason="leave")
    session.commit()
    for role, reason in ((Role.SERGEANT, "away all day: Leave"), (Role.PARTNER, "away all day")):
        shown = plain(Visitor(app, f"{role.value}@force.example").open("/units/N1/contacts/cover").text)
        assert f"N1 Ben Okoro Deputy stands in Ada Marlow {reason} Ben Okoro constable" in shown
        assert ("Leave" in shown) == (role is Role.SERGEANT)


def test_a_contact_who_is_away_for_a_part_of_the_shift_still_answers(
    app: Flask, session: Session, team: Unit
) -> None:
    place = unit_at(session, "N1")
    assert place is not None
    contact = make.contact(session, neighbourhood=place).member
    shift = make.shift(session, member=contact)
    make.away(session, shift=shift, starts="2026-11-16T14:00", ends="2026-11-16T21:59", reason="leave")
    shown = plain(visitor(app, session).open("/units/C/contacts/cover").text)
    assert "1 of 1 neighbourhood has a named contact, and none is away." in shown


def test_neighbourhoods_without_a_contact_are_listed_by_themselves(
    app: Flask, session: Session, team: Unit
) -> None:
    make.contact(session, neighbourhood=make.neighbourhood(session, under=team, code="N2"))
    manager = visitor(app, session)
    everything = plain(manager.open("/units/C/contacts/cover").text)
    assert "1 of 2 neighbourhoods has a named contact." in everything
    shown = plain(manager.open("/units/C/contacts/cover?show=without").text)
    assert "Neighbourhood N1 N1 No contact" in shown
    assert "Neighbourhood N2" not in shown
