"""The start page: what staffing, contacts and training ask of each role, and where it leads."""

import re
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole
from npt.staffing.actions import set_limit
from npt.training.actions import add_shipped_programme, complete_modules, register_member
from npt.training.rules import SHIPPED_PROGRAMMES
from tests import make
from tests.built_once import built_once
from tests.records.kin_desk import community
from tests.visiting import Visitor, plain

TODAY = date(2026, 11, 16)


@built_once
def bcu(session: Session) -> Unit:
    """BCU N: its one team has a sergeant, two of three constables and a PCSO who goes at the end of the year,
    and a neighbourhood without a contact. The force wants one constable or PCSO to a sergeant at most.
    """
    force = make.force(session, code="F")
    set_limit(session, unit=force, people=Decimal(1), starts_on=date(2026, 1, 1))
    bcu = make.bcu(session, under=force, code="N")
    team = make.team(session, under=make.area(session, under=bcu, code="N1"), code="N11")
    make.neighbourhood(session, under=team, code="N111")
    make.establishment(session, unit=team, posts=3, starts_on=date(2026, 10, 1))
    for _ in range(2):
        make.posting(session, unit=team)
    make.posting(session, unit=team, role=PolicingRole.SERGEANT)
    make.posting(session, unit=team, role=PolicingRole.PCSO, ends_on=date(2026, 12, 31))
    make.account(session, role=Role.MANAGER, unit=bcu, email="manager@force.example")
    for role in (Role.SERGEANT, Role.OFFICER):
        make.account(session, role=role, unit=team, email=f"{role.value}@force.example")
    session.commit()
    return bcu


#: the line of who may say which communities are vulnerable or emerging
NOT_SAID = "Vulnerable or emerging communities not said"


def profiles(code: str) -> dict[str, tuple[str, str]]:
    """The line of who keeps profiles: that of the one neighbourhood is not written."""
    return {"Profiles overdue": (f"/units/{code}/profiles?show=overdue", "1 neighbourhood")}


def tasks(app: Flask, who: str) -> dict[str, tuple[str, str]]:
    """The lines of the start page: title, then address and status."""
    page = Visitor(app, f"{who}@force.example").open("/").text
    lines = re.findall(
        r'<a class="govuk-link govuk-task-list__link" href="([^"]+)">([^<]+)</a>.*?<strong[^>]*>([^<]+)<',
        page,
        re.DOTALL,
    )
    return {title: (address, status) for address, title, status in lines}


@pytest.mark.usefixtures("bcu")
def test_a_manager_is_led_to_posts_limits_ends_of_postings_and_contacts(app: Flask) -> None:
    found = tasks(app, "manager")
    assert found == {
        "Review of October 2026": ("/units/N/reviews/2026-10", "to review"),
        "Empty posts": ("/units/N/staffing/vacancies", "1 post"),
        "Supervision over the limit": ("/units/N/staffing/supervision", "3 units"),
        "Postings ending": ("/units/N/staffing/succession", "1 posting"),
        "Neighbourhoods whose contact is away": ("/units/N/contacts/cover?show=flagged", "1 of 1"),
        NOT_SAID: ("/units/N/communities/said?show=silent", "1 neighbourhood"),
        "Priority classes to review": ("/units/N/priority-classes?show=due", "1 neighbourhood"),
        **profiles("N"),
    }
    manager = Visitor(app, "manager@force.example")
    assert "Since" in manager.open(found["Empty posts"][0]).text
    assert all(manager.open(address).status_code == 200 for address, _ in found.values())


