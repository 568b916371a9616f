"""Incidents pushed by another system: within reach, all or nothing; and counted for programs."""

import json
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
from npt.categories.models import Category
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.incidents.models import Incident
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ROW = {"ref": "1", "at": "2026-11-01T10:00", "category": "asb", "lat": "52.005", "lng": "-0.495"}
#: in the neighbourhood of the team beside
BESIDE = {**ROW, "ref": "2", "lng": "-0.485"}


@pytest.fixture
def today() -> date:
    return NOW.date()


@pytest.fixture
def token(app: Flask, session: Session) -> str:
    """The token of the analyst of T1, which has N1; N2 is of T2 beside it."""
    area = make.area(session, code="A1")
    for number, west in ((1, -0.5), (2, -0.49)):
        team = make.team(session, under=area, code=f"T{number}")
        unit = make.neighbourhood(session, under=team, code=f"N{number}")
        make.boundary(session, unit=unit, south=52.0, west=west)
        if number == 1:
            make.account(session, role=Role.ANALYST, unit=team, email="a@f.example")
    made = make_token(session, existing_account(session, "a@f.example"), "records", now=NOW)
    session.commit()
    return made


def push(
    app: Flask, token: str, rows: list[dict[str, Any]], *, key: str, update: bool = False
) -> TestResponse:
    asked = "?update=true" if update else ""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    return app.test_client().post(f"/api/v1/incidents{asked}", json=rows, headers=headers)


def told(answer: TestResponse) -> list[tuple[int, str]]:
    """Index and field of each error."""
    return [(each["index"], each["field"]) for each in json.loads(answer.text)["errors"]]


def test_incidents_are_pushed_once_and_counted(app: Flask, session: Session, token: str) -> None:
    for _ in range(2):
        answer = push(app, token, [ROW], key="a")
        assert (answer.status_code, json.loads(answer.text)["added"]) == (200, 1)
    assert {"category": "asb", "incidents": None} in counted(app, token, "2026-11")
    october = [{**ROW, "ref": day, "at": f"2026-10-{day}T10:00"} for day in ("02", "30")]
    assert push(app, token, october, key="b").status_code == 200
    assert counted(app, token, "2026-10")[:2] == [
        {"category": "asb", "incidents": 2},
        {"category": "noise", "incidents": 0},
    ]


def counted(app: Flask, token: str, month: str) -> list[dict[str, Any]]:
    """What a program is told of T1 in a month."""
    asked = f"/api/v1/incidents?unit=T1&month={month}"
    answer = app.test_client().get(asked, headers={"Authorization": f"Bearer {token}"})
    rows: list[dict[str, Any]] = json.loads(answer.text)["rows"]
    return rows


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (BESIDE, "lat"),
        ({**BESIDE, "lat": None, "lng": None, "neighbourhood": "N2"}, "neighbourhood"),
        ({**BESIDE, "lat": None, "lng": None, "neighbourhood": "NOWHERE"}, "neighbourhood"),
        ({**ROW, "lat": "-0.495", "lng": "52.005"}, "lat"),
        ({**ROW, "lng": None}, "lng"),
        ({**ROW, "lat": None, "lng": None}, "lat"),
    ],
)
def test_a_place_that_the_token_may_not_record_at_is_refused_and_nothing_saved(
    app: Flask, session: Session, token: str, row: dict[str, Any], field: str
) -> None:
    answer = push(app, token, [{**ROW, "ref": "7"}, row], key="a")
    assert (answer.status_code, told(answer)) == (422, [(1, field)])
    assert session.scalar(select(func.count()).select_from(Incident)) == 0


def test_an_incident_elsewhere_is_neither_changed_nor_told_of(
    app: Flask, session: Session, token: str
) -> None:
    asb = session.scalars(select(Category).where(Category.code == "asb")).one()
    there = WantedIncident(1, "2", NOW, asb, 520_050_000, -4_850_000, None, None)
    IncidentRecording(session, NOW).take([there], lambda _place, refusal: pytest.fail(refusal.message))
    session.commit()
    answer = push(app, token, [{**ROW, "ref": "2"}], key="a", update=True)
    assert (answer.status_code, told(answer)) == (422, [(0, "ref")])
    session.expire_all()
    assert session.scalars(select(Incident.lng)).one() == -4_850_000
