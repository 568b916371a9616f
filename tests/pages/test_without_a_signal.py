"""What a phone without a signal is given to keep, and what becomes of what it sends later."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts.rules import SESSION_LIFETIME
from npt.categories.models import Category
from npt.engagement.models import Contact, Patrol
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.settings import ROOT
from tests import make
from tests.visiting import Visitor, plain, stop_the_clock

#: A Monday; the clocks went back on 25 October.
NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
CONTACTS, PATROLS = "/contacts/new", "/patrols/new"


@pytest.fixture
def patch(app: Flask, session: Session) -> Flask:
    """Neighbourhood N1 of team T1, and two PCSOs who share a phone."""
    team = make.team(
        session, under=make.area(session, under=make.bcu(session, code="C"), code="A1"), code="T1"
    )
    make.neighbourhood(session, under=team, code="N1")
    for name in ("Pat", "Sam"):
        member = make.member(session, name=f"{name} Okoro", role=PolicingRole.PCSO, team=team)
        make.account(
            session, role=Role.PCSO, unit=team, email=f"{name.lower()}@f.example", name=name, member=member
        )
    session.commit()
    stop_the_clock(app, NOW)
    return app


@pytest.fixture
def pat(patch: Flask) -> Visitor:
    return Visitor(patch, "pat@f.example")


def asked(visitor: Visitor, address: str, asks: str) -> TestResponse:
    """What the script of the phone gets when it asks."""
    return visitor.client.get(address, headers={"X-Npt-Phone": asks})


def sent(visitor: Visitor, address: str, asks: str = "send", **fields: str) -> TestResponse:
    """What the script is answered when it sends what waited."""
    here = asked(visitor, PATROLS, "who").json
    assert here is not None
    typed = {"typed_by": here["account"], **fields, "csrf_token": here["token"]}
    return visitor.client.post(address, data=typed, headers={"X-Npt-Phone": asks})


def typed_at(**ago: float) -> str:
    return (NOW - timedelta(**ago)).isoformat()


# What is kept on the phone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [CONTACTS, PATROLS])
def test_a_form_that_is_kept_names_nobody_and_opens_nothing(pat: Visitor, address: str) -> None:
    own, kept = pat.open(address), asked(pat, address, "form")
    assert ("csrf_token" in own.text, "Sign out" in own.text) == (True, True)
    for word in ("csrf_token", "Sign out", "Pat", "Okoro", "pat@f.example"):
        assert word not in kept.text
    assert "data-npt-kept" in kept.text
    assert 'value="N1"' in kept.text


def test_a_kept_patrol_leaves_its_times_to_the_phone(pat: Visitor) -> None:
    assert 'value="14:30"' in pat.open(PATROLS).text
    assert not re.search(r'name="(starts|ends|on-day)"[^>]* value="\d', asked(pat, PATROLS, "form").text)


def test_a_form_that_is_kept_offers_no_key_individual(pat: Visitor, session: Session) -> None:
    make.key_individual(
        session, unit=session.scalars(select(Unit).where(Unit.code == "N1")).one(), name="Ada Marlow"
    )
    session.commit()
    assert "Ada Marlow" in pat.open(CONTACTS).text
    kept = asked(pat, CONTACTS, "form").text
    assert ("Ada Marlow" in kept, 'name="individual"' in kept) == (False, False)


def test_whoever_asks_is_told_who_is_here_only_with_a_session(pat: Visitor, patch: Flask) -> None:
    here = asked(pat, PATROLS, "who").json
    assert here is not None
    assert set(here) == {"account", "token", "now"}
    assert datetime.fromisoformat(here["now"]) == NOW
    stranger = patch.test_client().get(PATROLS, headers={"X-Npt-Phone": "who"})
    assert (stranger.status_code, stranger.is_json) == (303, False)


def test_the_worker_has_the_policy_of_every_page_since_it_could_fetch_nothing_without(patch: Flask) -> None:
    answer = patch.test_client().get("/worker.js")
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/javascript"
    assert re.match(r'self\.build = "[0-9a-f]{16}"\n', answer.text)


def test_the_pages_and_the_worker_name_the_same_build(pat: Visitor) -> None:
    (build,) = re.findall(r'data-npt-build="(\w+)"', pat.open("/").text)
    assert f'self.build = "{build}"' in pat.open("/worker.js").text


def test_the_parts_that_the_worker_keeps_are_there() -> None:
    worker = (ROOT / "assets" / "worker.js").read_text(encoding="utf-8")
    (listed,) = re.findall(r"PARTS = \[([^\]]+)\]", worker)
    for name in re.findall(r"'([^']+)'", listed):
        assert (ROOT / "npt" / "static" / "dist" / name).exists()


def test_a_phone_takes_nobody_for_signed_in_longer_than_a_session_lasts() -> None:
    queue = (ROOT / "assets" / "queue.js").read_text(encoding="utf-8")
    found = re.search(r"LONGEST_SESSION = \((\d+) \* 60 \+ (\d+)\) \* 60_000", queue)
    assert found is not None
    assert timedelta(hours=int(found[1]), minutes=int(found[2])) == SESSION_LIFETIME


def test_signing_out_clears_nothing_that_waits_on_the_phone(pat: Visitor) -> None:
    pat.open("/")
    assert "Clear-Site-Data" not in pat.fill("/sign-out").headers


# What is sent later -----------------------------------------------------------------------------------------


def test_what_waited_eight_days_is_kept_once_however_often_it_is_sent(pat: Visitor, session: Session) -> None:
    waited = {"neighbourhood": "N1", "words": "Bikes", "reference": "c-phone", "typed_at": typed_at(days=8)}
    for key in ("a" * 36, "b" * 36):
        assert sent(pat, CONTACTS, **waited, submission_key=key).json == {"kept": CONTACTS}
    contact = session.scalars(select(Contact)).one()
    assert (contact.at, contact.is_late) == (NOW - timedelta(days=8), True)


def test_the_next_page_says_nothing_of_what_was_sent_by_itself(pat: Visitor) -> None:
    sent(pat, CONTACTS, neighbourhood="N1", submission_key="a" * 36)
    assert "Contact recorded" not in pat.open("/").text
    sent(pat, CONTACTS, "press", neighbourhood="N1", submission_key="b" * 36)
    assert "Contact recorded: 2 people today." in pat.open("/").text


def test_what_is_refused_is_told_to_the_script_in_words(pat: Visitor, session: Session) -> None:
    answer = sent(pat, PATROLS, neighbourhood="N1", mode="foot", submission_key="a" * 36)
    assert answer.status_code == 422
    assert answer.json == {"refused": ["Enter the day.", "Enter the start.", "Enter the end."]}
    assert session.scalars(select(Patrol)).all() == []


@pytest.mark.parametrize("address", [CONTACTS, PATROLS])
def test_what_somebody_else_typed_on_the_same_phone_is_not_put_on_whoever_sends_it(
    pat: Visitor, patch: Flask, session: Session, address: str
) -> None:
    typist = asked(pat, PATROLS, "who").json
    assert typist is not None
    times = {"mode": "foot", "on": "2 11 2026", "starts": "13:00", "ends": "14:00"}
    answer = Visitor(patch, "sam@f.example").send(
        address, neighbourhood="N1", typed_by=typist["account"], **(times if address == PATROLS else {})
    )
    assert answer.status_code == 422, answer.text
    assert "Somebody else typed this on the same phone" in plain(answer.text)
    assert [*session.scalars(select(Contact)), *session.scalars(select(Patrol))] == []


def test_answers_to_an_older_form_are_looked_at_once_more(pat: Visitor, session: Session) -> None:
    answer = pat.send(CONTACTS, neighbourhood="N1", words="Bikes", edition="older")
    assert answer.status_code == 422
    assert "This form has changed since it was filled in" in plain(answer.text)
    pat.page = answer
    assert pat.fill(CONTACTS, neighbourhood="N1", words="Bikes").status_code == 303
    assert len(session.scalars(select(Contact)).all()) == 1


def test_a_category_that_closed_after_it_was_typed_is_taken_and_one_before_is_told(
    pat: Visitor, session: Session
) -> None:
    closing = update(Category).where(Category.code == "noise").values(closed_on=date(2026, 10, 30))
    session.execute(closing)
    session.commit()
    typed = {"neighbourhood": "N1", "category": "noise"}
    kept = sent(pat, CONTACTS, **typed, typed_at=typed_at(days=5), submission_key="a" * 36)
    assert kept.status_code == 200
    refused = sent(pat, CONTACTS, **typed, typed_at=typed_at(days=1), submission_key="b" * 36)
    assert refused.json == {"refused": ["What matters: choose one from the list."]}


def test_a_time_without_a_day_is_of_the_day_on_which_it_was_typed(pat: Visitor, session: Session) -> None:
    typed = {"neighbourhood": "N1", "at": "09:15", "typed_at": typed_at(days=3)}
    assert sent(pat, CONTACTS, **typed, submission_key="a" * 36).status_code == 200
    assert session.scalars(select(Contact.at)).one() == datetime(2026, 10, 30, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("hour", [0, 1], ids=["first", "second"])
def test_the_hour_that_happens_twice_is_told_apart_by_the_instant(
    pat: Visitor, session: Session, hour: int
) -> None:
    half_past_one = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    typed = {"neighbourhood": "N1", "typed_at": half_past_one.isoformat()}
    assert sent(pat, CONTACTS, **typed, submission_key="a" * 36).status_code == 200
    contact = session.scalars(select(Contact)).one()
    assert (contact.at, contact.on_date) == (half_past_one, date(2026, 10, 25))


def test_a_patrol_in_the_hour_that_happens_twice_says_which(pat: Visitor, session: Session) -> None:
    typed = {
        "neighbourhood": "N1",
        "mode": "foot",
        "on-day": "25",
        "on-month": "10",
        "on-year": "2026",
        "starts": "01:45",
        "ends": "01:15",
        "typed_at": "2026-10-25T01:15:00Z",
    }
    asks = sent(pat, PATROLS, **typed, submission_key="a" * 36)
    assert asks.status_code == 422
    which = {"starts_which": "first", "ends_which": "second"}
    assert sent(pat, PATROLS, **typed, **which, submission_key="a" * 36).status_code == 200
    assert session.scalars(select(Patrol.minutes)).one() == 30


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2199-01-01T00:00:00Z"]
)
def test_an_instant_that_cannot_be_is_told(pat: Visitor, session: Session, typed: str) -> None:
    answer = sent(pat, CONTACTS, neighbourhood="N1", typed_at=typed, submission_key="a" * 36)
    assert answer.status_code == 422
    assert session.scalars(select(Contact)).all() == []
