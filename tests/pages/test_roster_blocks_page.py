"""The roster changed by blocks, as a sergeant does it on the page."""

import re
from datetime import date, time
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.models import Unit
from npt.people.models import Grant, Member
from npt.shifts.actions import add_pattern, assign_pattern
from npt.shifts.models import Shift
from npt.shifts.rules import PatternDay
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

EDIT = "/teams/T1/roster/edit?from=2026-11-16"
MONDAY = "2026-11-16"


@built_once
def team(app: Flask, session: Session) -> Flask:
    """Team T1 with Ann, who is on an early on Monday 16 November 2026, and Ben, who has no shift."""
    unit = make.team(session, code="T1")
    ann = make.member(session, number="71", name="Ann Example", team=unit)
    make.member(session, number="72", name="Ben Example", team=unit)
    make.shift(session, member=ann, starts="2026-11-16T07:00", ends="2026-11-16T15:00")
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example")
    make.account(session, role=Role.SERGEANT, unit=unit, email="second@force.example")
    session.commit()
    return app


@pytest.fixture
def sergeant(team: Flask) -> Visitor:
    """The sergeant of T1."""
    return Visitor(team, "sergeant@force.example")


def key_of(session: Session, name: str) -> int:
    key = session.scalars(select(Member.id).where(Member.name == name)).one()
    session.rollback()
    return key


def count(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(Shift)) or 0
    session.rollback()
    return found


def test_a_member_and_a_day_ticked_at_the_edges_mean_where_they_meet(
    sergeant: Visitor, session: Session
) -> None:
    ben = str(key_of(session, "Ben Example"))
    answer = sergeant.send(EDIT, members=ben, days=MONDAY, verb="times", starts="0700", ends="1500")
    assert answer.status_code == 303
    assert count(session) == 2


def test_a_member_ticked_alone_means_every_day_shown(sergeant: Visitor, session: Session) -> None:
    ben = str(key_of(session, "Ben Example"))
    sergeant.send(EDIT, members=ben, verb="times", starts="22:00", ends="07:00")
    assert count(session) == 8


def test_the_effect_is_shown_before_anything_is_saved(sergeant: Visitor, session: Session) -> None:
    ben = key_of(session, "Ben Example")
    sergeant.open(EDIT)
    page = sergeant.fill(
        f"{EDIT}&preview=yes", cells=f"{ben}.{MONDAY}", verb="times", starts="07:00", ends="15:00"
    )
    assert page.status_code == 200
    words = plain(page.text)
    assert "Times set to 07:00 to 15:00 for Ben Example: 1 shift added. 8 h more are rostered." in words
    assert "Mon 16 Nov 1 on duty now, 2 then" in words
    assert "Ben Example : no shift → 07:00 to 15:00" in words
    assert count(session) == 1


def test_a_block_is_undone_from_the_same_page(sergeant: Visitor, session: Session) -> None:
    sergeant.send(EDIT, days=MONDAY, verb="clear")
    assert count(session) == 0
    page = sergeant.open(EDIT).text
    address = re.search(r'action="(/teams/T1/roster/acts/\d+/undo[^"]*)"', page)
    assert address is not None
    assert sergeant.fill(unescape(address[1])).status_code == 303
    assert "Undone: Cleared for Ann Example: 1 shift removed." in plain(sergeant.open(EDIT).text)
    assert count(session) == 1


def test_a_roster_that_somebody_else_changed_comes_back_with_what_was_typed(
    team: Flask, sergeant: Visitor, session: Session
) -> None:
    sergeant.open(EDIT)
    Visitor(team, "second@force.example").send(EDIT, days=MONDAY, verb="times", starts="0800", ends="1600")
    page = sergeant.fill(EDIT, days=MONDAY, verb="times", starts="21:15", ends="05:00")
    assert page.status_code == 409
    assert "Somebody else changed the roster of Ann Example (71) on 16 November 2026" in plain(page.text)
    assert 'value="21:15"' in page.text
    assert "08:00–16:00" in page.text


def test_a_block_without_a_tick_or_without_times_is_refused(sergeant: Visitor, session: Session) -> None:
    page = sergeant.send(EDIT, verb="times")
    assert page.status_code == 422
    assert "Tick at least one day, member or column in the table" in plain(page.text)
    assert "Enter when the shifts start" in plain(page.text)
    assert count(session) == 1


def test_a_bad_time_is_refused_beside_its_box(sergeant: Visitor, session: Session) -> None:
    page = sergeant.send(EDIT, days=MONDAY, verb="times", starts="25:00", ends="07:00")
    assert page.status_code == 422
    assert "The start must be from 00:00 to 23:59." in plain(page.text)
    assert count(session) == 1


def test_what_was_typed_for_another_action_does_not_stand_in_the_way(
    sergeant: Visitor, session: Session
) -> None:
    assert (
        sergeant.send(EDIT, days=MONDAY, verb="clear", starts="25:00", week_of="31 2 2026").status_code == 303
    )
    assert count(session) == 0


def test_everybody_who_is_ticked_is_named_before_anything_is_saved(
    sergeant: Visitor, session: Session
) -> None:
    everybody = [str(key_of(session, name)) for name in ("Ann Example", "Ben Example")]
    hidden = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', sergeant.open(f"{EDIT}&days=month").text
    )
    typed = {"members": everybody, "verb": "times", "starts": "7am", "ends": "4pm"}
    sent = {**{name: unescape(value) for name, value in hidden}, **typed}
    page = sergeant.client.post(f"{EDIT}&days=month&preview=yes", data=sent)
    assert "And like these: Ben Example , 20 shifts." in plain(page.text)


