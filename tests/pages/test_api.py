"""The interface for programs: its door, its figures, its problems."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts.actions import close_account, existing_account, set_password
from npt.api.actions import TokenEndsBefore, make_token, revoke_token
from npt.api.queries import tokens_of
from npt.api.rules import PAGE_SIZE, TokenNameTaken, UnknownToken
from npt.journal.models import Entry
from npt.kit.clock import parse_instant
from npt.people.rules import PolicingRole
from npt.shifts.actions import WantedShift, roster_shifts
from npt.store.transaction import writing
from npt.webkit.pages import ROUTES
from tests import make
from tests.built_once import built_once
from tests.engines import ENGINES

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)


class Program:
    """A program that shows the token of an account."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, address: str) -> TestResponse:
        return self.client.get(f"/api/v1/{address}", headers=self.headers)

    def push(self, kind: str, rows: object, key: str = "1", **headers: str) -> TestResponse:
        sent = {**self.headers, "Idempotency-Key": key, **headers}
        return self.client.post(f"/api/v1/{kind}", json=rows, headers=sent)


def token_of(session: Session, email: str) -> str:
    token = make_token(session, existing_account(session, email), "duty system", now=NOW)
    session.commit()
    return token


@built_once
def force(app: Flask, session: Session) -> Flask:
    """BCU C with teams T1 (members 1 and 2) and T2 (member 3), and another force with member 99 in X1."""
    home = make.force(session, code="BEDS")
    bcu = make.bcu(session, under=home, code="C")
    area = make.area(session, under=bcu, code="C1")
    teams = [make.team(session, under=area, code=code) for code in ("T1", "T2")]
    for number, team in (("1", teams[0]), ("2", teams[0]), ("3", teams[1])):
        make.member(session, number=number, team=team)
    make.member(session, number="99", name="Xan Foreign", team=make.team(session, code="X1"))
    for role, unit in ((Role.SERGEANT, teams[0]), (Role.MANAGER, bcu), (Role.HMIC, home), (Role.ADMIN, home)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def program(force: Flask, session: Session) -> Callable[[str], Program]:
    """Makes the program of the account of a role."""
    return lambda role: Program(force, token_of(session, f"{role}@force.example"))


def problem(answer: TestResponse) -> dict[str, Any]:
    assert answer.mimetype == "application/problem+json", answer.text
    told: dict[str, Any] = json.loads(answer.text)
    assert told["status"] == answer.status_code
    assert {"type", "title", "detail"} <= told.keys()
    return told


# The door ---------------------------------------------------------------------------------------------------


def test_without_a_token_nothing_is_answered(force: Flask) -> None:
    answer = Program(force, "").get("rates?unit=C&month=2026-11")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Authorization: Bearer" in problem(answer)["detail"]


def test_a_token_opens_what_its_account_may_see(program: Callable[[str], Program]) -> None:
    sergeant = program("sergeant")
    assert sergeant.get("staffing?unit=T1").status_code == 200
    refused = sergeant.get("staffing?unit=T2")
    assert refused.status_code == 403
    assert "staffing and abstraction rates" in problem(refused)["detail"]


def test_the_permission_counts_too(program: Callable[[str], Program]) -> None:
    hmic = program("hmic")
    assert hmic.get("rates?unit=C&month=2026-11").status_code == 200
    assert hmic.get("duty?unit=C&month=2026-11").status_code == 403
    assert hmic.push("duty", []).status_code == 403


def test_no_cookie_is_set_and_none_counts(force: Flask, program: Callable[[str], Program]) -> None:
    asked = program("manager")
    assert "Set-Cookie" not in asked.get("units").headers
    assert "Set-Cookie" not in asked.push("duty", []).headers
    page = asked.client.get("/sign-in")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
    assert token is not None
    typed = {"email": "manager@force.example", "password": make.PASSWORD, "csrf_token": token[1]}
    assert asked.client.post("/sign-in", data=typed).status_code == 303
    assert asked.client.get("/api/v1/units").status_code == 401


def test_a_revoked_token_opens_nothing(
    force: Flask, session: Session, program: Callable[[str], Program]
) -> None:
    manager = program("manager")
    assert manager.get("units").status_code == 200
    revoke_token(session, existing_account(session, "manager@force.example"), "duty system", now=NOW)
    session.commit()
    refused = manager.get("units")
    assert refused.status_code == 401
    assert "was revoked" in problem(refused)["detail"]


def test_the_token_of_a_closed_account_opens_nothing(
    force: Flask, session: Session, program: Callable[[str], Program]
) -> None:
    manager = program("manager")
    close_account(session, account=existing_account(session, "manager@force.example"), now=NOW)
    session.commit()
    assert manager.get("units").status_code == 401


def test_the_day_of_the_last_use_is_remembered(
    force: Flask, session: Session, program: Callable[[str], Program]
) -> None:
    manager = program("manager")
    account = existing_account(session, "manager@force.example")
    assert tokens_of(session, account.id)[0].last_used_on is None
    session.commit()
    manager.push("duty", "no rows")
    session.expire_all()
    assert tokens_of(session, account.id)[0].last_used_on == TODAY


def test_a_token_ends_with_the_password_and_its_name_is_free_again(
    session: Session, program: Callable[[str], Program]
) -> None:
    manager = program("manager")
    account = existing_account(session, "manager@force.example")
    set_password(session, account=account, password="another long password", now=NOW + timedelta(hours=1))
    session.commit()
    answer = manager.get("units")
    assert (answer.status_code, "password was changed" in problem(answer)["detail"]) == (401, True)
    make_token(session, account, "duty system", now=NOW + timedelta(hours=2))
    session.commit()
    assert manager.get("units").status_code == 401


def test_a_token_counts_to_the_end_of_its_last_day(force: Flask, session: Session) -> None:
    account = existing_account(session, "manager@force.example")
    token = make_token(session, account, "pay system", now=NOW, ends_on=TODAY)
    session.commit()
    assert Program(force, token).get("units").status_code == 200
    with writing(session):
        kept = tokens_of(session, account.id)[0]
        kept.made_at, kept.ends_on = NOW - timedelta(days=9), TODAY - timedelta(days=1)
    assert Program(force, token).get("units").status_code == 401
    with pytest.raises(TokenEndsBefore, match="15 November 2026 has passed"):
        make_token(session, account, "pay system", now=NOW, ends_on=TODAY - timedelta(days=1))
    assert make_token(session, account, "pay system", now=NOW)


def test_only_the_digest_of_a_token_is_kept(force: Flask, session: Session) -> None:
    token = token_of(session, "manager@force.example")
    kept = tokens_of(session, existing_account(session, "manager@force.example").id)[0]
    assert token.startswith("npt_")
    assert token not in str(vars(kept))
    entries = session.query(Entry).all()
    assert all(token not in entry.details and kept.token_digest not in entry.details for entry in entries)


def test_a_name_is_used_once_until_it_is_revoked(force: Flask, session: Session) -> None:
    token_of(session, "manager@force.example")
    account = existing_account(session, "manager@force.example")
    with pytest.raises(TokenNameTaken):
        make_token(session, account, "duty system", now=NOW)
    session.rollback()
    revoke_token(session, account, "duty system", now=NOW)
    make_token(session, account, "duty system", now=NOW + timedelta(days=1))
    with pytest.raises(UnknownToken, match="no token called pay system: there are duty system"):
        revoke_token(session, account, "pay system", now=NOW)


def test_tries_with_tokens_that_nobody_knows_are_throttled_and_good_tokens_are_not(
    force: Flask, program: Callable[[str], Program]
) -> None:
    good, guesses = program("manager"), [Program(force, f"npt_guess{number}") for number in range(101)]
    assert {guess.get("units").status_code for guess in guesses[:100]} == {401}
    refused = guesses[100].get("units")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Too many attempts" in problem(refused)["detail"]
    assert good.get("units").status_code == 200


# Figures ----------------------------------------------------------------------------------------------------


def test_units_within_reach_are_listed(program: Callable[[str], Program]) -> None:
    told = json.loads(program("sergeant").get("units").text)
    assert (told["total"], told["page"], told["pages"]) == (1, 1, 1)
    assert told["rows"][0]["code"] == "T1"
    assert told["rows"][0]["parent"] == "C1"
    codes = [row["code"] for row in json.loads(program("admin").get("units").text)["rows"]]
    assert codes == ["BEDS", "C", "C1", "T1", "T2"]


def test_units_are_those_of_the_day(program: Callable[[str], Program]) -> None:
    assert json.loads(program("admin").get("units?as-at=2008-03-31").text)["rows"] == []


def test_duty_is_given_page_by_page(
    force: Flask, session: Session, program: Callable[[str], Program]
) -> None:
    team = make.team(session, code="T9")
    member = make.member(session, number="4", role=PolicingRole.PCSO, team=team)
    first = parse_instant("2026-10-01T00:00").instant
    starts = [first + timedelta(hours=number) for number in range(PAGE_SIZE + 3)]
    roster_shifts(session, [WantedShift(member.id, each, each + timedelta(minutes=30)) for each in starts])
    make.account(session, role=Role.SERGEANT, unit=team, email="t9@force.example")
    session.commit()
    asked = Program(force, token_of(session, "t9@force.example"))
    pages = [json.loads(asked.get(f"duty?unit=T9&month=2026-10&page={page}").text) for page in (1, 2, 3)]
    assert [(len(page["rows"]), page["pages"], page["total"]) for page in pages] == [
        (PAGE_SIZE, 2, PAGE_SIZE + 3),
        (3, 2, PAGE_SIZE + 3),
        (0, 2, PAGE_SIZE + 3),
    ]
    assert pages[1]["rows"][-1] == {
        "number": "4",
        "starts": "2026-10-21T22:00+01:00",
        "ends": "2026-10-21T22:30+01:00",
        "team": None,
    }


def test_what_is_given_can_be_pushed_back_and_changes_nothing(
    force: Flask, session: Session, program: Callable[[str], Program]
) -> None:
    manager = program("manager")
    row = {"number": "1", "starts": "2026-10-25T00:30+01:00", "ends": "2026-10-25T08:00Z", "team": None}
    manager.push("duty", [row])
    away = {"number": "1", "starts": "2026-10-25T01:30Z", "ends": "2026-10-25T02:00Z", "reason": "custody"}
    manager.push("away", [away], key="2")
    for number, kind in enumerate(("duty", "away")):
        rows = json.loads(manager.get(f"{kind}?unit=C&month=2026-10").text)["rows"]
        assert len(rows) == 1
        again = json.loads(manager.push(kind, rows, key=f"again {number}").text)
        assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_who_saw_shifts_and_time_away_is_noted(session: Session, program: Callable[[str], Program]) -> None:
    manager = program("manager")
    manager.get("duty?unit=C&month=2026-11")
    manager.get("away?unit=C&month=2026-11")
    acts = [entry.act for entry in session.query(Entry).where(Entry.change == "viewed")]
    assert acts == ["view shift", "view away"]


# Problems ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("rates?month=2026-11", 400, "unit: say which unit is meant"),
        ("rates?unit=C", 400, "month: say which month is meant"),
        ("rates?unit=C&month=November", 400, "write the year and the month"),
        ("rates?unit=C&month=2026-11&to=2026-10", 422, "to: give a month from 2026-11 on"),
        ("rates?unit=C&month=1900-01&to=2199-12", 422, "at most 120 months"),
        ("rates?unit=C&month=2026-11&month=2026-10", 400, "month: say it once"),
        ("rates?unit=C&unit=T1&month=2026-11", 400, "unit: say which unit is meant, once"),
        ("rates?unit=C&month=+2026-11", 400, "month: it is empty or has blanks around it"),
        ("rates?unit=C&month=2026-11&each=BCU", 400, "each: write it like bcu"),
        ("rates?unit=C&month=2026-11&definition=", 400, "definition: it is empty"),
        (
            "staffing?unit=C&as-at=",
            400,
            "as-at: it is empty or has blanks around it: give a value, or leave it out",
        ),
        ("staffing?unit=C&as-at=1899-12-31", 400, "The year 1899 is out of range"),
        ("rates?unit=C&month=2026-11&each=division", 400, "must be one of bcu, area, team"),
        ("rates?unit=C&month=2026-11&by=grupo", 400, "did you mean “group”?"),
        ("rates?unit=C&month=2026-11&definition=mine", 422, "There is no definition with the code “mine”"),
        ("staffing?unit=C&as-at=someday", 400, "as-at: “someday” is not a date"),
        ("staffing?unit=NONE", 404, "Check the address"),
        ("units?page=0", 400, "page: give the number of a page, from 1"),
        (f"units?page={'9' * 30}", 400, "page: give the number of a page, from 1"),
        (f"units?page=0000000001{'9' * 30}", 400, "page: give the number of a page, from 1"),
        ("nowhere", 404, "Check the address"),
        ("rates?unit=%00&month=2026-11", 404, "Check the address"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    program: Callable[[str], Program], address: str, status: int, words: str
) -> None:
    answer = program("manager").get(address)
    assert answer.status_code == status
    assert words in problem(answer)["detail"]


@pytest.mark.parametrize("engine_name", ENGINES)
@pytest.mark.parametrize("strange", ["-1", "9" * 30, "1e309", "9999-12-31", "é\u202e👮", "a\x00b", "' --"])
def test_a_strange_question_is_answered(program: Callable[[str], Program], strange: str) -> None:
    asked = program("manager")
    for address in ("rates?unit={}&month=2026-11", "duty?unit=C&month={}", "staffing?unit=C&as-at={}"):
        assert asked.get(address.format(quote(strange))).status_code in {400, 404}
    for address in ("units?page={}", "rates?unit=C&month=2026-11&definition={}"):
        assert asked.get(address.format(quote(strange))).status_code in {400, 422}
    assert asked.push("duty", [{"number": strange, "starts": strange, "ends": strange}]).status_code == 422
    assert asked.push("duty?update=" + quote(strange), []).status_code == 400


def test_a_method_that_is_not_there_is_a_problem_too(program: Callable[[str], Program]) -> None:
    manager = program("manager")
    answer = manager.client.delete("/api/v1/duty", headers=manager.headers)
    assert answer.status_code == 405
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "Allow" in problem(answer)["detail"]


@pytest.mark.parametrize(
    "address", ["/api", "/api/v1", "/api/v1/", "/api/v2/units", "/api/v1/units/", "/api/v1/UNITS"]
)
def test_what_is_not_there_is_a_problem_wherever_a_program_asks(app: Flask, address: str) -> None:
    answer = app.test_client().get(address)
    assert answer.status_code == 404
    assert "page" not in problem(answer)["title"].lower()


def test_a_page_says_which_methods_it_takes(app: Flask) -> None:
    answer = app.test_client().delete("/sign-in")
    assert (answer.status_code, answer.mimetype) == (405, "text/html")
    assert set(answer.allow) == {"GET", "HEAD", "OPTIONS", "POST"}


# The description --------------------------------------------------------------------------------------------


def described(app: Flask) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(app.test_client().get("/api/v1/openapi.json").text)
    return told


def test_the_description_is_sound(app: Flask) -> None:
    validate(described(app))


def test_every_route_for_programs_is_described(app: Flask) -> None:
    told = {(address, method.upper()) for address, each in described(app)["paths"].items() for method in each}
    declared = {
        (re.sub("<([a-z]+)>", r"{\1}", route.address), route.methods[0])
        for endpoint, route in ROUTES.items()
        if endpoint.startswith("api.")
    }
    assert told == declared


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("units", "Units"),
        ("staffing?unit=C", "Staffing"),
        ("specialists?unit=C", "Specialists"),
        ("students?unit=C", "Students"),
        ("kin?unit=C", "Kin"),
        ("engagement?unit=C&month=2026-11", "Engagement"),
        ("duty?unit=C&month=2026-11", "Shifts"),
        ("away?unit=C&month=2026-11", "AwayPage"),
    ],
)
def test_answers_have_the_members_that_the_description_names(
    force: Flask, program: Callable[[str], Program], address: str, schema: str
) -> None:
    manager = program("manager")
    manager.push("duty", [{"number": "1", "starts": "2026-11-16T08:00", "ends": "2026-11-16T16:00"}])
    schemas = described(force)["components"]["schemas"]
    assert _differences(json.loads(manager.get(address).text), schemas[schema], schemas) == []


