"""The month page and the records behind its figures, as people see and use them."""

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

OCTOBER = "/units/C/months/2026-10"


@built_once
def month(app: Flask, session: Session) -> Flask:
    """BCU C with the teams T1 and T2. In October 2026 T1's PCSO is over target, one constable within it.

    T1's fifth of October is confirmed, its sixth is not. In September nobody works.
    """
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    area = make.area(session, under=bcu, code="C1")
    first = make.team(session, under=area, code="T1")
    make.team(session, under=area, code="T2")
    make.neighbourhood(session, under=first, code="N1")
    constable = make.member(session, number="77", name="Ann Example", role=PolicingRole.CONSTABLE, team=first)
    pcso = make.member(session, number="78", name="Ben Example", role=PolicingRole.PCSO, team=first)
    for day in ("2026-10-05", "2026-10-06"):
        shift = make.shift(session, member=constable, starts=f"{day}T08:00", ends=f"{day}T18:00")
        make.away(session, shift=shift, starts=f"{day}T09:00", ends=f"{day}T10:00", reason="custody")
    shift = make.shift(session, member=pcso, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T10:30", reason="response")
    make.away(session, shift=shift, starts="2026-10-05T16:00", ends="2026-10-05T18:00", reason="sickness")
    make.confirmation(session, unit=first, day=date(2026, 10, 5))
    for role, unit in ((Role.MANAGER, bcu), (Role.SERGEANT, first), (Role.HMIC, force), (Role.OFFICER, bcu)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(month: Flask) -> Visitor:
    """The manager of BCU C."""
    return Visitor(month, "manager@force.example")


# The month --------------------------------------------------------------------------------------------------


def test_each_groups_rate_is_said_with_target_basis_definition_and_coverage(manager: Visitor) -> None:
    shown = plain(manager.open(OCTOBER).text)
    assert "10.0% within 20%" in shown
    assert "2 h away of 20 h on duty. Definition: Local (2008)." in shown
    assert "Provisional confirmed for 50.0% of shifts, under 90%" in shown
    assert "18.8% over 5%" in shown
    assert "1 h 30 min away of 8 h on duty" in shown


def test_headroom_is_said_in_hours_over_or_left(manager: Visitor) -> None:
    shown = plain(manager.open(OCTOBER).text)
    assert "2 h under target" in shown
    assert "1 h 6 min over the 24 min allowed by the target" in shown


def test_another_way_of_counting_changes_the_figure_and_says_so(manager: Visitor) -> None:
    shown = plain(manager.open(f"{OCTOBER}?definition=all-time-lost").text)
    assert "3 h 30 min lost of 10 h rostered. Definition: All time lost." in shown
    assert manager.open(f"{OCTOBER}?definition=mine").status_code == 404


def test_a_month_without_duty_is_not_known_and_never_nought(manager: Visitor) -> None:
    shown = plain(manager.open("/units/C/months/2026-09").text)
    assert "No duty is recorded for September 2026" in shown
    assert "Nor in the twelve months before" in shown
    assert "not known no duty recorded" in shown
    assert "0.0%" not in shown
    assert "0 min" not in shown


def test_a_month_to_come_and_the_month_that_lasts_say_so(manager: Visitor) -> None:
    assert "December 2026 has not begun, and no duty is rostered for it yet" in plain(
        manager.open("/units/C/months/2026-12").text
    )
    assert "November 2026 is not over" in plain(manager.open("/units/C/months/2026-11").text)


def test_a_month_before_the_unit_opened_says_so(manager: Visitor) -> None:
    shown = plain(manager.open("/units/C/months/2008-03").text)
    assert "Basic command unit C was not open in March 2008: it opened on 1 April 2008." in shown


@pytest.mark.parametrize("address", ["2026-13", "1900-06", "2200-01", "26-10"])
def test_a_month_outside_the_calendar_is_not_found(manager: Visitor, address: str) -> None:
    assert manager.open(f"/units/C/months/{address}").status_code == 404


def test_the_first_and_the_last_month_of_the_calendar_have_a_page(manager: Visitor) -> None:
    assert manager.open("/units/C/months/1901-01").status_code == 200
    assert manager.open("/units/C/months/2199-12").status_code == 200


def test_a_neighbourhood_sends_people_to_its_team(manager: Visitor) -> None:
    shown = manager.open("/units/N1/months/2026-10").text
    assert "No one is posted to a neighbourhood" in shown
    assert 'href="/units/T1/months/2026-10"' in shown


def test_a_unit_out_of_reach_stays_closed(month: Flask) -> None:
    sergeant = Visitor(month, "sergeant@force.example")
    assert sergeant.open("/units/T1/months/2026-10").status_code == 200
    assert sergeant.open("/units/T2/months/2026-10").status_code == 403
    assert sergeant.open(OCTOBER).status_code == 403


def test_every_link_of_the_page_is_open_to_whoever_sees_it(month: Flask) -> None:
    for email in ("hmic@force.example", "manager@force.example", "officer@force.example"):
        visitor = Visitor(month, email)
        links = set(re.findall(r'<a [^>]*href="(/units/[^"#]+)', visitor.open(OCTOBER).text))
        assert len(links) > 20
        for link in links:
            assert visitor.open(link.replace("&amp;", "&")).status_code == 200, (email, link)


# Files ------------------------------------------------------------------------------------------------------


def test_the_csv_has_the_months_of_the_unit_and_the_month_of_each_under_it(manager: Visitor) -> None:
    answer = manager.open(f"{OCTOBER}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="abstraction-C-2026-10.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 2 * 13 + 2
    found = {(row["unit"], row["group"]): row for row in rows if row["month"] == "2026-10"}
    assert found["C", "officers"]["rate"] == "10.0000"
    assert found["C1", "pcsos"]["within"] == "false"


def test_the_workbook_holds_the_same_as_the_csv(manager: Visitor) -> None:
    lines = list(csv.reader(io.StringIO(manager.open(f"{OCTOBER}.csv").text)))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(manager.open(f"{OCTOBER}.xlsx").data))
    sheet = workbook.get_sheet_by_index(0).to_python()
    assert [len(row) for row in sheet] == [len(line) for line in lines]
    assert sheet[0] == lines[0]


def test_files_are_for_those_who_may_take_figures_out(month: Flask) -> None:
    officer = Visitor(month, "officer@force.example")
    assert "2026-10.csv" not in officer.open(OCTOBER).text
    assert officer.open(f"{OCTOBER}.csv").status_code == 403


def test_a_closed_door_names_the_unit_to_those_who_may_see_it(month: Flask) -> None:
    officer, sergeant = (Visitor(month, f"{role}@force.example") for role in ("officer", "sergeant"))
    own = plain(officer.open(f"{OCTOBER}.csv").text)
    assert "You cannot download figures and records for Basic command unit C." in own
    other = plain(sergeant.open("/units/T2/months/2026-10").text)
    assert "You cannot see staffing and abstraction rates for this unit." in other


# Records ----------------------------------------------------------------------------------------------------


def test_a_figure_opens_the_records_that_make_it(manager: Visitor) -> None:
    href = re.search(r'href="([^"]+records\?group=officers)"', manager.open(OCTOBER).text)
    assert href is not None
    shown = plain(manager.open(href[1]).text)
    assert shown.count("Ann Example (77)") == 2
    assert "Ben Example" not in shown
    assert "Time that counts 2 h" in shown
    assert "All 2 2 h" in shown


def test_a_reason_opens_its_own_records(manager: Visitor) -> None:
    shown = plain(manager.open(f"{OCTOBER}/records?group=pcsos&reason=response").text)
    assert "PCSOs, Response to incidents" in shown
    assert "Time that counts: Response to incidents 1 h 30 min" in shown


def test_who_it_was_is_hidden_from_those_who_may_not_see_duty(month: Flask) -> None:
    shown = plain(Visitor(month, "hmic@force.example").open(f"{OCTOBER}/records?group=officers").text)
    assert "2 records, 2 h together." in shown
    assert "Ann Example" not in shown
    assert "Custody" not in shown


def test_why_a_member_was_absent_is_hidden_from_those_who_do_not_record_duty(month: Flask) -> None:
    officer = Visitor(month, "officer@force.example")
    shown = plain(officer.open(f"{OCTOBER}/records?show=absence").text)
    assert "Ben Example (78)" in shown
    assert "absent" in shown
    assert "Sickness" not in shown
    assert "Sickness" not in officer.open(f"{OCTOBER}?definition=all-time-lost").text
    of_sickness = f"{OCTOBER}/records?reason=sickness&definition=all-time-lost"
    assert officer.open(of_sickness).status_code == 404
    assert Visitor(month, "manager@force.example").open(of_sickness).status_code == 200


@pytest.mark.parametrize(
    "asked",
    ["group=mine", "role=volunteer", "role=mine", "reason=mine", "show=mine", "page=0", "page=9", "page=x"],
)
def test_a_figure_that_is_not_there_is_not_found(manager: Visitor, asked: str) -> None:
    assert manager.open(f"{OCTOBER}/records?{asked}").status_code == 404


def test_posts_and_vacancies_open_their_records(month: Flask, manager: Visitor, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    make.establishment(session, unit=team, role=PolicingRole.CONSTABLE, posts="2.5")
    session.commit()
    shown = manager.open(OCTOBER).text
    link = r'href="([^"]+)">([^<]+)<span class="govuk-visually-hidden"> Constables: see the '
    posts, vacancies = re.findall(link + "posts", shown), re.findall(link + "vacancies", shown)
    ((posts_at, funded),), ((vacancies_at, vacant),) = posts, vacancies
    assert (funded, vacant) == ("2.5", "1.5")
    for address, number in ((posts_at, "2.5"), (vacancies_at, "1.5")):
        assert "as-at=2026-10-31" in address
        assert number in plain(manager.open(address.replace("&amp;", "&")).text)
