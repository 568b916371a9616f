"""Pushes of shifts and time away: all or nothing, within reach, and once however often they are sent."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.api.actions import make_token
from npt.api.models import Push
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.people.models import Grant
from npt.people.queries import member_numbered
from npt.people.rules import PostingKind
from npt.shifts.models import Away, Shift
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LATE = {"number": "1", "starts": "2026-11-16T14:00", "ends": "2026-11-16T22:00"}
OTHER = {"number": "2", "starts": "2026-11-16T14:00", "ends": "2026-11-16T22:00"}


class Program:
    """A program that pushes with the token of the sergeant of T1."""

    def __init__(self, app: Flask, token: str) -> None:
        self._app = app
        self._headers = {"Authorization": f"Bearer {token}"}

    def push(
        self, rows: object, *, key: str | None = "1", kind: str = "duty", update: bool = False
    ) -> TestResponse:
        headers = {**self._headers, **({} if key is None else {"Idempotency-Key": key})}
        asked = "?update=true" if update else ""
        return self._app.test_client().post(f"/api/v1/{kind}{asked}", json=rows, headers=headers)

    def push_body(self, body: bytes, media_type: str = "application/json") -> TestResponse:
        headers = {**self._headers, "Idempotency-Key": "1"}
        client = self._app.test_client()
        return client.post("/api/v1/duty", data=body, content_type=media_type, headers=headers)


@pytest.fixture
def teams(session: Session) -> tuple[Unit, Unit]:
    """T1 with the members 1 and 2, T2 beside it with the member 3; in another force X1 with the member 99."""
    area = make.area(session, code="C1")
    first, second = (make.team(session, under=area, code=code) for code in ("T1", "T2"))
    for number, team in (("1", first), ("2", first), ("3", second)):
        make.member(session, number=number, team=team)
    foreign = make.team(session, code="X1")
    stranger = make.member(session, number="99", name="Xan Foreign", team=foreign)
    make.shift(session, member=stranger, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    make.account(session, role=Role.SERGEANT, unit=first, email="sergeant@force.example")
    session.commit()
    return first, second


@pytest.fixture
def program(app: Flask, session: Session, teams: tuple[Unit, Unit]) -> Program:
    token = make_token(session, existing_account(session, "sergeant@force.example"), "duty", now=NOW)
    session.commit()
    return Program(app, token)


def told(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.text)
    return found


def bad_rows(answer: TestResponse) -> list[tuple[int | None, str | None]]:
    assert answer.status_code == 422, answer.text
    assert answer.mimetype == "application/problem+json"
    return [(each["index"], each["field"]) for each in told(answer)["errors"]]


def count(session: Session, table: type[Shift] | type[Away] | type[Push]) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(table)) or 0
    session.rollback()
    return found


# Saved ------------------------------------------------------------------------------------------------------


def test_shifts_and_time_away_are_pushed(program: Program, session: Session) -> None:
    answer = program.push([LATE, OTHER])
    assert answer.status_code == 200
    assert told(answer) == {"kind": "duty", "added": 2, "changed": 0, "unchanged": 0, "warnings": []}
    away = {"number": "1", "starts": "2026-11-16T15:00", "ends": "2026-11-16T16:00", "reason": "other"}
    assert told(program.push([{**away, "note": "é👮"}], key="2", kind="away"))["added"] == 1
    assert session.scalars(select(Away.note)).one() == "é👮"


def test_every_bad_row_is_listed_by_its_index_and_nothing_is_saved(
    program: Program, session: Session
) -> None:
    rows = [
        LATE,
        {**OTHER, "ends": "2026-11-16T13:00"},
        {**OTHER, "begins": "2026-11-16T13:00"},
        {"number": "2", "starts": "2026-11-16T14:00"},
        {**OTHER, "number": 2},
        "a row",
        {**OTHER, "starts": "2026-03-29T01:30", "ends": "2026-03-29T08:00"},
        {**LATE, "starts": "2026-11-16T21:00", "ends": "2026-11-16T23:00"},
        {**OTHER, "number": "\ud800"},
    ]
    answer = program.push(rows)
    assert bad_rows(answer) == [
        (1, "ends"),
        (2, "begins"),
        (3, "ends"),
        (4, "number"),
        (5, None),
        (6, "starts"),
        (7, "starts"),
        (8, "number"),
    ]
    assert count(session, Shift) == 1  # the stranger's


def test_a_hundred_errors_are_listed_and_kept_and_the_others_counted(
    program: Program, session: Session
) -> None:
    unknown = [{**LATE, "number": str(number)} for number in range(1_000, 1_090)]
    answer = program.push([*unknown, *["a row"] * 5_000, LATE])
    assert [index for index, _ in bad_rows(answer)] == list(range(100))
    assert told(answer)["more_errors"] == 4_990
    words = "5,090 things to correct, the first 100 of them listed here, and 4,990 more"
    assert words in told(answer)["detail"]
    assert session.scalars(select(Push.answer)).one() == answer.text
    assert len(answer.text) < 30_000


def test_a_hundred_errors_are_listed_without_more(program: Program) -> None:
    answer = program.push(["a row"] * 100)
    assert len(bad_rows(answer)) == 100
    assert "more_errors" not in told(answer)
    assert "more" not in told(answer)["detail"]


def test_a_hundred_warnings_are_listed_and_the_others_counted(program: Program) -> None:
    row = {"number": "1", "starts": "2026-10-25T01:30", "ends": "2026-10-25T08:00"}
    answer = told(program.push([row] * 130))
    assert [each["index"] for each in answer["warnings"]] == list(range(100))
    assert answer["more_warnings"] == 30
    assert (answer["added"], answer["unchanged"]) == (1, 129)


def test_a_column_that_is_misspelt_is_named_with_the_nearest(program: Program) -> None:
    answer = program.push([{**LATE, "start": "2026-11-16T14:00"}])
    assert "did you mean “starts”?" in told(answer)["errors"][0]["detail"]


def test_a_time_that_happens_twice_is_a_warning(program: Program) -> None:
    answer = program.push([{"number": "1", "starts": "2026-10-25T01:30", "ends": "2026-10-25T08:00"}])
    (warning,) = told(answer)["warnings"]
    assert (warning["index"], warning["field"]) == (0, "starts")
    assert "taken as the first" in warning["detail"]


def test_other_values_for_a_shift_are_refused_unless_changes_are_asked_for(
    program: Program, session: Session
) -> None:
    program.push([LATE])
    longer = {**LATE, "ends": "2026-11-16T23:00"}
    assert bad_rows(program.push([longer], key="2")) == [(0, "ends")]
    assert told(program.push([longer], key="3", update=True))["changed"] == 1


# Once -------------------------------------------------------------------------------------------------------


def test_the_same_push_again_has_the_same_answer_and_saves_nothing(
    program: Program, session: Session
) -> None:
    first, again = program.push([LATE]), program.push([LATE])
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert told(again)["added"] == 1
    assert count(session, Push) == 1


def test_a_refused_push_again_has_the_same_answer(program: Program, session: Session) -> None:
    wrong = [{**LATE, "number": "7"}]
    first = program.push(wrong)
    make.member(session, number="7", team=session.scalars(select(Unit).where(Unit.code == "T1")).one())
    session.commit()
    again = program.push(wrong)
    assert (again.status_code, again.text, again.mimetype) == (422, first.text, first.mimetype)
    assert program.push(wrong, key="2").status_code == 200


@pytest.mark.parametrize(
    ("kind", "rows", "update"), [("duty", [OTHER], False), ("away", [LATE], False), ("duty", [LATE], True)]
)
def test_the_key_of_another_push_is_a_conflict(
    program: Program, session: Session, kind: str, rows: list[object], update: bool
) -> None:
    program.push([LATE])
    answer = program.push(rows, kind=kind, update=update)
    assert answer.status_code == 409
    assert "Send a new push under a new key" in told(answer)["detail"]
    assert count(session, Shift) == 2


def test_two_accounts_may_use_one_key(app: Flask, program: Program, session: Session) -> None:
    program.push([LATE])
    unit = session.scalars(select(Unit).where(Unit.code == "T2")).one()
    other = make.account(session, role=Role.SERGEANT, unit=unit, email="other@force.example")
    token = make_token(session, other, "duty", now=NOW)
    session.commit()
    assert told(Program(app, token).push([{**LATE, "number": "3"}]))["added"] == 1


def test_one_push_sent_by_four_at_once_is_saved_once(program: Program, session: Session) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: program.push([LATE, OTHER]), range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert count(session, Shift) == 3


def test_a_push_is_forgotten_after_a_week(program: Program, session: Session) -> None:
    program.push([LATE])
    push = session.scalars(select(Push)).one()
    push.at = datetime(2026, 11, 8, 9, 0, tzinfo=UTC)
    session.commit()
    assert told(program.push([LATE]))["unchanged"] == 1


# Within reach -----------------------------------------------------------------------------------------------


def test_members_out_of_reach_are_refused_in_the_words_for_those_nobody_knows(
    program: Program, session: Session
) -> None:
    numbers = ("99", "3", "4711")
    answer = program.push([{**LATE, "number": number} for number in numbers])
    assert bad_rows(answer) == [(0, "number"), (1, "number"), (2, "number")]
    words = {
        each["detail"].replace(number, "N")
        for number, each in zip(numbers, told(answer)["errors"], strict=True)
    }
    assert len(words) == 1
    assert "Foreign" not in answer.text


def test_time_away_out_of_reach_is_refused_in_the_same_words(program: Program, session: Session) -> None:
    away = {"starts": "2026-11-16T15:00", "ends": "2026-11-16T16:00", "reason": "response"}
    numbers = ("99", "3", "4711")
    answer = program.push([{**away, "number": number} for number in numbers], kind="away")
    assert bad_rows(answer) == [(0, "number"), (1, "number"), (2, "number")]
    details = [each["detail"] for each in told(answer)["errors"]]
    words = {detail.replace(number, "N") for number, detail in zip(numbers, details, strict=True)}
    assert len(words) == 1
    assert count(session, Away) == 0


def test_a_member_without_a_shift_then_is_told_apart_within_reach(program: Program) -> None:
    away = {"number": "1", "starts": "2026-11-16T15:00", "ends": "2026-11-16T16:00", "reason": "response"}
    answer = program.push([away], kind="away")
    assert bad_rows(answer) == [(0, "starts")]
    assert "no shift during" in told(answer)["errors"][0]["detail"]


def test_a_team_out_of_reach_cannot_be_named(program: Program) -> None:
    rows = [{**LATE, "team": code} for code in ("T2", "X1", "NONE", "T1")]
    assert bad_rows(program.push(rows)) == [(0, "team"), (1, "team"), (2, "team")]


def test_a_shift_that_would_count_elsewhere_is_refused(
    program: Program, session: Session, teams: tuple[Unit, Unit]
) -> None:
    member = make.member(session, number="5", team=teams[0])
    make.posting(
        session,
        member=member,
        unit=teams[1],
        kind=PostingKind.ATTACHMENT,
        starts_on=date(2026, 11, 16),
    )
    session.commit()
    answer = program.push([{**LATE, "number": "5"}])
    assert bad_rows(answer) == [(0, "number")]
    assert "this token may not use" in told(answer)["errors"][0]["detail"]


def test_a_shift_that_is_recorded_elsewhere_is_not_changed(
    program: Program, session: Session, teams: tuple[Unit, Unit]
) -> None:
    member = make.member(session, number="5", team=teams[0])
    make.shift(session, member=member, team=teams[1])
    session.commit()
    longer = {"number": "5", "starts": "2026-11-16T14:00", "ends": "2026-11-16T23:00", "team": "T1"}
    assert bad_rows(program.push([longer], update=True)) == [(0, "number")]
    away = {"number": "5", "starts": "2026-11-16T15:00", "ends": "2026-11-16T16:00", "reason": "response"}
    assert bad_rows(program.push([away], key="2", kind="away")) == [(0, "number")]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.OFFICER])
def test_what_a_token_may_elsewhere_does_not_widen_where_it_records(
    program: Program, session: Session, teams: tuple[Unit, Unit], role: Role
) -> None:
    sergeant = existing_account(session, "sergeant@force.example")
    session.add(Grant(account_id=sergeant.id, unit=ancestors(session, teams[0])[0], role=role))
    make.shift(session, member=member_numbered(session, "3"))
    session.commit()
    shift = {"number": "3", "starts": "2026-11-17T14:00", "ends": "2026-11-17T22:00"}
    away = {"number": "3", "starts": "2026-11-16T15:00", "ends": "2026-11-16T16:00", "reason": "response"}
    assert bad_rows(program.push([shift, {**LATE, "team": "T2"}])) == [(0, "number"), (1, "team")]
    assert bad_rows(program.push([away], key="2", kind="away")) == [(0, "number")]
    assert told(program.push([LATE], key="3"))["added"] == 1
    assert count(session, Away) == 0


# Not understood ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "media_type", "status", "words"),
    [
        (b"", "application/json", 400, "not JSON"),
        (b"[", "application/json", 400, "not JSON"),
        (b"\xff\xfe\xff", "application/json", 400, "not JSON"),
        (b"[" * 100_000, "application/json", 400, "not JSON"),
        (b"{}", "application/json", 400, "not an array"),
        (b"[]", "text/csv", 415, "Send JSON"),
        (b"number=1", "application/x-www-form-urlencoded", 415, "Send JSON"),
        (b" " * 3_000_000, "application/json", 413, "smaller"),
    ],
)
def test_a_body_that_is_no_array_of_rows_says_so(
    program: Program, session: Session, body: bytes, media_type: str, status: int, words: str
) -> None:
    answer = program.push_body(body, media_type)
    assert answer.status_code == status
    assert words in told(answer)["detail"]
    assert count(session, Push) == 0


@pytest.mark.parametrize("name", ["\\ud800", "\\u0000", "num\\nber", "n" * 50])
def test_a_strange_name_is_refused_by_its_index(program: Program, name: str) -> None:
    body = f'[{{"{name}": "{name}", "number": "\\ud800"}}]'
    assert {index for index, _ in bad_rows(program.push_body(body.encode()))} == {0}


@pytest.mark.parametrize("key", [None, "", " ", "x" * 256, "é"])
def test_a_push_needs_a_key(program: Program, session: Session, key: str | None) -> None:
    answer = program.push([LATE], key=key)
    assert answer.status_code == 400
    assert "Idempotency-Key" in told(answer)["detail"]
    assert count(session, Shift) == 1


@pytest.mark.parametrize(
    "value", ["1e309", "NaN", "-0", '"a\\u0000b"', '"1e309"', "[[]]", '{"a": 1}', "true"]
)
def test_a_strange_value_is_refused_by_its_index(program: Program, value: str) -> None:
    body = f'[{{"number": {value}, "starts": {value}, "ends": "2026-11-16T22:00"}}]'
    assert {index for index, _ in bad_rows(program.push_body(body.encode()))} == {0}
