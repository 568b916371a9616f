"""Shifts of a member from the calendar of another system, on the page of a team's roster."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.shifts.models import Shift
from tests import make
from tests.visiting import Visitor, plain

ADDRESS = "/teams/T1/roster/calendar"
LATE = "UID:1\nSUMMARY:Late\nDTSTART:20261116T140000Z\nDTEND:20261116T220000Z\n"
REST = "UID:2\nSUMMARY:Rest day\nDTSTART;VALUE=DATE:20261117\n"


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//roster//EN\n{body}END:VCALENDAR\n".encode()


@pytest.fixture
def sergeant(app: Flask, session: Session) -> Visitor:
    """The sergeant of T1, where 4471 is posted; 4472 is posted to T2 beside it."""
    area = make.area(session)
    team = make.team(session, under=area, code="T1")
    make.member(session, number="4471", name="Alex Sample", team=team)
    make.member(session, number="4472", team=make.team(session, under=area, code="T2"))
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@demo.example")
    session.commit()
    return Visitor(app, "sergeant@demo.example")


def send(sergeant: Visitor, content: bytes, number: str = "4471", **fields: str) -> TestResponse:
    page = sergeant.open(ADDRESS).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    sent = {**hidden, "number": number, "calendar": (BytesIO(content), "alex.ics"), **fields}
    return sergeant.client.post(ADDRESS, data=sent, content_type="multipart/form-data")


def shifts(session: Session) -> list[Shift]:
    session.rollback()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


def test_the_shifts_of_a_calendar_are_added_and_what_was_skipped_is_told(
    sergeant: Visitor, session: Session
) -> None:
    answer = send(sergeant, calendar(LATE, REST))
    assert answer.status_code == 303
    assert answer.location == "/teams/T1/roster?from=2026-11-16"  # where the first of them is in view
    told = plain(sergeant.open(answer.location).text)
    assert "Calendar of Alex Sample: 1 shift added, 0 changed, 0 recorded already." in told
    assert "Line 10: “Rest day” is a whole-day event and was skipped: a shift has times." in told
    (shift,) = shifts(session)
    assert f"{shift.starts_at:%Y-%m-%d %H:%M}" == "2026-11-16 14:00"


def test_the_same_calendar_again_changes_nothing_and_another_end_only_when_allowed(
    sergeant: Visitor, session: Session
) -> None:
    send(sergeant, calendar(LATE))
    again = sergeant.open(send(sergeant, calendar(LATE)).location)
    assert "0 shifts added, 0 changed, 1 recorded already." in plain(again.text)
    sooner = calendar(LATE.replace("T22", "T21"))
    refused = send(sergeant, sooner)
    assert refused.status_code == 422
    assert "1 thing to correct. Line 4:" in plain(refused.text)
    assert send(sergeant, sooner, update="yes").status_code == 303
    assert [shift.minutes for shift in shifts(session)] == [7 * 60]


def test_nothing_is_saved_of_a_calendar_with_anything_to_mend(sergeant: Visitor, session: Session) -> None:
    refused = send(sergeant, calendar(LATE, "UID:3\nSUMMARY:Early\nDTSTART:20261118T070000Z\n"))
    assert refused.status_code == 422
    assert "Line 10: “Early”: on 18 November 2026 it has no end: give it one." in plain(refused.text)
    assert shifts(session) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"number,starts,ends\n", "is not a calendar that can be read"),
        (b"\xff\xfe", "is not a calendar that can be read"),
    ],
)
def test_what_is_no_calendar_is_refused(
    sergeant: Visitor, session: Session, content: bytes, words: str
) -> None:
    refused = send(sergeant, content)
    assert refused.status_code == 422
    assert words in plain(refused.text)
    assert shifts(session) == []


def test_only_members_of_the_team_can_be_chosen(sergeant: Visitor, session: Session) -> None:
    refused = send(sergeant, calendar(LATE), number="4472")
    assert refused.status_code == 422
    assert "Member: choose one from the list." in plain(refused.text)
    assert shifts(session) == []


def test_a_text_in_place_of_a_file_is_no_file(sergeant: Visitor) -> None:
    refused = sergeant.send(ADDRESS, number="4471", calendar="BEGIN:VCALENDAR")
    assert refused.status_code == 422
    assert "Choose a calendar file" in plain(refused.text)
