"""What whoever runs the product sees in its log: a line of JSON for each event, and nobody's values in it."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.access.rules import Role
from npt.accounts.actions import set_password
from npt.accounts.models import Account
from npt.api.actions import make_token
from npt.factory import create_app
from npt.kit import events
from npt.people.actions import grant_role, revoke_role
from npt.people.models import Grant
from npt.settings import Settings
from npt.store.transaction import begin_writing, writing
from tests import make
from tests.built_once import built_once
from tests.pages.test_signing_in import Visitor as Stranger
from tests.visiting import Visitor

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
EMAIL = "sergeant@force.example"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is written to the log."""
    written = io.StringIO()
    handler, log = logging.StreamHandler(written), logging.getLogger("npt")
    handler.setFormatter(events.Lines())
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield written
    log.removeHandler(handler)
    log.setLevel(level)


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    """The events, without when they happened."""
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [{name: value for name, value in each.items() if name != "at"} for each in told]


@built_once
def sergeant(session: Session) -> Account:
    with writing(session):
        force = make.force(session, code="BEDS")
        return make.account(session, role=Role.SERGEANT, unit=force, email=EMAIL)


def test_failures_to_sign_in_can_be_told_apart_and_name_nobody(
    app: Flask, sergeant: Account, lines: io.StringIO
) -> None:
    stranger = Stranger(app)
    for _ in range(6):
        stranger.sign_in(EMAIL, "a long guess")
    failed, throttled = read(lines)[:5], read(lines)[5]
    assert {each["event"] for each in failed} == {"sign-in failed"}
    assert (throttled["event"], throttled["level"]) == ("throttled", "warning")
    assert len({(each["account"], each["place"]) for each in [*failed, throttled]}) == 1
    assert not [word for word in (EMAIL, "guess", "127.0.0.1") if word in lines.getvalue()]


def test_whoever_is_refused_a_page_is_told_by_key(app: Flask, sergeant: Account, lines: io.StringIO) -> None:
    visitor = Visitor(app, EMAIL)
    assert visitor.open("/units/BEDS/accounts").status_code == 403
    (refused,) = read(lines)
    assert refused == {
        "level": "warning",
        "event": "refused",
        "account": sergeant.id,
        "endpoint": "people.accounts",
        "permission": "manage accounts",
    }


def test_tokens_that_nobody_knows_are_told(app: Flask, sergeant: Account, lines: io.StringIO) -> None:
    app.test_client().get("/api/v1/units", headers={"Authorization": "Bearer npt_guess"})
    (told,) = read(lines)
    assert (told["event"], "npt_guess" in lines.getvalue()) == ("token unknown", False)


def test_changes_of_grants_accounts_and_tokens_are_told_once_they_are_saved(
    session: Session, sergeant: Account, lines: io.StringIO
) -> None:
    session.info["actor"] = (7, "people.new_grant")
    grant = session.scalars(select(Grant).options(joinedload(Grant.unit))).one()
    force, unit_id = grant.unit, grant.unit_id
    session.rollback()
    with writing(session):
        unit = make.bcu(session, under=force, code="C")
        grant_role(session, account=sergeant, unit=unit, role=Role.MANAGER)
        assert read(lines) == []
    with writing(session):
        revoke_role(session, grant, granter=None)
    with writing(session):
        set_password(session, account=sergeant, password="another long password", now=NOW)
        make_token(session, sergeant, "duty system", now=NOW)
    told = read(lines)
    assert [each["event"] for each in told] == [
        "role_grant added",
        "role_grant removed",
        "account changed",
        "api_token added",
    ]
    assert {(each["level"], each["by"]) for each in told} == {("info", 7)}
    taken = json.loads(told[1]["details"])
    assert taken == {
        "account_id": [sergeant.id, None],
        "id": [grant.id, None],
        "role": ["sergeant", None],
        "unit_id": [unit_id, None],
    }
    assert not [word for word in (EMAIL, "argon2", "another long") if word in lines.getvalue()]


def test_what_was_not_saved_is_not_told(session: Session, sergeant: Account, lines: io.StringIO) -> None:
    begin_writing(session)
    set_password(session, account=sergeant, password="another long password", now=NOW)
    session.flush()
    session.rollback()
    assert read(lines) == []
    with writing(session):
        make.account(session, email="other@force.example")
    assert [each["event"] for each in read(lines)] == ["account added"]


def test_an_error_is_one_line_with_its_way_and_without_what_it_says(lines: io.StringIO) -> None:
    try:
        raise ValueError("“447\r\n{}” is no number")
    except ValueError:
        logging.getLogger("npt.webkit.errors").exception("unexpected error")
    (told,) = read(lines)
    assert (told["event"], told["level"], told["error"]) == (
        "unexpected error",
        "error",
        ["builtins.ValueError"],
    )
    assert told["trace"][-1].endswith("test_an_error_is_one_line_with_its_way_and_without_what_it_says")
    assert "447" not in lines.getvalue()


def test_no_statement_tells_its_values(session: Session, app: Flask) -> None:
    from npt.webkit.extensions import db

    with app.app_context():
        assert db.engine.hide_parameters
    assert session.get_bind().engine.hide_parameters


def test_the_product_writes_its_events_to_standard_error(
    settings: Settings, sergeant: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    log = logging.getLogger("npt")
    before, level = list(log.handlers), log.level
    log.handlers.clear()
    try:
        create_app(replace(settings, is_testing=False))
        product = create_app(replace(settings, is_testing=False))
        product.test_client().get("/api/v1/units", headers={"Authorization": "Bearer npt_guess"})
    finally:
        log.handlers[:] = before
        log.setLevel(level)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "token unknown"
