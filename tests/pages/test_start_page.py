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
from tests.visiting import Visitor

TODAY = date(2026, 11, 16)


@pytest.fixture
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
        "Empty posts": ("/units/N/staffing/vacancies", "1 post"),
        "Supervision over the limit": ("/units/N/staffing/supervision", "3 units"),
        "Postings that end": ("/units/N/staffing/succession", "1 posting"),
        "Neighbourhoods whose contact does not answer": ("/units/N/contacts/cover?show=flagged", "1 of 1"),
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
        "Neighbourhoods whose contact does not answer": ("/units/N11/contacts/cover?show=flagged", "1 of 1")
    }


@pytest.mark.usefixtures("bcu")
def test_an_officer_who_may_mend_nothing_is_asked_nothing(app: Flask) -> None:
    assert tasks(app, "officer") == {}


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
    assert "50.0% over 20% 100.0%" in page
    assert "Confirmed for 100.0% of shifts." in page
    month = manager.open("/units/N/months/2026-11").text
    assert "confirmed for 100.0% of shifts" in month
    records = manager.open("/units/N/months/2026-11/records?group=officers").text
    assert "confirmed for 100.0% of shifts" in records
