"""The cover of a unit, as a sergeant reads it and an inspector sets it."""

import re
from dataclasses import replace
from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.rostering.actions import WantedCover, set_cover
from npt.rostering.rules import CoverRole
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

COVER = "/teams/T1/cover?from=2026-11-16"
EDIT = "/teams/T1/roster/edit?from=2026-11-16"
LATES = WantedCover(CoverRole.PCSO, range(5), time(18), time(22), 2, date(2026, 11, 1), None)


@built_once
def force(app: Flask, session: Session) -> Flask:
    """Team T1 of area A1 wants two PCSOs on weekday evenings, and has one on Monday 16 November 2026."""
    area = make.area(session, code="A1")
    unit = make.team(session, under=area, code="T1")
    set_cover(session, unit=unit, wanted=LATES)
    pia = make.member(session, number="81", name="Pia Example", role=PolicingRole.PCSO, team=unit)
    make.shift(session, member=pia, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example")
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    session.commit()
    return app


@pytest.fixture
def sergeant(force: Flask) -> Visitor:
    return Visitor(force, "sergeant@force.example")


@pytest.fixture
def inspector(force: Flask) -> Visitor:
    return Visitor(force, "inspector@force.example")


def test_gaps_stand_first_and_every_number_opens_the_shifts_behind_it(sergeant: Visitor) -> None:
    page = sergeant.open(COVER).text
    words = plain(page)
    assert "Gaps Mon 16 Nov 18:00 to 22:00 1 of 2 PCSOs" in words
    assert "Tue 17 Nov 18:00 to 22:00 0 of 2 PCSOs" in words
    assert words.index("Gaps") < words.index("Cover")
    behind = re.search(r'href="(/teams/T1/cover/\d+/2026-11-16)"', page)
    assert behind is not None
    words = plain(sergeant.open(behind[1]).text)
    assert "18:00 22:00 1 1 short for 4 h" in words
    assert re.search(r"Pia Example PCSO 81, Team T1 Mon 16 Nov, 14:00 to 22:00 14:00 to 22:00 no", words)


def test_the_page_of_shifts_says_when_somebody_is_absent_and_never_why(
    sergeant: Visitor, session: Session
) -> None:
    pat = make.member(session, role=PolicingRole.PCSO, team=session.query(Unit).filter_by(code="T1").one())
    shift = make.shift(session, member=pat, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    make.away(session, shift=shift, starts="2026-11-16T20:00", reason="sickness")
    session.commit()
    behind = re.search(r'href="(/teams/T1/cover/\d+/2026-11-16)"', sergeant.open(COVER).text)
    assert behind is not None
    page = sergeant.open(behind[1]).text
    assert "14:00 to 20:00 absent 20:00 to 22:00" in plain(page)
    assert "ickness" not in page


def test_the_start_page_leads_a_sergeant_to_the_gaps_of_the_next_seven_days(
    sergeant: Visitor,
) -> None:
    words = plain(sergeant.open("/").text)
    # Today's is over at ten in the evening.
    found = re.search(r"\b([45] gaps) in minimum cover of Team T1 in the next seven days", words)
    assert found is not None
    assert f"{found[1]} from now on in Team T1." in plain(sergeant.open(COVER).text)


def test_an_area_shows_which_team_has_gaps_on_which_day(inspector: Visitor) -> None:
    words = plain(inspector.open("/teams/A1/cover?from=2026-11-16").text)
    assert re.search(r"Team T1 T1 (1 gap ){5}no minimum no minimum 5", words)
    assert re.search(r"[45] gaps from now on in Area A1 and the units below\.", words)


def test_an_inspector_sets_a_minimum_and_ends_it(inspector: Visitor) -> None:
    answer = inspector.send(
        "/teams/A1/cover/add",
        number="3",
        role="patrol",
        weekdays="4",
        starts="2200",
        ends="0600",
        starts_on="1 11 2026",
    )
    assert answer.status_code == 303
    page = inspector.open("/teams/A1/cover?from=2026-11-16").text
    assert "3 constables or PCSOs Fridays 22:00 to 06:00 1 Nov" in plain(page)
    change = re.search(r'href="(/teams/A1/cover/\d+)"', page)
    assert change is not None
    assert inspector.send(change[1], number="3", ends_on="19 11 2026").status_code == 303
    words = plain(inspector.open("/teams/A1/cover?from=2026-11-16").text)
    assert "Area A1 has no minimum this week." in words


def test_an_overlapping_minimum_is_refused_with_its_name(inspector: Visitor) -> None:
    page = inspector.send(
        "/teams/T1/cover/add",
        number="1",
        role="pcso",
        weekdays="2",
        starts="21:00",
        ends="23:00",
        starts_on="20 11 2026",
    )
    assert page.status_code == 422
    told = "already needs 2 PCSOs, Mondays to Fridays 18:00 to 22:00, from 1 November 2026"
    assert told in plain(page.text)
    assert 'value="21:00"' in page.text


def test_two_inspectors_who_change_one_minimum_see_both_versions(force: Flask, inspector: Visitor) -> None:
    change = re.search(r'href="(/teams/T1/cover/\d+)"', inspector.open(COVER).text)
    assert change is not None
    inspector.open(change[1])
    Visitor(force, "inspector@force.example").send(change[1], number="4", ends_on="")
    page = inspector.fill(change[1], number="3")
    assert page.status_code == 409
    assert "Minimum number differs 4" in plain(page.text)


def test_an_open_end_is_until_further_notice_where_both_versions_are_shown(
    force: Flask, inspector: Visitor
) -> None:
    change = re.search(r'href="(/teams/T1/cover/\d+)"', inspector.open(COVER).text)
    assert change is not None
    inspector.open(change[1])
    Visitor(force, "inspector@force.example").send(change[1], number="2", ends_on="30 11 2026")
    words = plain(inspector.fill(change[1], number="2").text)
    assert "Last day differs until further notice" in words
    assert "Last day differs 30 November 2026" in words


def test_the_preview_of_a_block_says_which_gaps_it_opens_and_closes(
    sergeant: Visitor, session: Session
) -> None:
    sergeant.open(EDIT)
    page = sergeant.fill(f"{EDIT}&preview=yes", days="2026-11-16", verb="clear")
    words = plain(page.text)
    assert "Makes a gap worse: Mon 16 Nov 18:00 to 22:00, 1 of 2 PCSOs now, 0 of 2 PCSOs then" in words
    assert "November 2026: PCSOs: takes 24 min" in words
    unit = session.query(Unit).filter_by(code="A1").one()
    set_cover(session, unit=unit, wanted=replace(LATES, number=1))
    session.commit()
    sergeant.open(EDIT)
    page = sergeant.fill(f"{EDIT}&preview=yes", days="2026-11-17", verb="times", starts="1900", ends="0300")
    words = plain(page.text)
    assert "Closes a gap for Area A1: Tue 17 Nov 19:00 to 22:00, 0 of 1 PCSO now, met then" in words
    assert "Eases a gap: Tue 17 Nov 19:00 to 22:00, 0 of 2 PCSOs now, 1 of 2 PCSOs then" in words
    assert "PCSOs: gives back 24 min" in words