@pytest.mark.parametrize(
    ("row", "schema"),
    [
        ({"number": "1", "starts": "2026-10-25T01:30", "ends": "2026-10-25T08:00"}, "Pushed"),
        ({"number": "1"}, "Problem"),
    ],
)
def test_answers_to_pushes_have_the_members_that_the_description_names(
    force: Flask, program: Callable[[str], Program], row: dict[str, str], schema: str
) -> None:
    schemas = described(force)["components"]["schemas"]
    told = json.loads(program("manager").push("duty", [row] * 150).text)
    assert {"more_errors", "more_warnings"} & told.keys()
    assert _differences(told, schemas[schema], schemas) == []


def test_rates_have_the_members_that_the_description_names(
    force: Flask, program: Callable[[str], Program]
) -> None:
    schemas = described(force)["components"]["schemas"]
    rows = json.loads(program("manager").get("rates?unit=C&month=2026-11&by=reason").text)
    assert rows
    assert [fault for row in rows for fault in _differences(row, schemas["Rate"], schemas)] == []


def _differences(told: object, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[str]:
    """Members that are missing or not described, all the way down."""
    if "$ref" in schema:
        return _differences(told, schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if isinstance(told, list):
        return [fault for each in told for fault in _differences(each, schema["items"], schemas)]
    if not isinstance(told, dict):
        return []
    faults = [f"{name} is missing" for name in schema["required"] if name not in told]
    faults += [f"{name} is not described" for name in told if name not in schema["properties"]]
    for name, value in told.items():
        faults += _differences(value, schema["properties"].get(name, {}), schemas)
    return faults
