"""Rostering by hand on a team's pages: one shift, and repeating patterns."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.clock import to_local
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.models import Pattern, Shift
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

DAY = "/teams/T1/day/2026-11-16"
PATTERNS = "/teams/T1/patterns"
CYCLE = "2 days 07:00 to 15:00\n1 night 22:00-07:00\n\n4 days off"


@built_once
def team(app: Flask, session: Session) -> Flask:
    """Team T1 with Ann, who is on an early on Monday 16 November 2026, and Ben, who has no shift."""
    unit = make.team(session, code="T1")
    ann = make.member(session, number="71", name="Ann Example", role=PolicingRole.CONSTABLE, team=unit)
    make.member(session, number="72", name="Ben Example", role=PolicingRole.PCSO, team=unit)
    make.shift(session, member=ann, starts="2026-11-16T07:00", ends="2026-11-16T15:00")
    make.account(session, role=Role.SERGEANT, unit=unit, email="sergeant@force.example")
    make.account(session, role=Role.SERGEANT, unit=unit, email="second@force.example")
    make.account(session, role=Role.OFFICER, unit=unit, email="officer@force.example")
    session.commit()
    return app


@pytest.fixture
def sergeant(team: Flask) -> Visitor:
    """The sergeant of T1."""
    return Visitor(team, "sergeant@force.example")


def rostered(session: Session) -> list[tuple[str, str]]:
    """Every shift in local time, in order."""
    shifts = session.scalars(select(Shift).order_by(Shift.starts_at, Shift.member_id)).all()
    times = [
        (f"{to_local(each.starts_at):%d %b %H:%M}", f"{to_local(each.ends_at):%d %b %H:%M}")
        for each in shifts
    ]
    session.rollback()
    return times


def box(page: str, words: str) -> str:
    """The value that a page sends for the choice with these words."""
    found = re.search(rf'value="(\d+)"[^>]*>\s*(?:<label[^>]*>\s*)?[^<]*{words}', page)
    assert found is not None, f"{words} is not offered"
    return found[1]


# One shift --------------------------------------------------------------------------------------------------


def test_a_shift_is_added_for_a_member_of_the_team(sergeant: Visitor, session: Session) -> None:
    ben = box(sergeant.open(f"{DAY}/shifts/add").text, "Ben Example")
    assert sergeant.fill(f"{DAY}/shifts/add", members=ben, starts="2200", ends="07:00").status_code == 303
    assert rostered(session)[-1] == ("16 Nov 22:00", "17 Nov 07:00")


def test_a_shift_is_added_for_somebody_of_another_team_when_the_team_is_named(
    sergeant: Visitor, session: Session
) -> None:
    area = session.scalars(select(Unit).where(Unit.level == "area")).one()
    other = make.team(session, under=area, code="T2")
    make.member(session, number="90", role=PolicingRole.CONSTABLE, team=other)
    session.commit()
    typed = {"number": "90", "starts": "09:00", "ends": "17:00"}
    refused = sergeant.send(f"{DAY}/shifts/add", **typed)
    assert refused.status_code == 422
    assert re.search(r'<a href="#team">[^<]*counts at T2', refused.text)
    assert sergeant.send(f"{DAY}/shifts/add", team="yes", **typed).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"starts": "09:00", "ends": "17:00"}, "members", "Choose a member, or enter a force number"),
        (
            {"number": "nobody", "starts": "09:00", "ends": "17:00"},
            "number",
            "Nobody here has this force number",
        ),
        ({"number": "71", "starts": "09:00", "ends": ""}, "ends", "Enter when the shift ends"),
        ({"number": "71", "starts": "09:00", "ends": "17:00"}, "starts", "overlaps"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_beside_its_field(
    sergeant: Visitor, session: Session, typed: dict[str, str], field: str, message: str
) -> None:
    answer = sergeant.send(f"{DAY}/shifts/add", **typed)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]*{message}', answer.text)
    assert len(rostered(session)) == 1


@pytest.fixture
def early(session: Session, team: Flask) -> str:
    """The address of Ann's early."""
    key = session.scalars(select(Shift.id)).one()
    session.rollback()
    return f"{DAY}/shifts/{key}"


