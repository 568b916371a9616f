"""A month that was signed off and then corrected by a file: both figures stand wherever one of them does."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.api.actions import make_token
from npt.commands import npt
from npt.kit.refusals import Refusal
from tests import make
from tests.records.sealed_month import SealedMonth, sealed_month
from tests.visiting import Visitor, plain

OCTOBER = "/units/C/months/2026-10"
REASON = "The sergeant was off sick."


@pytest.fixture
def october(app: Flask, session: Session) -> SealedMonth:
    """October of BCU C with 8.3% abstracted, before it is signed."""
    made = sealed_month(session)
    for role, unit in ((Role.MANAGER, made.bcu), (Role.BOARD, made.force), (Role.SERGEANT, made.team)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return made


@pytest.fixture
def manager(app: Flask, october: SealedMonth) -> Visitor:
    """The manager of BCU C."""
    return Visitor(app, "manager@force.example")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database_url: str, october: SealedMonth) -> Callable[..., str]:
    """The command; what it printed."""
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")

    def asked(line: str) -> str:
        october.session.rollback()
        ran = CliRunner().invoke(npt, line.split(), catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
        return ran.output

    return asked


@pytest.fixture
def corrected(october: SealedMonth, manager: Visitor, run: Callable[..., str], tmp_path: Path) -> SealedMonth:
    """The manager signs; then a file tells of two more hours of response, so that 16.7% were abstracted."""
    assert manager.send(f"{OCTOBER}/sign-off/new", reason=REASON).status_code == 303
    file = tmp_path / "away.csv"
    file.write_text("number,starts,ends,reason,note\n1001,2026-10-06T16:00,2026-10-06T18:00,response,\n")
    assert "1 added" in run(f"import away {file}")
    return october


RECORDS = f"{OCTOBER}/records?group=officers"
REVIEW = "/units/C/reviews/2026-10"
PAGES = (OCTOBER, "/units/F/months/2026-10", RECORDS, REVIEW, f"{OCTOBER}/measures", f"{OCTOBER}/sign-off")
LISTS = (f"{RECORDS}&", f"{OCTOBER}/measures?", f"{OCTOBER}/sign-off?")


def test_every_page_shows_both_figures(corrected: SealedMonth, app: Flask) -> None:
    board = Visitor(app, "board@force.example")
    for address in PAGES:
        shown = plain(board.open(address).text)
        assert "estated since sign-off" in shown, address
        assert "16.7%" in shown, address
        assert "8.3%" in shown, address


def test_a_list_taken_out_says_both(corrected: SealedMonth, manager: Visitor) -> None:
    for address in LISTS:
        assert "8.3%" in manager.open(f"{address}format=csv").get_data(as_text=True), address
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(manager.open(f"{address}format=xlsx").data))
        assert "8.3%" in str(workbook.get_sheet_by_index(0).to_python()), address


def test_the_files_of_the_month_have_both(corrected: SealedMonth, manager: Visitor) -> None:
    lines = manager.open(f"{OCTOBER}.csv").get_data(as_text=True).splitlines()
    assert lines[0].endswith(
        "signed_duty_minutes,signed_abstracted_minutes,signed_rate,signed_on,signed_edition"
    )
    (restated,) = [line for line in lines if "16.6667" in line and line.startswith("C,")]
    assert ",1440,120,8.3333,2026-11-16,1" in restated
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(manager.open(f"{OCTOBER}.xlsx").data))
    assert "8.3333" in str(workbook.get_sheet_by_index(0).to_python())


def test_programs_are_told_both(corrected: SealedMonth, app: Flask, session: Session) -> None:
    account = session.get_one(type(make.account(session)), corrected.by)
    headers = {
        "Authorization": "Bearer "
        + make_token(session, account, "board papers", now=datetime(2026, 11, 16, 9, tzinfo=UTC))
    }
    session.commit()
    for asked, signed in (("rates", "signed_rate"), ("measures", "signed_value")):
        rows = app.test_client().get(f"/api/v1/{asked}?unit=C&month=2026-10", headers=headers).json
        assert rows is not None
        assert [each[signed] for each in rows if signed in each] == ["8.3333"]


def test_the_command_line_tells_both(corrected: SealedMonth, run: Callable[..., str]) -> None:
    of = "--unit C --month 2026-10"
    assert "8.3333" in run(f"rates {of}")
    assert "8.3333" in run(f"rates {of} --format csv")
    assert [each.get("signed_rate") for each in json.loads(run(f"rates {of} --format json"))] == [
        "8.3333",
        None,
    ]
    assert "8.3333" in run(f"review show {of}")
    told = json.loads(run(f"review show {of} --format json"))
    assert [each["signed_value"] for each in told["measures"] if "signed_value" in each] == ["8.3333"]
    assert told["signed"]["reason"] == REASON


def test_the_command_line_names_the_record_and_exits_with_1(
    corrected: SealedMonth, run: Callable[..., str]
) -> None:
    shift = corrected.shifts[1].id
    corrected.session.rollback()
    ran = CliRunner().invoke(npt, ["review", "verify", "--unit", "C", "--month", "2026-10"])
    assert isinstance(ran.exception, Refusal)
    assert "16.7% now; 8.3% was signed off" in ran.output
    assert (
        f"shift {shift}: changed, was 480 min, 0 absent, 0 taken, is 480 min, 0 absent, 120 taken"
        in ran.output
    )


def test_the_reason_stands_on_every_page_of_the_month(corrected: SealedMonth, manager: Visitor) -> None:
    for page in (OCTOBER, RECORDS, REVIEW, f"{OCTOBER}/sign-off"):
        assert REASON in plain(manager.open(page).text), page


# Signing ----------------------------------------------------------------------------------------------------


def test_the_manager_sees_what_will_be_sealed_and_signs_once(october: SealedMonth, manager: Visitor) -> None:
    shown = plain(manager.open(f"{OCTOBER}/sign-off/new").text)
    assert "Abstraction of officers 8.3%" in shown
    assert manager.fill(f"{OCTOBER}/sign-off/new", reason="").status_code == 303
    again = manager.fill(f"{OCTOBER}/sign-off/new", reason="")  # a double click
    assert again.status_code == 303
    assert "was signed off on 16 November 2026 by" in plain(manager.open(f"{OCTOBER}/sign-off").text)
    refused = manager.send(f"{OCTOBER}/sign-off/new", reason="Again")
    assert refused.status_code == 422
    assert "with exactly these figures (edition 1)" in plain(refused.text)


def test_days_not_confirmed_are_listed_and_need_a_reason(
    october: SealedMonth, manager: Visitor, session: Session
) -> None:
    make.shift(
        session,
        member=make.posting(session, unit=october.team).member,
        starts="2026-10-20T08:00",
        ends="2026-10-20T12:00",
    )
    name = october.team.name
    session.commit()
    shown = plain(manager.open(f"{OCTOBER}/sign-off/new").text)
    assert "1 team-day not confirmed" in shown
    assert f"{name} , 20 October 2026" in shown
    refused = manager.fill(f"{OCTOBER}/sign-off/new", reason="")
    assert refused.status_code == 422
    assert "Say why it is signed off all the same" in plain(refused.text)
    assert manager.fill(f"{OCTOBER}/sign-off/new", reason=REASON).status_code == 303


def test_the_month_that_lasts_says_when_it_can_be_signed(manager: Visitor) -> None:
    shown = plain(manager.open("/units/C/months/2026-11/sign-off/new").text)
    assert "November 2026 is not over: sign it off after 30 November 2026." in shown


def test_figures_that_changed_meanwhile_are_shown_again(october: SealedMonth, manager: Visitor) -> None:
    manager.open(f"{OCTOBER}/sign-off/new")
    october.correct()
    october.session.commit()
    overtaken = manager.fill(f"{OCTOBER}/sign-off/new", reason="")
    assert overtaken.status_code == 409
    manager.page = overtaken
    assert "16.7%" in plain(overtaken.text)
    assert manager.fill(f"{OCTOBER}/sign-off/new", reason="").status_code == 303


def test_the_month_of_a_team_is_not_signed_by_itself(manager: Visitor) -> None:
    assert manager.open("/units/C11/months/2026-10/sign-off").status_code == 404
