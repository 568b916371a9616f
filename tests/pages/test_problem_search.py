"""The search over problems, the list of a unit and its board as people read them."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.matters.models import Matter
from npt.problems.rules import Bearing, Outcome, Stage
from tests import make
from tests.visiting import Visitor, plain

EMAIL = "officer@f.example"


@pytest.fixture
def officer(app: Flask, session: Session) -> Visitor:
    """An officer of T1; a problem of T1 that is open, one that is closed, and one of a team out of reach."""
    team = make.team(session, code="T1")
    make.account(session, role=Role.OFFICER, unit=team, email=EMAIL)
    make.problem(session, unit=team, title="Anti-social drinking by O’Brien’s", place="At SW1A 1AA")
    make.problem(
        session,
        unit=team,
        title="Sheds burgled",
        stage=Stage.CLOSED,
        outcome=Outcome.REDUCED,
        bearing=Bearing.NOT_SHOWN,
    )
    make.problem(session, unit=make.team(session, code="T2"), title="Drinking elsewhere")
    session.commit()
    return Visitor(app, EMAIL)


@pytest.mark.parametrize("typed", ["O'Brien", "anti-social", "antisocial", "SW1A1AA", "drinks"])
def test_a_problem_is_found_however_it_is_typed_and_none_out_of_reach(officer: Visitor, typed: str) -> None:
    page = plain(officer.client.get("/problems", query_string={"q": typed}).text)
    assert "Anti-social drinking by O’Brien’s" in page
    assert "elsewhere" not in page


def test_a_reference_or_a_category_that_is_typed_leads_there(officer: Visitor, session: Session) -> None:
    own, other = session.scalars(select(Matter.reference).order_by(Matter.id)).all()[::2]
    session.commit()
    page = officer.client.get("/problems", query_string={"q": own.lower().replace("-", " ")}).text
    assert f'href="/problems/{own}"' in page
    assert f"/problems/{other}" not in officer.client.get("/problems", query_string={"q": other}).text
    assert 'href="/problems?category=asb"' in officer.client.get("/problems?q=anti-social+behaviour").text


@pytest.mark.parametrize("typed", ["?!", "'--", "the", '"*"', "()"])
def test_a_search_without_a_word_is_told_so_in_plain_words(officer: Visitor, typed: str) -> None:
    answer = officer.client.get("/problems", query_string={"q": typed})
    assert answer.status_code == 200
    assert "There is no word to look for" in plain(answer.text)


def test_far_too_much_to_search_for_is_refused_and_given_back(officer: Visitor) -> None:
    answer = officer.client.get("/problems", query_string={"q": "word " * 100})
    assert answer.status_code == 422
    assert "word word" in answer.text


def test_a_list_shows_what_is_open_and_what_else_the_address_asks_for(officer: Visitor) -> None:
    assert "Sheds burgled" not in officer.client.get("/units/T1/problems").text
    closed = plain(officer.client.get("/units/T1/problems?stage=closed&shown=not-shown").text)
    assert "Sheds burgled" in closed
    assert "not shown by the figures" in closed


def test_what_waits_for_a_score_is_listed_though_it_is_closed_and_the_form_says_so(officer: Visitor) -> None:
    page = officer.client.get("/units/T1/problems?stage=&waits=scorer").text
    assert "Sheds burgled" in page
    assert '<option value="all" selected>Open and closed' in page
    assert "Sheds burgled" not in officer.client.get("/units/T1/problems?stage=open&waits=scorer").text


def test_the_board_lays_problems_out_by_stage(officer: Visitor) -> None:
    page = plain(officer.client.get("/units/T1/problems/board").text)
    assert "Scanning 1" in page
    assert "Analysis 0" in page