def test_a_shift_is_changed(sergeant: Visitor, early: str, session: Session) -> None:
    assert 'value="07:00"' in sergeant.open(early).text
    assert sergeant.fill(early, starts="08:00", ends="16:30").status_code == 303
    assert rostered(session) == [("16 Nov 08:00", "16 Nov 16:30")]


def test_a_shift_cannot_end_before_time_away_in_it(sergeant: Visitor, early: str, session: Session) -> None:
    make.away(session, shift=session.scalars(select(Shift)).one(), starts="2026-11-16T13:00")
    session.commit()
    answer = sergeant.send(early, starts="07:00", ends="14:00")
    assert answer.status_code == 422
    assert re.search(r'<a href="#ends">', answer.text)


def test_a_shift_that_somebody_else_changed_shows_both(
    sergeant: Visitor, team: Flask, early: str, session: Session
) -> None:
    sergeant.open(early)
    Visitor(team, "second@force.example").send(early, starts="07:00", ends="17:00")
    sergeant.page = sergeant.fill(early, starts="06:00", ends="15:00")
    assert sergeant.page.status_code == 409
    assert "06:00 to 15:00" in sergeant.page.text
    assert "07:00 to 17:00" in sergeant.page.text
    assert sergeant.fill(early).status_code == 303
    assert rostered(session) == [("16 Nov 06:00", "16 Nov 15:00")]


def test_a_shift_is_removed(sergeant: Visitor, early: str, session: Session) -> None:
    sergeant.open(early)
    assert sergeant.fill(f"{early}/remove").status_code == 303
    assert rostered(session) == []


def test_a_shift_with_time_away_is_not_removed(sergeant: Visitor, early: str, session: Session) -> None:
    make.away(session, shift=session.scalars(select(Shift)).one())
    session.commit()
    sergeant.open(early)
    sergeant.fill(f"{early}/remove")
    assert "is recorded as away in this shift" in sergeant.open(DAY).text
    assert len(rostered(session)) == 1


def test_a_change_of_a_shift_that_is_gone_keeps_what_was_typed(
    sergeant: Visitor, team: Flask, early: str
) -> None:
    sergeant.open(early)
    second = Visitor(team, "second@force.example")
    second.open(early)
    second.fill(f"{early}/remove")
    answer = sergeant.fill(early, starts="06:00", ends="15:00")
    assert answer.status_code == 409
    assert "you typed 06:00 to 15:00" in answer.text


# Patterns ---------------------------------------------------------------------------------------------------


@pytest.fixture
def pattern(sergeant: Visitor, session: Session) -> str:
    """The address under which the cycle of seven days is assigned."""
    sergeant.send(f"{PATTERNS}/add", name="Two earlies and a night", cycle=CYCLE)
    key = session.scalars(select(Pattern.id)).one()
    session.rollback()
    return f"{PATTERNS}/{key}/assign"


def test_a_pattern_is_described_in_lines_and_listed_in_words(sergeant: Visitor, pattern: str) -> None:
    seen = plain(sergeant.open(PATTERNS).text)
    assert "Two earlies and a night 7 days" in seen
    assert "Days 1 to 2: 07:00 to 15:00; Day 3: 22:00 to 07:00; Days 4 to 7: off." in seen


@pytest.mark.parametrize(
    ("cycle", "message"),
    [
        ("", "Enter the days of the cycle"),
        ("2 days off", "has no shift"),
        ("now and then", "Line 1, “now and then”, cannot be read"),
        ("1 day 07:00 to 15:00\n2 days 25:00 to 07:00", "Line 2 has a time that there is not"),
        ("1 day 07:00 to 07:00", "Line 1 starts and ends at the same time"),
        ("60 days 07:00 to 15:00\n60 days off", "84 days or fewer"),
        ("0 days off\n1 day 07:00 to 15:00", "Line 1 must be for 1 to 84 days"),
    ],
)
def test_a_cycle_that_cannot_be_read_is_refused_and_kept(sergeant: Visitor, cycle: str, message: str) -> None:
    answer = sergeant.send(f"{PATTERNS}/add", name="Mine", cycle=cycle)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#cycle">[^<]*{message}', answer.text)
    assert f">{cycle}</textarea>" in answer.text.replace("\r\n", "\n")