def test_leave_is_recorded_for_everybody_of_a_day(sergeant: Visitor) -> None:
    sergeant.send(EDIT, days=MONDAY, verb="absent", reason="leave")
    assert "Absence recorded for Ann Example: 1 shift changed." in plain(sergeant.open(EDIT).text)


def next_door(session: Session) -> Unit:
    """Another team of the same area."""
    area = session.scalars(select(Unit).where(Unit.level == "area")).one()
    unit = make.team(session, under=area, code="T2")
    unit.name = "Next door"
    return unit


def test_a_shift_helps_the_team_next_door_and_is_still_in_view(team: Flask, session: Session) -> None:
    next_door(session)
    area = session.scalars(select(Unit).where(Unit.level == "area")).one()
    make.account(session, role=Role.INSPECTOR, unit=area, email="inspector@force.example")
    session.commit()
    inspector = Visitor(team, "inspector@force.example")
    assert inspector.send(EDIT, days=MONDAY, verb="move", team="T2").status_code == 303
    assert "for Next door" in plain(inspector.open(EDIT).text)


def test_a_sergeant_of_both_teams_moves_shifts_between_them(team: Flask, session: Session) -> None:
    both = next_door(session)
    account = make.account(session, role=Role.SERGEANT, unit=both, email="both@force.example")
    unit = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    session.add(Grant(account_id=account.id, unit=unit, role=Role.SERGEANT))
    session.commit()
    assert (
        Visitor(team, "both@force.example").send(EDIT, days=MONDAY, verb="move", team="T2").status_code == 303
    )


def test_a_sergeant_of_one_team_does_not_take_back_what_moved_shifts_to_another(
    sergeant: Visitor, team: Flask, session: Session
) -> None:
    other = next_door(session)
    both = make.account(session, role=Role.SERGEANT, unit=other, email="both@force.example")
    one = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    session.add(Grant(account_id=both.id, unit=one, role=Role.SERGEANT))
    session.commit()
    of_both = Visitor(team, "both@force.example")
    assert of_both.send(EDIT, days=MONDAY, verb="move", team="T2").status_code == 303
    (undo,) = re.findall(r'action="([^"]+/undo[^"]*)"', sergeant.open(EDIT).text)
    sergeant.fill(unescape(undo))
    assert "about shifts of Next door as well, for which you do not record" in plain(sergeant.open(EDIT).text)
    of_both.open(EDIT)
    of_both.fill(unescape(undo))
    assert "Undone: Moved to Next door" in plain(of_both.open(EDIT).text)


def test_a_sergeant_of_one_team_cannot_move_shifts_to_another(sergeant: Visitor, session: Session) -> None:
    next_door(session)
    session.commit()
    page = sergeant.send(EDIT, days=MONDAY, verb="move", team="T2")
    assert page.status_code == 422
    assert "Move to another team" not in page.text
    assert session.scalars(select(Unit.code).join(Shift, Shift.unit_id == Unit.id)).all() == ["T1"]


def test_a_month_is_shown_from_its_first_day_to_its_last(sergeant: Visitor) -> None:
    words = plain(sergeant.open(f"{EDIT}&days=month").text)
    assert "November 2026" in words
    assert "Ann Example, Sun 1 Nov" in words
    assert "Ann Example, Mon 30 Nov" in words


def test_who_worked_by_which_pattern_is_listed_as_at_any_day(sergeant: Visitor, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "T1")).one()
    pattern = add_pattern(session, unit=team, name="Ten nights", cycle=[PatternDay(time(22), time(7))])
    first, last = date(2026, 9, 1), date(2026, 10, 12)
    ann = session.scalars(select(Member.id).where(Member.name == "Ann Example")).one()
    assign_pattern(
        session,
        pattern_id=pattern.id,
        unit=team,
        member_ids=[ann],
        anchor=first,
        first=first,
        last=last,
    )
    session.commit()
    here = "/teams/T1/roster/assignments"
    assert "No one works a pattern from 16 November 2026" in plain(sergeant.open(here).text)
    then = plain(sergeant.open(f"{here}?as-at=2026-10-12").text)
    assert "Ann Example 71 Ten nights 1 September 2026 12 October 2026 1 has ended" in then
    assert "Change or end" not in then
    assert sergeant.open(f"{here}?as-at=soon").status_code == 422


def test_a_block_sent_with_an_old_token_is_told_with_its_members_and_days(
    sergeant: Visitor, session: Session
) -> None:
    ben = key_of(session, "Ben Example")
    sergeant.open(EDIT)
    answer = sergeant.client.post(
        EDIT,
        data={
            "csrf_token": "old",
            "cells": f"{ben}.{MONDAY}",
            "members": str(ben),
            "verb": "times",
            "starts": "07:00",
            "ends": "15:00",
        },
    )
    seen = plain(answer.text)
    assert answer.status_code == 400
    assert "Ben Example Mon 16 Nov" in seen
    assert "Members Ben Example" in seen
    assert f"{ben}.{MONDAY}" not in seen
