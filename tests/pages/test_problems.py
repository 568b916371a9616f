"""Problem records as people start them in the street, fill them in stage by stage, and move them on."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.problems.models import Problem
from npt.problems.rules import Stage
from tests import make
from tests.visiting import Visitor, plain, stop_the_clock

NOW = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)
START = {
    "title": "Mopeds race around the precinct",
    "category": "asb",
    "place": "Precinct car park",
    "noticed": "resident",
    "harmed": "Shoppers",
    "team": "T1",
}
SCANNING = {
    **{name: START[name] for name in ("title", "category", "place", "noticed", "harmed")},
    "radius": "250",
    "kind-1": "calls",
    "shows-1": "Fourteen calls",
    "kind-2": "patrol",
    "shows-2": "Seen on nine evenings",
    "why_this_one": "People name it first",
    "is_involved": "no",
}
ANALYSIS = {
    **dict.fromkeys(("victim", "guardian", "offender", "handler", "location", "manager"), "Known"),
    "why-1": "The barrier stands open",
    "supports-1": "It has no lock",
    "weakens-1": "They come on foot too",
    "tried_before": "A dispersal order",
    "similar": "yes",
    "is_involved": "yes",
    "involved_how": "Residents walked it with us",
}


@pytest.fixture
def patch(app: Flask, session: Session) -> Flask:
    """Teams T1 and T2 of one area, an officer and a sergeant of T1, an officer of T2, a board, an admin."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="C"), code="A1")
    team, other = make.team(session, under=area, code="T1"), make.team(session, under=area, code="T2")
    ann = make.member(session, name="Ann Bell", role=PolicingRole.CONSTABLE, team=team)
    make.account(session, role=Role.OFFICER, unit=team, email="officer@f.example", name="Ann", member=ann)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@f.example", name="Sam Hill")
    make.account(session, role=Role.OFFICER, unit=other, email="other@f.example")
    make.account(session, role=Role.BOARD, unit=force, email="board@f.example")
    session.commit()
    stop_the_clock(app, NOW)
    return app


@pytest.fixture
def officer(patch: Flask) -> Visitor:
    return Visitor(patch, "officer@f.example")


def started(visitor: Visitor, **fields: str) -> str:
    """Start a problem; the address of its page."""
    answer = visitor.send("/problems/new", **{**START, **fields})
    assert answer.status_code == 303, plain(answer.text)
    return str(answer.location)


def sent(visitor: Visitor, address: str, **fields: str) -> str:
    """Send a form that is taken; the page that follows, in words."""
    answer = visitor.send(address, **fields)
    assert answer.status_code == 303, plain(answer.text)
    return plain(visitor.open(str(answer.location)).text)


def test_five_things_start_a_problem_that_belongs_to_whoever_started_it(officer: Visitor) -> None:
    page = plain(officer.open(started(officer)).text)
    assert "Mopeds race around the precinct" in page
    assert re.search("Ann Bell : Give evidence that it keeps happening", page)


def test_a_problem_goes_from_scanning_to_response_once_nothing_is_missing(
    officer: Visitor, session: Session
) -> None:
    address = started(officer)
    refused = officer.send(f"{address}/stage", stage="analysis")
    assert refused.status_code == 422
    assert "Scanning asks for 3 more things first" in plain(refused.text)
    assert f'href="{address}/scanning#sources"' in refused.text
    assert "Seen on nine evenings" in sent(officer, f"{address}/scanning", **SCANNING)
    assert "Now at analysis." in sent(officer, f"{address}/stage", stage="analysis")
    page = sent(officer, f"{address}/analysis", **ANALYSIS)
    assert "Supported by It has no lock" in page
    assert "looked at on 16 November 2026" in page
    assert "Now at response." in sent(officer, f"{address}/stage", stage="response")
    problem = session.scalars(select(Problem)).one()
    assert problem.stage is Stage.RESPONSE