def test_start_page_staffing_and_vacancies_say_one_number_of_empty_posts(
    app: Flask, session: Session, bcu: Unit
) -> None:
    area = session.scalars(select(Unit).where(Unit.code == "N1")).one()
    empty, full = (make.team(session, under=area, code=code) for code in ("N12", "N13"))
    for team, posts, role in ((empty, 2, PolicingRole.PCSO), (full, 1, PolicingRole.CONSTABLE)):
        make.establishment(session, unit=team, role=role, posts=posts, starts_on=date(2026, 10, 1))
    # Somebody over establishment in one team fills no post of another.
    make.posting(session, unit=full)
    make.posting(session, unit=full)
    session.commit()
    assert tasks(app, "manager")["Empty posts"] == ("/units/N/staffing/vacancies", "3 posts")
    manager = Visitor(app, "manager@force.example")
    staffing = manager.open("/units/N/staffing").text
    assert re.search(r'href="/units/N/staffing/vacancies\?as-at=2026-11-16">3 posts</a>', staffing)
    assert 'href="/units/N/staffing/vacancies?role=pcso&amp;as-at=2026-11-16">1<' in staffing
    assert "offsets 2 of them against people over establishment in other units." in staffing
    assert "<strong>3 posts</strong> in 2 places" in manager.open("/units/N/staffing/vacancies").text


@pytest.mark.usefixtures("bcu")
def test_a_sergeant_is_not_asked_to_fill_posts(app: Flask) -> None:
    assert tasks(app, "sergeant") == {
        "Neighbourhoods whose contact is away": ("/units/N11/contacts/cover?show=flagged", "1 of 1"),
        NOT_SAID: ("/units/N11/communities/said?show=silent", "1 neighbourhood"),
        **profiles("N11"),
    }


@pytest.mark.usefixtures("bcu")
def test_an_officer_is_asked_for_communities_and_the_profile_alone(app: Flask) -> None:
    asked = {NOT_SAID: ("/units/N11/communities/said?show=silent", "1 neighbourhood"), **profiles("N11")}
    assert tasks(app, "officer") == asked


@pytest.mark.usefixtures("bcu")
def test_a_sergeant_is_led_to_whose_training_is_due_and_to_be_verified(app: Flask, session: Session) -> None:
    force = session.scalars(select(Unit).where(Unit.code == "F")).one()
    programme = add_shipped_programme(
        session, force=force, shipped=SHIPPED_PROGRAMMES[0], needed_from=date(2026, 1, 1)
    )
    learner = session.scalars(select(Posting).where(Posting.role == PolicingRole.CONSTABLE)).first()
    assert learner is not None
    registration = register_member(
        session,
        member=session.get_one(Member, learner.member_id),
        programme=programme,
        registered_on=TODAY,
        today=TODAY,
    )
    complete_modules(session, registration, numbers=(1,), completed_on=TODAY, today=TODAY)
    session.commit()
    found = tasks(app, "sergeant")
    assert found["Training to verify"] == ("/units/N11/training?standing=to-verify#members", "1 member")
    address, status = found["Training due"]
    assert address == "/units/N11/training?standing=due#members"
    page = Visitor(app, "sergeant@force.example").open(address.partition("#")[0]).text
    assert f"{status} on 16 November 2026" in page


