"""The link by which whoever raised a priority answers: once, in time, and by a button."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.organisation.models import Succession, Unit
from npt.outbox.models import Letter
from npt.priorities.models import Originator, Priority, PriorityLink
from npt.priorities.rules import Ending, PriorityState
from tests import make
from tests.records.priority_desk import DAY, agreed, lead_of, proposed
from tests.visiting import Visitor, plain, stop_the_clock

SERGEANT = "sergeant@force.example"
WHERE, WHAT = "Mill Lane ward", "Racing in Mill Lane"


@pytest.fixture
def today() -> date:
    return DAY


@pytest.fixture
def priority(session: Session) -> Priority:
    """A priority that whoever raised it can be asked about by email."""
    session.expire_on_commit = False
    team = make.team(session, code="T1")
    place = make.neighbourhood(session, under=team, code="N1")
    place.name = WHERE
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT)
    made = agreed(session, team, lead_of(session, team), neighbourhood=place, title=WHAT)
    session.commit()
    return made


@pytest.fixture
def link(app: Flask, session: Session, priority: Priority) -> str:
    """The path of the link in the letter, once the team calls it solved."""
    visitor = Visitor(app, SERGEANT)
    address = f"/units/T1/priorities/{priority.id}"
    assert visitor.send(f"{address}/solved", done="Barriers stand there.").status_code == 303
    assert "1 person asked by email" in plain(visitor.open(address).text)
    letter = session.scalars(select(Letter)).one()
    session.commit()
    assert WHERE in (letter.text or "")
    assert WHAT in (letter.text or "")
    found = re.search(r"http://localhost(/priorities/\S+)", letter.text or "")
    assert found is not None, letter.text
    return found[1]


def now_is(session: Session, priority: Priority) -> Priority:
    session.commit()
    found = session.get_one(Priority, priority.id, populate_existing=True)
    session.commit()
    return found


class Browser:
    """Somebody who has the page of a link open."""

    def __init__(self, app: Flask, link: str) -> None:
        self.client, self.link = app.test_client(), link
        page = self.client.get(link).text
        self.hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))

    def send(self, **fields: str) -> TestResponse:
        return self.client.post(self.link, data={**self.hidden, **fields})


def answer(app: Flask, link: str, **fields: str) -> int:
    return Browser(app, link).send(**fields).status_code


def test_opening_the_link_shows_place_and_nature_and_changes_nothing(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    before = now_is(session, priority).version
    for _ in range(3):
        assert app.test_client().head(link).status_code == 200
        shown = plain(app.test_client().get(link).text)
        assert [each for each in (WHERE, WHAT, "Barriers stand there.") if each not in shown] == []
        assert "Ann Example" not in shown
    found = now_is(session, priority)
    assert (found.state, found.version) == (PriorityState.WAITING, before)
    assert session.scalars(select(PriorityLink.used_at)).one() is None


def test_a_yes_closes_it_and_the_link_is_used_up(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    assert answer(app, link, is_solved="yes") == 303
    assert now_is(session, priority).ending is Ending.ACCEPTED
    assert "This link has been used" in plain(app.test_client().get(link).text)
    # Sent once more, as by a double click or by somebody to whom it was forwarded.
    assert app.test_client().post(link, data={"is_solved": "no", "reason": "Not at all"}).status_code < 500
    assert now_is(session, priority).ending is Ending.ACCEPTED


def test_a_no_needs_a_reason_and_reopens_it(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    assert answer(app, link, is_solved="no") == 422
    assert now_is(session, priority).state is PriorityState.WAITING
    assert answer(app, link, is_solved="no", reason="They still race on Fridays.") == 303
    found = now_is(session, priority)
    assert (found.state, found.refusals) == (PriorityState.OPEN, 1)
    page = Visitor(app, SERGEANT).open(f"/units/T1/priorities/{priority.id}")
    assert "They still race on Fridays." in plain(page.text)
    assert "Priorities refused" in plain(Visitor(app, SERGEANT).open("/").text)


def test_two_browsers_with_the_same_link_give_one_answer(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    first, second = Browser(app, link), Browser(app, link)
    assert first.send(is_solved="no", reason="Still").status_code == 303
    late = second.send(is_solved="yes")
    assert "This link has been used" in plain(late.text)
    assert now_is(session, priority).refusals == 1


def test_a_link_that_has_run_out_says_so_and_takes_nothing(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    browser = Browser(app, link)
    stop_the_clock(app, datetime(2027, 1, 20, 12, tzinfo=UTC))
    shown = app.test_client().get(link)
    assert (shown.status_code, "This link has run out" in plain(shown.text)) == (200, True)
    assert "This link has run out" in plain(browser.send(is_solved="yes").text)
    assert now_is(session, priority).state is PriorityState.WAITING


def test_a_link_that_is_altered_or_not_ours_is_not_found(app: Flask, link: str) -> None:
    for each in (link[:-3], f"{link}x", "/priorities/nothing", "/priorities/%00"):
        assert app.test_client().get(each).status_code == 404


def test_what_is_settled_meanwhile_is_told_plainly(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    browser, visitor = Browser(app, link), Visitor(app, SERGEANT)
    whom = str(session.scalars(select(Originator.id)).one())
    session.commit()
    address = f"/units/T1/priorities/{priority.id}/answer"
    assert visitor.send(address, originator_id=whom, recorded="taken-back").status_code == 303
    assert "There is nothing to answer any more" in plain(app.test_client().get(link).text)
    assert "There is nothing to answer any more" in plain(browser.send(is_solved="yes").text)
    assert now_is(session, priority).state is PriorityState.OPEN


def test_hostile_words_are_shown_as_words(
    app: Flask, session: Session, priority: Priority, link: str
) -> None:
    assert answer(app, link, is_solved="no", reason="<script>alert(1)</script>") == 303
    shown = Visitor(app, SERGEANT).open(f"/units/T1/priorities/{priority.id}").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_whoever_may_not_keep_priorities_reads_no_name(
    app: Flask, session: Session, priority: Priority
) -> None:
    make.account(session, role=Role.HMIC, unit=session.get_one(Unit, priority.unit_id), email="h@h.example")
    session.commit()
    shown = plain(Visitor(app, "h@h.example").open(f"/units/T1/priorities/{priority.id}").text)
    assert "A resident" in shown
    assert [each for each in ("Ann Example", "960123", "ann@home") if each in shown] == []


def test_the_sixth_priority_shows_the_list_to_choose_from(
    app: Flask, session: Session, priority: Priority
) -> None:
    team = session.get_one(Unit, priority.unit_id)
    lead = lead_of(session, team)
    for number in range(4):
        agreed(session, team, lead, title=f"Litter {number}")
    session.commit()
    visitor = Visitor(app, SERGEANT)
    terms = {
        "title": "Fires in bins",
        "raised_on": "16 11 2026",
        "kind": "officer",
    }
    made = visitor.send("/units/T1/priorities/new", **terms)
    assert made.status_code == 303
    answer = visitor.send(
        f"{made.location}/agree",
        agreed_how="team",
        agreed_on="16 11 2026",
        lead=str(lead.id),
        problem="start",
        category=_first_choice(visitor, f"{made.location}/agree", "category"),
        place="Park",
        harmed="Residents",
    )
    assert answer.status_code == 422
    assert [each for each in (WHAT, "Litter 0", "Litter 3") if each not in plain(answer.text)] == []


def _first_choice(visitor: Visitor, address: str, name: str) -> str:
    page = visitor.open(address).text
    found = re.search(rf'name="{name}".*?<option value="(\d+)"', page, re.S)
    assert found is not None
    return found[1]


def test_who_raised_what_no_team_takes_over_from_a_closed_one_is_told(
    app: Flask, session: Session, priority: Priority
) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    area = session.get_one(Unit, team.parent_id)
    session.add(Succession(predecessor_id=team.id, successor_id=make.team(session, under=area, code="T2").id))
    team.closed_on = DAY - timedelta(days=1)
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    session.commit()
    inspector = Visitor(app, "inspector@force.example")
    assert "/units/T1/priorities/carry-over" in inspector.open(f"/units/{area.code}/priorities").text
    session.rollback()
    chosen = {f"priority_{priority.id}": "stopped."}
    assert inspector.send("/units/T1/priorities/carry-over", **chosen).status_code == 303
    told = "1 priority no longer chosen. 1 person told by email."
    assert told in plain(inspector.open("/units/T1/priorities").text)
    assert now_is(session, priority).ending is Ending.NOT_CHOSEN


def test_the_numbers_of_a_month_open_those_that_closed_in_it_and_no_others(
    app: Flask, session: Session, priority: Priority
) -> None:
    sergeant = Visitor(app, SERGEANT)
    assert "Closed in" not in plain(sergeant.open("/units/T1/priorities").text)
    team = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    for title, day in (("Litter in the park", date(2026, 10, 31)), ("Fires in bins", DAY)):
        made = proposed(session, team, title=title, raised_on=date(2026, 1, 1))
        made.closed_on, made.ending = day, Ending.NOT_CHOSEN
    session.commit()
    month = sergeant.open("/units/T1/months/2026-11").text
    found = re.search(r'href="(/units/T1/priorities\?[^"]*ending=[^"]*)"', month)
    assert found is not None
    page = plain(sergeant.open(unescape(found[1])).text)
    assert "Fires in bins" in page
    assert "Litter in the park" not in page
    assert "November 2026 October 2026" in page


def test_who_calls_it_solved_second_is_told_and_has_no_blank_version_to_choose(
    app: Flask, session: Session, priority: Priority
) -> None:
    address = f"/units/T1/priorities/{priority.id}/solved"
    late, first = Visitor(app, SERGEANT), Visitor(app, SERGEANT)
    late.open(address)
    first.send(address, done="Barriers stand there.")
    told = late.fill(address, done="Barriers, since Friday.")
    assert told.status_code == 409
    assert "Somebody else changed this after you opened it" in plain(told.text)
    assert "Barriers, since Friday." in told.text
    assert "Keep theirs" not in told.text
