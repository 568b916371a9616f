"""Repeating the last duty day: seen first, recorded as one act, taken back as one."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.kit.clock import to_local
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Shift
from tests import make
from tests.visiting import Visitor

DAY = "/teams/T1/day/2026-11-16"


@pytest.fixture
def sergeant(app: Flask, session: Session) -> Visitor:
    """On Friday Ann was in custody and Ben guarded a scene; on Monday Ann is on the same early, Ben late."""
    unit = make.team(session, code="T1")
    for name, starts, ends in (("Ann Example", "07:00", "16:00"), ("Ben Example", "13:00", "22:00")):
        member = make.member(session, name=name, role=PolicingRole.CONSTABLE, team=unit)
        then = make.shift(session, member=member, starts="2026-11-13T07:00", ends="2026-11-13T16:00")
        reason = "custody" if name.startswith("Ann") else "scene-guard"
        make.away(session, shift=then, starts="2026-11-13T08:00", ends="2026-11-13T14:00", reason=reason)
        make.shift(session, member=member, starts=f"2026-11-16T{starts}", ends=f"2026-11-16T{ends}")
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example")
    session.commit()
    person = Visitor(app, "sergeant@force.example")
    person.open(f"{DAY}/repeat")
    return person


def words(text: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def recorded(session: Session) -> list[tuple[str, str]]:
    """Local times recorded on Monday."""
    asked = select(Away.starts_at, Away.ends_at).join(Shift)
    rows = [
        (to_local(starts), to_local(ends)) for starts, ends in session.execute(asked.order_by(Away.id)).all()
    ]
    session.rollback()
    return [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in rows if a.day == 16]


def ticked(sergeant: Visitor) -> list[str]:
    return re.findall(r'name="entries" value="(\d+)" checked', sergeant.page.text)


def send(sergeant: Visitor, *entries: str, ask: str = "") -> TestResponse:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', sergeant.page.text)
    sent: dict[str, str | list[str]] = {name: unescape(value) for name, value in hidden}
    return sergeant.client.post(f"{DAY}/repeat{ask}", data={**sent, "entries": list(entries)})


def test_it_is_shown_before_it_is_recorded_and_what_does_not_fit_is_cut(
    sergeant: Visitor, session: Session
) -> None:
    shown = words(sergeant.page.text)
    assert "Ann Example, constable 1001 : 08:00 to 14:00, 6 h Custody, 08:00 to 14:00" in shown
    assert "13:00 to 14:00, 1 h: cut to the shift" in shown
    assert "Officers: takes 7 h" in shown
    assert recorded(session) == []


def test_all_of_it_is_recorded_at_once_and_taken_back_at_once(sergeant: Visitor, session: Session) -> None:
    answer = send(sergeant, *ticked(sergeant))
    assert answer.status_code == 303
    assert recorded(session) == [("08:00", "14:00"), ("13:00", "14:00")]
    day = sergeant.open(answer.location)
    undo = re.search(rf'action="({DAY}/acts/\d+/undo)"', day.text)
    assert undo is not None
    sergeant.fill(undo[1])
    assert recorded(session) == []


def test_what_is_recorded_already_is_not_repeated(sergeant: Visitor, session: Session) -> None:
    send(sergeant, *ticked(sergeant))
    assert "Not copied" in words(sergeant.open(f"{DAY}/repeat").text)
    assert ticked(sergeant) == []


def test_to_repeat_nothing_is_refused(sergeant: Visitor) -> None:
    assert send(sergeant).status_code == 422


def test_what_was_to_be_copied_with_an_old_token_is_told_in_words(sergeant: Visitor) -> None:
    first = ticked(sergeant)[0]
    answer = sergeant.client.post(f"{DAY}/repeat", data={"csrf_token": "old", "entries": first})
    assert answer.status_code == 400
    assert "Ann Example, constable 1001: Custody, 08:00 to 14:00" in words(answer.text)