@pytest.mark.usefixtures("bcu")
def test_every_rate_says_how_much_of_its_duty_is_confirmed(app: Flask, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    member = make.member(session, team=team)
    for day in ("2026-11-02", "2026-11-03"):
        shift = make.shift(session, member=member, starts=f"{day}T08:00", ends=f"{day}T16:00")
        make.away(session, shift=shift, starts=f"{day}T08:00", ends=f"{day}T12:00")
        make.confirmation(session, unit=team, day=date.fromisoformat(day))
    session.commit()
    manager = Visitor(app, "manager@force.example")
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", manager.open("/").text))
    assert "50.0% over 20% Officers November 2026 100.0%" in page
    assert "Confirmed for 100.0% of shifts." in page
    month = manager.open("/units/N/months/2026-11").text
    assert "confirmed for 100.0% of shifts" in month
    records = manager.open("/units/N/months/2026-11/records?group=officers").text
    assert "confirmed for 100.0% of shifts" in records


# My shifts and neighbourhoods -------------------------------------------------------------------------------


def test_my_next_shifts_have_their_weekday_and_the_day_on_which_they_end(
    app: Flask, bcu: Unit, session: Session
) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    officer = make.member(session, name="Ann Example", team=team)
    make.shift(session, member=officer, starts="2026-11-30T22:00", ends="2026-12-01T07:00")
    make.shift(session, member=officer, starts="2026-12-02T07:00", ends="2026-12-02T17:00")
    make.account(session, role=Role.OFFICER, unit=team, email="ann@force.example", member=officer)
    session.commit()
    shown = plain(Visitor(app, "ann@force.example").open("/").text)
    assert "Mon 30 Nov 22:00 to Tue 1 Dec 07:00 Wed 2 Dec 07:00 to 17:00" in shown


@pytest.mark.parametrize("page", ["/", "/units/N111"], ids=["start", "neighbourhood"])
def test_a_neighbourhood_names_its_contact_or_says_that_there_is_none(
    app: Flask, bcu: Unit, session: Session, page: str
) -> None:
    officer = Visitor(app, "officer@force.example")
    assert "No contact" in plain(officer.open(page).text)
    neighbourhood = session.scalars(select(Unit).where(Unit.code == "N111")).one()
    contact = make.contact(session, neighbourhood=neighbourhood)
    contact.member.name = "Cas Example"
    session.commit()
    found = plain(officer.open(page).text)
    assert "Cas Example" in found
    assert "No contact" not in found


def test_a_contact_who_is_away_is_named_beside_who_stands_in(app: Flask, bcu: Unit, session: Session) -> None:
    neighbourhood = session.scalars(select(Unit).where(Unit.code == "N111")).one()
    contact = make.contact(session, neighbourhood=neighbourhood)
    contact.member.name = "Cas Example"
    shift = make.shift(session, member=contact.member, starts="2026-11-16T00:00", ends="2026-11-17T00:00")
    make.away(session, shift=shift, reason="leave")
    session.commit()
    shown = plain(Visitor(app, "officer@force.example").open("/units/N111").text)
    assert "Cas Example Contact, PCSO away now until 00:00: Leave" in shown
    assert "The team stands in" in shown


# Advice -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bcu")
@pytest.mark.parametrize(
    ("page", "advice", "who"),
    [
        ("/units/N11/staffing/students", "post a constable with the kind", "manager"),
        ("/units/N11/staffing/volunteers", "Enter it below", "sergeant"),
        ("/teams/N11/roster/assignments", "Choose a pattern to assign", "sergeant"),
    ],
)
def test_nobody_is_advised_to_do_what_they_cannot(app: Flask, page: str, advice: str, who: str) -> None:
    assert advice in plain(Visitor(app, f"{who}@force.example").open(page).text)
    assert advice not in plain(Visitor(app, "officer@force.example").open(page).text)


def test_a_member_with_two_shifts_today_is_one_on_duty(app: Flask, session: Session, bcu: Unit) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    twice, sick = (make.member(session, name=name, team=team) for name in ("Ann Twice", "Ben Sick"))
    for starts, ends in (("06:00", "10:00"), ("18:00", "22:00")):
        make.shift(session, member=twice, starts=f"{TODAY}T{starts}", ends=f"{TODAY}T{ends}")
        ill = make.shift(session, member=sick, starts=f"{TODAY}T{starts}", ends=f"{TODAY}T{ends}")
        make.away(session, shift=ill, starts=f"{TODAY}T{starts}", ends=f"{TODAY}T{ends}", reason="sickness")
    session.commit()
    assert "1 on duty today, 1 absent." in plain(Visitor(app, "sergeant@force.example").open("/").text)


@pytest.mark.usefixtures("bcu")
def test_an_officer_is_led_to_the_communities_that_nobody_has_spoken_to(app: Flask, session: Session) -> None:
    place = session.scalars(select(Unit).where(Unit.code == "N111")).one()
    for name in ("Polish", "Students"):
        community(session, place, name=name, starts_on=make.START)
    session.commit()
    address, status = tasks(app, "officer")["Communities nobody has spoken to"]
    assert (address, status) == ("/units/N11/not-heard", "2 communities")
    page = plain(Visitor(app, "officer@force.example").open(address).text)
    assert f"No contact for more than 90 days: {status} ." in page
