"""A member reports that they were taken off; the sergeant answers; nothing counts before."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.people.rules import PolicingRole
from npt.reporting.models import Report
from npt.reporting.rules import ReportState
from npt.shifts.models import Away, Loss, OpenEnd, Shift
from tests import make
from tests.visiting import Visitor, stop_the_clock

DAY = "/teams/T1/day/2026-11-16"
REPORT = "/my/abstractions/report"


@pytest.fixture
def team(app: Flask, session: Session) -> Flask:
    """Team T1 at 10:00: the PCSO Pat on a shift from 8 to 18, a constable without one, their sergeant."""
    stop_the_clock(app, datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
    unit = make.team(session, code="T1")
    pat = make.member(session, name="Pat Example", role=PolicingRole.PCSO, team=unit)
    make.shift(session, member=pat, starts="2026-11-16T08:00", ends="2026-11-16T18:00")
    make.account(session, role=Role.PCSO, unit=unit, email="pcso@force.example", member=pat)
    con = make.member(session, name="Con Example", role=PolicingRole.CONSTABLE, team=unit)
    make.shift(session, member=con, starts="2026-11-17T08:00", ends="2026-11-17T18:00")
    make.account(session, role=Role.OFFICER, unit=unit, email="officer@force.example", member=con)
    make.account(session, role=Role.OFFICER, unit=unit, email="nobody@force.example")
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example", name="Sam Sergeant")
    session.commit()
    return app


def words(text: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def reported(session: Session) -> Report:
    report = session.scalars(select(Report)).one()
    session.expunge(report)
    session.rollback()
    return report


def report(app: Flask, **typed: str) -> Visitor:
    """Let Pat report; their page is open afterwards."""
    pat = Visitor(app, "pcso@force.example")
    answer = pat.send(REPORT, **{"reason": "scene-guard", "starts": "08:30", **typed})
    assert answer.status_code == 303, words(answer.text)
    pat.open("/my/abstractions")
    return pat


def address_of(session: Session) -> str:
    return f"{DAY}/reports/{reported(session).id}"


# Reporting --------------------------------------------------------------------------------------------------


def test_a_report_waits_and_counts_in_nothing(team: Flask, session: Session) -> None:
    pat = report(team)
    assert "Guarding a scene waiting for approval" in words(pat.page.text)
    assert session.scalars(select(Away)).all() == []


def test_what_was_typed_outside_the_shift_is_refused_beside_its_field_and_kept(team: Flask) -> None:
    pat = Visitor(team, "pcso@force.example")
    answer = pat.send(REPORT, reason="scene-guard", starts="07:00", note="Cordon at the station")
    assert answer.status_code == 422
    assert "is not inside the shift" in words(answer.text)
    assert "Cordon at the station" in answer.text


def test_a_member_without_a_shift_now_is_told_of_the_next_and_nothing_is_kept(
    team: Flask, session: Session
) -> None:
    con = Visitor(team, "officer@force.example")
    assert "Your next shift is 17 November 2026 08:00" in words(con.open(REPORT).text)
    con.open("/")
    answer = con.fill(REPORT, reason="scene-guard", starts="08:30")
    assert answer.status_code == 422
    assert session.scalars(select(Report)).all() == []


def test_an_account_of_no_member_is_told_whom_to_ask(team: Flask) -> None:
    nobody = Visitor(team, "nobody@force.example")
    assert "Ask the person who manages accounts to link your account" in words(nobody.open(REPORT).text)


def test_what_the_refusal_of_a_second_report_names_can_be_done_beside_it(
    team: Flask, session: Session
) -> None:
    pat = report(team)
    again = pat.send(REPORT, reason="custody", starts="09:00")
    assert again.status_code == 422
    assert "withdraw it, or press “Back now”, first" in words(again.text)
    waiting = f"/my/abstractions/reports/{reported(session).id}"
    assert [f'action="{waiting}/{verb}"' in again.text for verb in ("back", "withdraw")] == [True, True]
    pat.open(REPORT)
    assert pat.fill(f"{waiting}/withdraw", next=REPORT).location == REPORT
    assert pat.send(REPORT, reason="custody", starts="09:00").status_code == 303


def test_nobody_is_told_to_come_back_from_what_has_an_end(team: Flask) -> None:
    pat = report(team, ends="09:30")
    again = words(pat.send(REPORT, reason="custody", starts="09:00").text)
    assert "waiting for approval: withdraw it first" in again


def test_nobody_ends_or_withdraws_the_report_of_another(team: Flask, session: Session) -> None:
    report(team)
    con = Visitor(team, "officer@force.example")
    for verb in ("back", "withdraw"):
        con.open("/my/abstractions")
        con.fill(f"/my/abstractions/reports/{reported(session).id}/{verb}")
    found = reported(session)
    assert (found.state, found.ends_at) == (ReportState.WAITING, None)


# Answering --------------------------------------------------------------------------------------------------


def test_the_sergeant_sees_it_on_the_start_page_and_on_the_day_with_what_it_does_to_the_headroom(
    team: Flask, session: Session
) -> None:
    report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    for page in ("/", DAY):
        assert "Pat Example: Guarding a scene from 08:30, end not known yet" in words(
            sergeant.open(page).text
        )
    # 5% of 10 h is 30 min; from 08:30 to 18:00 is 9 h 30 min.
    shown = words(sergeant.open(address_of(session)).text)
    assert "PCSOs: takes 9 h 30 min, then 9 h over the 30 min allowed." in shown


def test_an_open_report_of_another_day_is_one_line(team: Flask) -> None:
    report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    assert "1 report to approve" in words(sergeant.open(DAY).text)
    other = words(sergeant.open("/teams/T1/day/2026-11-17").text)
    assert "To approve from other days: Pat Example, Mon 16 Nov" in other
    assert "1 report to approve" not in other


def test_an_accepted_report_is_recorded_with_its_loss_and_the_member_reads_it(
    team: Flask, session: Session
) -> None:
    pat = report(team, lost="surgery", lost_words="Bury Park")
    sergeant = Visitor(team, "sergeant@force.example")
    answer = sergeant.open(address_of(session))
    form = {
        "reason": "scene-guard", "starts": "08:30", "lost": "surgery", "lost_words": "Bury Park"
    }  # fmt: skip
    answer = sergeant.fill(address_of(session), **form)
    assert answer.status_code == 303, words(answer.text)
    assert len(session.scalars(select(OpenEnd)).all()) == 1
    assert [loss.words for loss in session.scalars(select(Loss))] == ["Bury Park"]
    session.rollback()
    assert "Accepted by Sam Sergeant" in words(pat.open("/my/abstractions").text)


def test_a_refusal_needs_its_reason_and_tells_the_member(team: Flask, session: Session) -> None:
    pat = report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    where = address_of(session)
    sergeant.open(where)
    assert sergeant.fill(f"{where}?refuse=yes", why="").status_code == 422
    assert sergeant.fill(f"{where}?refuse=yes", why="It was on your beat").status_code == 303
    assert "It was on your beat" in words(pat.open("/my/abstractions").text)


def test_to_refuse_a_report_nothing_else_of_the_form_has_to_be_readable(
    team: Flask, session: Session
) -> None:
    report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    where = address_of(session)
    sergeant.open(where)
    answer = sergeant.fill(f"{where}?refuse=yes", starts="25:00", why="")
    assert answer.status_code == 422
    assert '<a href="#why">' in answer.text
    assert "from 00:00 to 23:59" not in answer.text
    assert sergeant.fill(f"{where}?refuse=yes", starts="25:00", why="Not on duty").status_code == 303


def test_a_report_that_changed_meanwhile_is_shown_as_it_is_now(team: Flask, session: Session) -> None:
    pat = report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    where = address_of(session)
    sergeant.open(where)
    pat.fill(f"/my/abstractions/reports/{reported(session).id}/withdraw")
    answer = sergeant.fill(where, reason="scene-guard", starts="08:30")
    assert answer.status_code == 409
    assert "This report is withdrawn" in words(answer.text)


def test_a_day_with_a_report_that_waits_is_not_confirmed(team: Flask) -> None:
    report(team)
    sergeant = Visitor(team, "sergeant@force.example")
    sergeant.open(DAY)
    refused = sergeant.open(sergeant.fill(f"{DAY}/confirm").location)
    assert "1 report is waiting for approval, from Pat Example" in words(refused.text)
    assert "Not confirmed" in words(refused.text)


# What was lost ----------------------------------------------------------------------------------------------


def test_a_loss_is_noted_later_and_taken_away_again(team: Flask, session: Session) -> None:
    sergeant = Visitor(team, "sergeant@force.example")
    sergeant.open(DAY)
    shift_id = str(session.scalars(select(Shift.id).order_by(Shift.id)).first())
    session.rollback()
    sergeant.fill(f"{DAY}/record", members=shift_id, reason="custody", when="whole")
    away_id = session.scalars(select(Away.id)).one()
    session.rollback()
    lost = f"{DAY}/away/{away_id}/lost"
    assert sergeant.send(lost, lost="other", lost_words="").status_code == 422
    assert sergeant.send(lost, lost="visit", lost_words="Mill Lane").status_code == 303
    assert "Visit not made : Mill Lane" in words(sergeant.open(lost).text)
    loss_id = session.scalars(select(Loss.id)).one()
    session.rollback()
    sergeant.fill(f"{lost}/{loss_id}/remove")
    assert session.scalars(select(Loss)).all() == []


def test_words_about_a_loss_of_no_kind_are_not_dropped_in_silence(team: Flask) -> None:
    pat = Visitor(team, "pcso@force.example")
    answer = pat.send(REPORT, reason="scene-guard", starts="08:30", lost_words="Bury Park")
    assert answer.status_code == 422
    assert "Choose what was lost, or clear the details" in words(answer.text)
    assert "Bury Park" in answer.text
