"""The month names the teams over target, however deep, and then the people of a team, a line each."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.journal.models import Entry
from npt.people.rules import PolicingRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

OCTOBER = "/units/C/months/2026-10"
TEAM = "/units/T1/months/2026-10"


@built_once
def month(app: Flask, session: Session) -> Flask:
    """BCU C in October 2026: PCSOs of T1 at 10%, of T2 at 20% (under another area), T3 without duty.

    In T1 Ann was taken twice for an hour in 20 h on duty, Ben never, and Cas was sick all of her one shift.
    """
    force = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=force, code="C")
    north, south = (make.area(session, under=bcu, code=code) for code in ("C1", "C2"))
    first, second = make.team(session, under=north, code="T1"), make.team(session, under=south, code="T2")
    third = make.team(session, under=south, code="T3")
    for unit, name in ((first, "Near team"), (second, "Far team"), (third, "New team")):
        unit.name = name
    ann, ben, cas = (
        make.member(session, number=number, name=name, role=PolicingRole.PCSO, team=first)
        for number, name in (("71", "Ann Example"), ("72", "Ben Example"), ("73", "Cas Example"))
    )
    far = make.member(session, number="74", name="Dee Example", role=PolicingRole.PCSO, team=second)
    for on in ("2026-10-05", "2026-10-06"):
        shift = make.shift(session, member=ann, starts=f"{on}T08:00", ends=f"{on}T18:00")
        make.away(session, shift=shift, starts=f"{on}T09:00", ends=f"{on}T10:00", reason="custody")
    make.shift(session, member=ben, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    sick = make.shift(session, member=cas, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=sick, reason="sickness")
    shift = make.shift(session, member=far, starts="2026-10-05T08:00", ends="2026-10-05T18:00")
    make.away(session, shift=shift, starts="2026-10-05T09:00", ends="2026-10-05T11:00", reason="event")
    make.confirmation(session, unit=second, day=date(2026, 10, 5))
    for role, unit in ((Role.MANAGER, bcu), (Role.SERGEANT, first), (Role.HMIC, force)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def manager(month: Flask) -> Visitor:
    """The manager of BCU C."""
    return Visitor(month, "manager@force.example")


def before_the_figures(page: str) -> str:
    """What the month says first."""
    return plain(page.partition("Abstraction against target")[0].partition("<h1")[2])


def links(page: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', page)]


def test_the_month_of_a_bcu_begins_with_its_teams_over_target_the_worst_first(manager: Visitor) -> None:
    page = manager.open(OCTOBER).text
    shown = before_the_figures(page)
    assert re.search(r"Far team T2 20\.0 ?% over 5 ?% 1 h 30 min 100\.0 ?%.*Near team T1 6\.7 ?% over", shown)
    assert "Officers: no team is known to be over target." in shown
    assert {"/units/T2/months/2026-10", "/units/T2/months/2026-10/records?group=pcsos"} <= set(links(page))


def test_a_team_without_duty_is_said_not_to_be_known(manager: Visitor) -> None:
    assert "PCSOs, not known without duty recorded: New team ." in before_the_figures(
        manager.open(OCTOBER).text
    )


def test_a_force_and_an_area_name_their_teams_as_well(month: Flask, manager: Visitor) -> None:
    hmic = Visitor(month, "hmic@force.example")
    assert "Far team T2 20.0" in before_the_figures(hmic.open("/units/BEDS/months/2026-10").text)
    assert "Far team" not in before_the_figures(manager.open("/units/C1/months/2026-10").text)


@pytest.mark.parametrize(
    ("page", "leads"), [("records", "records?group=pcsos"), ("review", "review")], ids=["records", "review"]
)
def test_records_and_review_name_the_teams_over_target_and_lead_to_theirs(
    manager: Visitor, page: str, leads: str
) -> None:
    asked = "?group=pcsos" if page == "records" else ""
    found = manager.open(f"{OCTOBER}/{page}{asked}").text
    assert re.search(r"Far team T2 20\.0.*Near team T1", plain(found))
    assert f"/units/T2/months/2026-10/{leads}" in links(found)


def test_a_target_is_not_held_against_one_reason_or_a_few_days(manager: Visitor) -> None:
    for asked in ("?reason=custody", "?role=pcso", "?from=2026-10-05&to=2026-10-05"):
        assert "Teams over target" not in manager.open(f"{OCTOBER}/records{asked}").text


# People -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "/records", "/review"], ids=["month", "records", "review"])
def test_a_team_has_one_line_a_person_with_hours_share_and_times(manager: Visitor, page: str) -> None:
    shown = plain(manager.open(TEAM + page).text)
    assert re.search(
        r"Ann Example 71 10\.0 ?% 2 h 2 20 h PCSOs Ben Example 72 0\.0 ?% 0 min 0 10 h PCSOs"
        r" Cas Example 73 not known 0 min 0 0 min PCSOs",
        shown,
    )
    assert "only members who had a shift." in shown


def test_each_number_of_a_person_opens_the_records_of_that_person(manager: Visitor) -> None:
    of_ann = [href for href in links(manager.open(TEAM).text) if "member=71" in href]
    assert len(of_ann) == 5
    lost = plain(manager.open(next(href for href in of_ann if "show=" not in href)).text)
    assert "Ann Example (71): the records behind the figure" in lost
    assert re.search(r"Rate: PCSOs 10\.0 ?%; ", lost)
    assert "Dee Example" not in lost
    assert "Ben Example" not in lost
    shifts = plain(manager.open(next(href for href in of_ann if "show=shifts" in href)).text)
    assert "All 2" in shifts
    assert "20 h in 2 shifts" in shifts


def test_where_absence_is_put_back_it_is_in_a_persons_share(manager: Visitor) -> None:
    shown = plain(manager.open(f"{TEAM}?definition=all-time-lost").text)
    assert re.search(r"Cas Example 73 100\.0 ?% 10 h 1 10 h PCSOs Ann Example 71 10\.0 ?% 2 h 2 20 h", shown)


def test_people_are_shown_to_those_alone_who_may_see_who_is_away(month: Flask) -> None:
    hmic = Visitor(month, "hmic@force.example")
    for page in ("", "/records", "/review"):
        assert "Example" not in hmic.open(TEAM + page).text
    assert hmic.open(f"{TEAM}/records?member=71").status_code == 404


def test_nobody_is_looked_up_by_number_who_had_no_shift_here(manager: Visitor) -> None:
    for number in ("74", "1234"):
        assert manager.open(f"{TEAM}/records?member={number}").status_code == 404


def test_whoever_saw_the_people_of_a_month_stands_in_the_journal(
    month: Flask, manager: Visitor, session: Session
) -> None:
    manager.open(OCTOBER)
    Visitor(month, "hmic@force.example").open(TEAM)
    manager.open(TEAM)
    seen = session.scalars(select(Entry).where(Entry.change == "viewed")).all()
    assert [entry.record_type for entry in seen] == ["time away at unit"]
