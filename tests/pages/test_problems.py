"""Problem records as people start them in the street, fill them in stage by stage, and move them on."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.matters.models import Matter
from npt.organisation.queries import unit_at
from npt.people.rules import PolicingRole
from npt.problems.models import Problem
from npt.problems.queries import stage_told_to_residents
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


def test_problems_are_listed_and_found_by_the_kind_of_place(officer: Visitor) -> None:
    address = started(officer)
    page = sent(officer, f"{address}/scanning", **{**SCANNING, "place_kind": "car-park"})
    assert "Kind of place Car park" in page
    assert '<option value="car-park" selected>' in officer.open(f"{address}/scanning").text
    for asked in ("/units/T1/problems?place=", "/problems?place="):
        assert address in officer.open(f"{asked}car-park").text
        assert address not in officer.open(f"{asked}green").text


def test_scanning_that_somebody_else_saved_meanwhile_shows_both_sides(officer: Visitor, patch: Flask) -> None:
    address = started(officer)
    officer.open(f"{address}/scanning")
    sent(
        Visitor(patch, "sergeant@f.example"), f"{address}/scanning", **{**SCANNING, "shows-1": "Twenty calls"}
    )
    answer = officer.fill(f"{address}/scanning", **{**SCANNING, "harmed": "Residents"})
    assert answer.status_code == 409
    told = plain(answer.text)
    assert "Twenty calls" in told
    assert "Fourteen calls" in told


def test_a_button_that_is_pressed_after_the_problem_has_moved_is_told(officer: Visitor, patch: Flask) -> None:
    address = started(officer)
    sent(officer, f"{address}/scanning", **SCANNING)
    officer.open(address)
    sent(Visitor(patch, "sergeant@f.example"), f"{address}/stage", stage="analysis")
    answer = officer.fill(f"{address}/stage", stage="analysis")
    assert answer.status_code == 409
    told = plain(answer.text)
    assert "Somebody else changed this after you opened it" in told
    assert "It is at analysis ." in told


def test_going_back_needs_a_reason_that_stays(officer: Visitor) -> None:
    address = started(officer)
    sent(officer, f"{address}/scanning", **SCANNING)
    sent(officer, f"{address}/stage", stage="analysis")
    refused = officer.send(f"{address}/stage", stage="scanning")
    assert (refused.status_code, "Say why it goes back." in refused.text) == (422, True)
    page = sent(officer, f"{address}/stage", stage="scanning", reason="The calls were of one evening")
    assert "Back to scanning : The calls were of one evening" in page


def test_half_a_source_is_refused_beside_the_half_that_is_missing(officer: Visitor) -> None:
    address = started(officer)
    for half, message in (
        ({"kind-2": "survey", "shows-2": ""}, "Say what it shows."),
        ({"kind-2": "", "shows-2": "A third"}, "Choose what kind of source it is."),
    ):
        answer = officer.send(f"{address}/scanning", **{**SCANNING, **half})
        assert answer.status_code == 422
        assert message in plain(answer.text)
    answer = officer.send(f"{address}/analysis", **{**ANALYSIS, "why-1": ""})
    assert "Say what the hypothesis is." in plain(answer.text)


def test_fifty_thousand_words_are_told_and_none_is_lost(officer: Visitor) -> None:
    address, words = started(officer), "barrier " * 50_000
    answer = officer.send(f"{address}/analysis", **{**ANALYSIS, "victim": words})
    assert answer.status_code == 422
    assert "must be 6,000 characters or fewer: it has 399,999." in plain(answer.text)
    assert words.strip() in answer.text
    assert "A dispersal order" in answer.text


def test_what_is_typed_is_shown_as_it_was_and_runs_nowhere(officer: Visitor) -> None:
    words = "<script>alert(1)</script> '; DROP TABLE problem; --"
    page = officer.open(started(officer, title=words, place=words, harmed=words)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#39;; DROP TABLE problem; --" in page


def test_who_keeps_no_problems_there_cannot_change_one_nor_find_it(officer: Visitor, patch: Flask) -> None:
    address = started(officer)
    other, board = Visitor(patch, "other@f.example"), Visitor(patch, "board@f.example")
    assert other.open(address).status_code == 404
    assert other.open(f"{address}/scanning").status_code == 404
    page = board.open(address)
    assert page.status_code == 200
    assert f'href="{address}/scanning"' not in page.text
    assert "Names and tactics" not in page.text
    assert board.open(f"{address}/scanning").status_code == 403
    assert board.open(f"{address}/sensitive").status_code == 403


def test_names_and_tactics_are_left_out_on_paper_unless_they_are_asked_for(officer: Visitor) -> None:
    address = started(officer)
    sent(officer, f"{address}/sensitive", people="J. from the flats", tactics="Plain clothes")
    hidden = '<section class="govuk-!-display-none-print">'
    assert hidden in officer.open(address).text
    assert hidden not in officer.open(f"{address}?print=sensitive").text
    assert "tick that what is written is to be removed" in officer.send(f"{address}/sensitive").text
    assert "Nothing is written here." in sent(officer, f"{address}/sensitive", is_emptied="yes")


def test_a_problem_handed_to_another_team_leads_back_to_the_list_of_the_own(officer: Visitor) -> None:
    address = started(officer)
    page = sent(officer, f"{address}/owner", owner_named="board@f.example", unit="T2")
    assert "No problem matches" in page
    assert officer.open(address).status_code == 404
    address = started(officer)
    refused = officer.send(f"{address}/owner", owner_named="board@f.example", unit="NOWHERE")
    assert "There is no unit NOWHERE" in plain(refused.text)


def test_an_agency_that_is_given_a_problem_has_to_be_shown_it(officer: Visitor, session: Session) -> None:
    make.agency(session, code="LBC")
    session.commit()
    page = sent(officer, f"{started(officer)}/owner", owner_named="LBC", unit="T1")
    assert "It is not shared with them, so they cannot see it yet" in plain(page)


def test_an_action_set_from_the_problem_is_of_the_stage_that_it_is_at(
    officer: Visitor, session: Session
) -> None:
    address = started(officer)
    page = officer.open(address).text
    href = re.search(r'href="(/units/T1/actions/new\?[^"]+)"', page)
    assert href is not None
    form = officer.open(href[1].replace("&amp;", "&")).text
    assert '<option value="scanning" selected>' in form


def test_only_a_problem_that_one_may_see_is_linked(officer: Visitor, patch: Flask) -> None:
    address = started(officer)
    theirs = started(Visitor(patch, "other@f.example"), team="T2").rpartition("/")[2]
    refused = officer.send(f"{address}/links", other=theirs, kind="related")
    assert f"There is no problem {theirs} that you can see" in plain(refused.text)
    ours = started(officer, title="Mopeds again").rpartition("/")[2]
    page = sent(officer, f"{address}/links", other=ours.lower().replace("-", " "), kind="duplicate")
    assert "The same problem: Mopeds again" in page


def test_a_paper_record_is_kept_at_its_stage_and_marked(officer: Visitor) -> None:
    paper = {**START, "owner_named": "board@f.example", "stage": "closed", "paper": "OLD 17"}
    refused = officer.send("/units/T1/problems/keyed", **paper, opened_on="4 5 2006")
    assert "Give the day on which it was closed." in plain(refused.text)
    page = sent(
        officer,
        "/units/T1/problems/keyed",
        **paper,
        opened_on="4 5 2006",
        closed_on="1 2 2007",
        outcome="reduced",
    )
    assert "Stages not proved here" in page
    assert "Fewer incidents, not shown by the figures" in page
    assert "not proved here" in plain(officer.open("/units/T1/problems?stage=closed").text)


def test_a_paper_record_of_a_neighbourhood_is_its_team_s(officer: Visitor, session: Session) -> None:
    make.neighbourhood(session, under=unit_at(session, "T1"), code="N1")
    session.commit()
    page = officer.open("/units/N1/problems/keyed").text
    assert '<option value="T1" selected>' in page


def test_what_was_typed_without_a_signal_is_of_the_day_on_which_it_was_typed(
    officer: Visitor, session: Session
) -> None:
    typed = (NOW - timedelta(days=8)).isoformat()
    address = started(officer, reference="s-phone", typed_at=typed)
    assert started(officer, reference="s-phone", typed_at=typed, title="Another") == address
    assert "Raised 8 November 2026" in plain(officer.open(address).text)


def test_residents_are_told_in_their_words_how_far_it_has_come(officer: Visitor, session: Session) -> None:
    started(officer)
    problem = session.scalars(select(Problem)).one()
    matter = session.get_one(Matter, problem.matter_id)
    assert stage_told_to_residents(session, matter).startswith("we are finding out how often it happens")


def test_the_start_page_says_the_next_step_of_each_of_my_problems(officer: Visitor, patch: Flask) -> None:
    address = started(officer)
    assert "Mopeds race around the precinct Scanning: Give evidence" in plain(officer.open("/").text)
    sent(officer, f"{address}/scanning", **SCANNING)
    assert "Scanning: Move it on to analysis" in plain(officer.open("/").text)
    assert "My problems" not in Visitor(patch, "sergeant@f.example").open("/").text