def test_a_name_that_the_team_has_already_is_refused(sergeant: Visitor, pattern: str) -> None:
    answer = sergeant.send(f"{PATTERNS}/add", name="Two earlies and a night", cycle=CYCLE)
    assert answer.status_code == 422
    assert '<a href="#name">The unit has a pattern of this name' in answer.text


def test_the_shifts_of_a_pattern_are_shown_before_they_are_made(
    sergeant: Visitor, pattern: str, session: Session
) -> None:
    ben = box(sergeant.open(pattern).text, "Ben Example")
    asked = {"members": ben, "first": "23 11 2026", "last": "29 11 2026", "begins_with": "1"}
    seen = plain(sergeant.fill(f"{pattern}?preview=yes", **asked).text)
    assert "3 shifts of 25 h in all for each of 1 member" in seen
    assert "Wed 25 Nov 22:00 to 07:00" in seen
    assert len(rostered(session)) == 1


def test_a_pattern_is_assigned_from_any_day_of_its_cycle(
    sergeant: Visitor, pattern: str, session: Session
) -> None:
    ben = box(sergeant.open(pattern).text, "Ben Example")
    answer = sergeant.fill(pattern, members=ben, first="23 11 2026", last="29 11 2026", begins_with="3")
    assert answer.location == "/teams/T1/roster?from=2026-11-23"
    assert [starts for starts, _ in rostered(session)[1:]] == [
        "23 Nov 22:00",
        "28 Nov 07:00",
        "29 Nov 07:00",
    ]


def test_a_pattern_is_assigned_to_everybody(sergeant: Visitor, pattern: str, session: Session) -> None:
    sergeant.send(pattern, whole_team="yes", first="23 11 2026", last="24 11 2026", begins_with="1")
    assert len(rostered(session)) == 1 + 2 * 2


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "members", "Tick at least one member"),
        ({"whole_team": "yes", "last": "1 11 2026"}, "last-day", "must be the first day or later"),
        ({"whole_team": "yes", "last": "1 1 2028"}, "last-day", "at most a year later"),
        ({"whole_team": "yes", "begins_with": "8"}, "begins_with", "must be from 1 to 7"),
        ({"whole_team": "yes", "first": "31 12 2199", "last": "31 12 2199"}, "first-day", "or earlier"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_beside_its_field(
    sergeant: Visitor, pattern: str, session: Session, typed: dict[str, str], field: str, message: str
) -> None:
    sent = {"first": "23 11 2026", "last": "29 11 2026", "begins_with": "1", **typed}
    answer = sergeant.send(pattern, **sent)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]*{message}', answer.text)
    assert len(rostered(session)) == 1


def test_an_assignment_over_a_shift_that_is_there_is_refused_beside_the_members(
    sergeant: Visitor, pattern: str, session: Session
) -> None:
    sergeant.send(f"{DAY}/shifts/add", number="72", starts="08:00", ends="16:00")
    answer = sergeant.send(pattern, whole_team="yes", first="16 11 2026", last="17 11 2026", begins_with="1")
    assert answer.status_code == 422
    assert re.search(r'<a href="#members">Ben Example[^<]*overlaps', answer.text)
    assert len(rostered(session)) == 2


def test_a_pattern_of_another_team_is_not_found(sergeant: Visitor) -> None:
    assert sergeant.open(f"{PATTERNS}/99/assign").status_code == 404


def test_whoever_may_not_record_sees_patterns_and_changes_none(
    team: Flask, sergeant: Visitor, pattern: str, session: Session
) -> None:
    officer = Visitor(team, "officer@force.example")
    seen = officer.open(PATTERNS).text
    assert "Two earlies and a night" in seen
    assert "Assign to members" not in seen
    assert officer.open(pattern).status_code == 403
    assert session.scalar(select(func.count()).select_from(Pattern)) == 1
