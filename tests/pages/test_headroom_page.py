"""The headroom page: what a month still allows, when the pace breaks the target, and what if."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.counting.models import Definition
from npt.people.models import Member
from npt.people.rules import PolicingRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

HERE = "/units/A1/headroom"
TWO_HOURS = "members=1&hours=2&from-month=11&from-year=2026"


@built_once
def month(app: Flask, session: Session) -> Flask:
    """Area A1 of BCU C. A constable of T1 was taken for an hour of ten on the 2nd.

    They are to be taken for two on the 24th, and work on the 16th and the 25th too. Nobody works in T2.
    """
    bcu = make.bcu(session, code="C")
    area = make.area(session, under=bcu, code="A1")
    team = make.team(session, under=area, code="T1")
    make.team(session, under=area, code="T2")
    make.neighbourhood(session, under=team, code="N1")
    constable = make.member(session, role=PolicingRole.CONSTABLE, team=team)
    for day, until in ((2, 9), (16, None), (24, 10), (25, None)):
        on = f"2026-11-{day:02}"
        shift = make.shift(session, member=constable, starts=f"{on}T08:00", ends=f"{on}T18:00")
        if until is not None:
            make.away(session, shift=shift, ends=f"{on}T{until:02}:00")
    make.confirmation(session, unit=team, day=date(2026, 11, 2))
    for role, unit in ((Role.MANAGER, bcu), (Role.SERGEANT, team)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(month: Flask) -> Visitor:
    return Visitor(month, "manager@force.example")


def test_the_page_says_what_is_left_the_pace_and_where_it_leads(manager: Visitor) -> None:
    shown = plain(manager.open(HERE).text)
    assert "On course to stay within target." in shown
    assert "5 h left of 8 h" in shown
    assert "Used: 1 h Planned: 2 h" in shown
    assert "The pace is 5.0%: 1 h of 20 h on duty so far." in shown
    # 1 h + 2 h + 5% of the 18 h that nothing is planned for: 3 h 54 min of 40 h.
    assert "the month ends at 9.8%; the target is 20%" in shown
    assert "Provisional confirmed for 50.0% of shifts so far" in shown


def test_what_is_not_known_is_never_nought(manager: Visitor) -> None:
    shown = plain(manager.open(HERE).text)
    pcsos = shown[shown.index("PCSOs target 5%") :]
    assert pcsos.startswith("PCSOs target 5% Not known: no duty rostered.")
    team = shown[shown.index("Team T2 T2") :]
    assert team.startswith("Team T2 T2 none recorded" + " not known" * 7 + " not known: no duty rostered")


def test_a_month_to_come_has_roster_and_plans_and_nothing_yet(manager: Visitor, session: Session) -> None:
    constable = session.scalars(select(Member)).one()
    shift = make.shift(session, member=constable, starts="2026-12-01T08:00", ends="2026-12-01T18:00")
    make.away(session, shift=shift, ends="2026-12-01T09:00")
    session.commit()
    shown = plain(manager.open(f"{HERE}?month=2026-12").text)
    assert "All of Area A1 A1 none yet 10 h 2 h none yet 1 h 1 h not known not known" in shown
    assert "Not known: no duty yet." in shown


def test_a_closed_definition_counts_no_later_month_and_leads_to_none(
    manager: Visitor, session: Session
) -> None:
    definition = session.scalars(select(Definition).where(Definition.code == "inspectorate")).one()
    definition.closed_on = date(2026, 11, 30)
    session.commit()
    page = manager.open(f"{HERE}?definition=inspectorate")
    assert 'href="/units/A1/headroom?month=2026-10&amp;definition=inspectorate"' in page.text
    assert 'href="/units/A1/headroom?month=2026-12"' in page.text
    assert manager.open(f"{HERE}?month=2026-12&definition=inspectorate").status_code == 404
    assert "Inspectorate" not in plain(manager.open(f"{HERE}?month=2026-12").text)


def test_every_number_opens_its_records(manager: Visitor) -> None:
    page = manager.open(HERE).text
    lines = re.findall(r'<td class="govuk-table__cell npt-number"><a [^>]*href="([^"]+)">([^<]+)</a>', page)
    opened = {words: plain(manager.open(href.replace("&amp;", "&")).text) for href, words in lines}
    assert set(opened) == {"20 h", "8 h", "1 h", "2 h", "5 h", "5.0%", "50.0%"}
    assert "All 1 1 h" in opened["1 h"]
    assert "1 to 16 November 2026" in opened["1 h"]
    assert "All 1 2 h" in opened["2 h"]
    assert "17 to 30 November 2026" in opened["2 h"]


def test_what_if_shows_what_it_does_to_the_unit_and_all_above_it(manager: Visitor) -> None:
    shown = plain(manager.open(f"{HERE}?{TWO_HOURS}&days=2&from-day=24&unit=T1").text)
    assert "1 officer of Team T1 for 2 h on each of 2 days" in shown
    rows = re.findall(r"(Team T1|Area A1|Basic command unit C) \S+ 5 h 1 h 7.5% 17.5% on course", shown)
    assert rows == ["Team T1", "Area A1", "Basic command unit C"]


def test_what_if_moves_the_day_on_which_the_target_is_broken(manager: Visitor) -> None:
    shown = plain(manager.open(f"{HERE}?members=1&hours=8&from-day=25&from-month=11&from-year=2026").text)
    assert (
        "Area A1 A1 5 h −3 h 7.5% 27.5% on course"
        " goes over on 25 November 2026 with what is planned breaks the target"
    ) in shown
    assert plain(manager.open(HERE).text).count("5 h left of 8 h") == 1


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("members=", "Enter how many members."),
        (f"{TWO_HOURS}&from-day=15", "15 November 2026 is over: give today or a day still to come."),
        (f"{TWO_HOURS}&from-day=26", "have 0 h of duty on 26 November 2026"),
        (f"{TWO_HOURS}&from-day=30&days=2", "Only 1 of 2 days lie in November 2026"),
        ("members=1&hours=0.33", "The hours must make whole minutes"),
        ("members=1&hours=2&unit=X", "Taken from: choose one from the list."),
        ("month=2026-13", "There is no month 13"),
        ("month=1900-01", "January 1900 is too far away"),
        ("month=soon", "“soon” is not a month"),
    ],
)
def test_what_cannot_be_read_or_taken_is_said_plainly(manager: Visitor, asked: str, message: str) -> None:
    answer = manager.open(f"{HERE}?{asked}")
    assert answer.status_code == 422
    assert message in plain(answer.text)


def test_a_way_of_counting_that_is_not_there_is_no_page(manager: Visitor) -> None:
    assert manager.open(f"{HERE}?definition=mine").status_code == 404


def test_a_past_month_stands_as_it_ended_and_offers_no_trying_out(manager: Visitor, session: Session) -> None:
    constable = session.scalars(select(Member)).one()
    for day, until in ((5, "10:00"), (6, "08:30"), (7, "08:30")):
        on = f"2026-10-{day:02}"
        shift = make.shift(session, member=constable, starts=f"{on}T08:00", ends=f"{on}T18:00")
        make.away(session, shift=shift, ends=f"{on}T{until}")
    session.commit()
    shown = plain(manager.open(f"{HERE}?month=2026-10").text)
    assert "Ended within target." in shown
    assert "3 h under target" in shown
    assert "3 h of 30 h on duty were taken: 10.0%." in shown
    assert "What if?" not in shown
    shift = make.shift(session, member=constable, starts="2026-10-08T08:00", ends="2026-10-08T18:00")
    make.away(session, shift=shift)
    session.commit()
    shown = plain(manager.open(f"{HERE}?month=2026-10").text)
    assert "Ended over target since 8 October 2026." in shown
    assert "5 h over the 8 h allowed" in shown


def test_a_neighbourhood_leads_to_its_team(manager: Visitor) -> None:
    assert 'href="/units/T1/headroom?month=2026-11"' in manager.open("/units/N1/headroom").text


def test_a_sergeant_sees_the_effect_on_what_they_may_see(month: Flask) -> None:
    sergeant = Visitor(month, "sergeant@force.example")
    shown = plain(sergeant.open(f"/units/T1/headroom?{TWO_HOURS}&from-day=25").text)
    assert "Team T1 T1 5 h 3 h" in shown
    assert "Area A1 A1" not in shown


@pytest.mark.parametrize("address", ["/", "/units/T1/months/2026-11", "/teams/T1/day/2026-11-16"])
def test_headroom_is_led_to_from(month: Flask, address: str) -> None:
    sergeant = Visitor(month, "sergeant@force.example")
    assert 'href="/units/T1/headroom' in sergeant.open(address).text
