"""The journal as it is searched on a page: who finds what, and what nobody is shown."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import set_password
from npt.accounts.models import Account
from npt.journal.actions import append
from npt.journal.rules import Change, ChangeKind, canonical, fields_of
from npt.organisation.models import Unit
from npt.overview.journal_search import fact_in_words
from npt.people.actions import grant_role
from npt.people.models import Member
from npt.store.transaction import writing
from tests import make
from tests.records.desk import sit_down
from tests.visiting import Visitor, plain

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ADMIN = "admin@force.example"


@pytest.fixture
def force(session: Session) -> Unit:
    with writing(session):
        session.info["actor"] = (None, "npt import units")
        made = make.force(session, code="BEDS")
        make.account(session, role=Role.ADMIN, unit=made, email=ADMIN, name="Ada Admin")
    return made


@pytest.fixture
def team(session: Session, force: Unit) -> Unit:
    with writing(session):
        bcu = make.bcu(session, under=force, code="C")
        return make.team(session, under=make.area(session, under=bcu, code="C1"), code="C11")


@pytest.fixture
def member(session: Session, team: Unit) -> Member:
    with writing(session):
        return make.member(session, number="447", name="Mia Member", team=team)


def act(session: Session, by: Account, what: str, *changes: Change) -> None:
    """Let an entry say that the account did something."""
    with writing(session):
        append(session, changes, account_id=by.id, act=what)


def seen(record_type: str, record_id: int) -> Change:
    return Change(ChangeKind.VIEWED, record_type, record_id, 1, canonical({}))


def search(app: Flask, code: str = "BEDS", email: str = ADMIN, **asked: str) -> str:
    """What the page of the journal says to whoever searches it."""
    since = {"from-day": "1", "from-month": "1", "from-year": "2026"}
    return plain(Visitor(app, email).open(f"/units/{code}/journal?{urlencode({**since, **asked})}").text)


def test_whoever_may_sees_who_did_what_to_which_record(app: Flask, session: Session, force: Unit) -> None:
    with writing(session):
        manager = make.account(session, role=Role.MANAGER, unit=force, email="m@force.example", name="Max")
    session.info["actor"] = (manager.id, "people.new_password")
    session.rollback()
    with writing(session):
        set_password(session, account=manager, password="another long password", now=NOW)
    page = search(app, act="new password")
    assert "Max m@force.example people new password changed account" in page
    assert "password changed, password hash" in page
    assert "hmac" not in page


def test_entries_are_found_by_account_kind_and_action(app: Flask, session: Session, force: Unit) -> None:
    with writing(session):
        other = make.account(session, role=Role.MANAGER, unit=force, email="m@force.example", name="Max")
    act(session, other, "take out members-C.csv", seen("file", 1))
    assert "take out members-C csv" in search(app, account="m@force.example")
    assert "take out" not in search(app, account=ADMIN)
    assert "take out" in search(app, kind="viewed")
    assert "take out" not in search(app, kind="removed")
    assert "take out" in search(app, act="MEMBERS-C.csv")
    assert "take out" not in search(app, act="duty_day")
    assert "No account of this address" in search(app, account="nobody@force.example")


def test_entries_are_found_by_their_days(app: Flask, session: Session, force: Unit) -> None:
    until = {"to-day": "31", "to-month": "12", "to-year": "2025"}
    since = {"from-day": "1", "from-month": "1", "from-year": "2025"}
    assert "npt import units" in search(app)
    assert "No entries" in search(app, **since, **until)


def test_who_looked_at_a_member_is_found_also_when_they_belong_elsewhere(
    app: Flask, session: Session, team: Unit, member: Member
) -> None:
    with writing(session):
        make.account(session, role=Role.ADMIN, unit=team, email="near@force.example")
        member_id = member.id
    assert Visitor(app, ADMIN).open("/units/C11/members/447").status_code == 200
    assert "view member" not in search(app, "C11", "near@force.example")
    page = search(app, "C11", "near@force.example", member="447")
    assert f"a command, or an account elsewhere view member seen member {member_id}" in page
    assert "Ada" not in page
    assert "There is no member 999 here" in search(app, member="999")


def test_another_force_and_its_people_are_not_in_a_forces_journal(
    app: Flask, session: Session, force: Unit
) -> None:
    with writing(session):
        other = make.force(session, code="HERTS")
        theirs = make.account(session, role=Role.MANAGER, unit=other, email="h@herts.example", name="Hal")
        both = make.account(session, role=Role.MANAGER, unit=force, email="both@force.example", name="Bo")
        grant_role(session, account=both, unit=other, role=Role.MANAGER)
    act(session, theirs, "duty.record", seen("shift", 1))
    act(session, both, "operations.commit", seen("operation", 1))
    page, elsewhere = search(app), ("duty record", "operations commit", "Hal", "npt import", "HERTS")
    assert [word for word in elsewhere if word in page] == []
    assert "No account of this address" in search(app, account="h@herts.example")


def test_who_may_not_read_the_journal_is_refused(app: Flask, session: Session, force: Unit) -> None:
    with writing(session):
        make.account(session, role=Role.MANAGER, unit=force, email="m@force.example")
    assert Visitor(app, "m@force.example").open("/units/BEDS/journal").status_code == 403


def test_the_facts_of_an_entry_are_named_without_what_they_were() -> None:
    assert fields_of(canonical({"name": ["hmac:1", "hmac:2"], "id": [1, 1], "version": [1, 2]})) == ["name"]
    assert fields_of(canonical({"fields": ["member_id", "starts_at"], "values": "hmac:3"})) == [
        "member_id",
        "starts_at",
    ]
    assert fields_of(canonical({"statement": "UPDATE shift", "values": "hmac:4"})) == []


def test_a_search_to_the_last_day_that_can_be_typed_finds_what_is_there(app: Flask, force: Unit) -> None:
    last = {"to-day": "31", "to-month": "12", "to-year": "2199"}
    assert "a command, or an account elsewhere npt import units" in search(app, **last)


def test_whoever_looks_for_a_member_sees_who_removed_their_time_away(app: Flask, session: Session) -> None:
    with writing(session):
        session.info["actor"] = (None, "npt import duty")
        desk = sit_down(session)
        desk.record(desk.entry("15:00", "16:00"))
        make.account(session, role=Role.ADMIN, unit=desk.team, email=ADMIN)
        number, by = desk.grid().rows[0].number, desk.by.id
    with writing(session):
        session.info["actor"] = (by, "duty.remove")
        desk.remove(desk.only_away())
    assert "duty remove added duty act" in search(app, "T1", member=number)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("starts_on", "first day"),
        ("before_ends_at", "before end"),
        ("recorded_by_id", "recorded by"),
        ("is_planned", "planned"),
        ("on_date", "day"),
        ("fte", "FTE"),
        ("priority_class", "priority class"),
        ("unit_id", "unit"),
    ],
)
def test_the_facts_of_an_entry_are_told_in_words(name: str, words: str) -> None:
    assert fact_in_words(name) == words
