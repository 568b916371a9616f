"""A team's day as people see it: who is on, who is away, what the month allows, and confirming it."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.journal.models import Entry
from npt.people.rules import PolicingRole
from npt.shifts.models import Confirmation, Shift
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain, stop_the_clock

DAY = "/teams/T1/day/2026-11-16"
YESTERDAY = "/teams/T1/day/2026-11-15"


@built_once
def team(app: Flask, session: Session) -> Flask:
    """The teams T1 and T2 of area A1, and Monday 16 November 2026 in T1.

    Ann is on an early with two hours of custody, Ben is sick all day, Cas works the night, Dee has no shift.
    Ann also worked the day before, which nobody has confirmed.
    """
    area = make.area(session, code="A1")
    first = make.team(session, under=area, code="T1")
    make.team(session, under=area, code="T2")
    make.member(session, number="70", name="Ina Example", role=PolicingRole.INSPECTOR, team=area)
    ann = make.member(session, number="71", name="Ann Example", role=PolicingRole.CONSTABLE, team=first)
    ben = make.member(session, number="72", name="Ben Example", role=PolicingRole.PCSO, team=first)
    cas = make.member(session, number="73", name="Cas Example", role=PolicingRole.CONSTABLE, team=first)
    make.member(session, number="74", name="Dee Example", role=PolicingRole.CONSTABLE, team=first)
    early = make.shift(session, member=ann, starts="2026-11-16T07:00", ends="2026-11-16T16:00")
    make.away(
        session,
        shift=early,
        starts="2026-11-16T09:00",
        ends="2026-11-16T11:00",
        reason="custody",
        note="Two detained",
    )
    sick = make.shift(session, member=ben, starts="2026-11-16T07:00", ends="2026-11-16T16:00")
    make.away(session, shift=sick, reason="sickness")
    make.shift(session, member=cas, starts="2026-11-16T22:00", ends="2026-11-17T07:00")
    make.shift(session, member=ann, starts="2026-11-15T07:00", ends="2026-11-15T16:00")
    for role, unit in (
        (Role.SERGEANT, first),
        (Role.OFFICER, first),
        (Role.INSPECTOR, area),
        (Role.HMIC, area),
    ):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    session.commit()
    return app


@pytest.fixture
def sergeant(team: Flask) -> Visitor:
    """The sergeant of T1."""
    return Visitor(team, "sergeant@force.example")


def test_the_day_shows_shifts_time_away_and_who_has_no_shift(sergeant: Visitor) -> None:
    seen = plain(sergeant.open(DAY).text)
    assert "09:00 to 11:00 Custody" in seen
    assert "Two detained" in seen
    assert "22:00 to 07:00" in seen
    assert "No shift: Dee Example" in seen


def test_what_is_left_of_a_shift_is_said_beside_it(sergeant: Visitor) -> None:
    rows = re.findall(r'<tr class="govuk-table__row npt-grid__row.*?</tr>', sergeant.open(DAY).text, re.S)
    words = [plain(row) for row in rows]
    assert "7 h here" in next(row for row in words if "Ann Example" in row)
    assert "0 min here" in next(row for row in words if "Ben Example" in row)


def test_the_headroom_of_both_groups_is_worked_out_for_the_month(sergeant: Visitor) -> None:
    seen = plain(sergeant.open(DAY).text)
    # 20% of the officers' 27 h is 5 h 24 min, and two hours are used.
    assert "3 h 24 min left of 5 h 24 min" in seen


def test_whoever_may_not_record_sees_that_a_member_is_absent_and_not_why(team: Flask) -> None:
    seen = Visitor(team, "officer@force.example").open(DAY).text
    assert "07:00 to 16:00 Absent" in plain(seen)
    assert "Sickness" not in seen
    assert "Two detained" not in seen
    assert "Record time away" not in seen
    assert "Confirm day" not in seen


def test_whoever_may_not_see_duty_does_not_see_the_day(team: Flask) -> None:
    assert Visitor(team, "hmic@force.example").open(DAY).status_code == 403


def test_a_team_of_somebody_else_is_closed(sergeant: Visitor) -> None:
    assert sergeant.open("/teams/T2/day/2026-11-16").status_code == 403


@pytest.mark.parametrize("address", ["/teams/T1/day/1900-01-01", "/teams/T1/day/2199-12-31"])
def test_the_edges_of_the_calendar_have_no_days(sergeant: Visitor, address: str) -> None:
    assert sergeant.open(address).status_code == 404


def test_a_unit_without_duty_of_its_own_has_no_days(team: Flask, session: Session) -> None:
    make.account(session, role=Role.MANAGER, unit=make.bcu(session, code="B9"), email="bcu@force.example")
    session.commit()
    assert Visitor(team, "bcu@force.example").open("/teams/B9/day/2026-11-16").status_code == 404


def test_an_inspector_sees_their_own_shift_and_the_teams_of_the_area(team: Flask) -> None:
    seen = plain(Visitor(team, "inspector@force.example").open("/teams/A1/day/2026-11-16").text)
    assert "Ina Example" in seen
    assert "Team T1" in seen
    assert "Ann Example" not in seen


def test_a_day_before_the_team_was_opened_says_so(sergeant: Visitor) -> None:
    assert "is not open on this day" in sergeant.open("/teams/T1/day/2007-01-01").text


def test_seeing_why_people_were_away_is_noted_in_the_journal(sergeant: Visitor, session: Session) -> None:
    sergeant.open(DAY)
    seen = session.scalars(select(Entry).where(Entry.change == "viewed")).all()
    assert [entry.act for entry in seen] == ["view time away at unit"]


def test_a_day_that_tells_nothing_personal_is_seen_without_a_note(
    team: Flask, sergeant: Visitor, session: Session
) -> None:
    assert "Ann Example" in sergeant.open(YESTERDAY).text  # nobody was away
    assert "Absent" in Visitor(team, "officer@force.example").open(DAY).text  # but not why
    assert session.scalars(select(Entry).where(Entry.change == "viewed")).all() == []


# Confirming -------------------------------------------------------------------------------------------------


def test_a_quiet_day_is_confirmed_by_one_press(sergeant: Visitor, session: Session) -> None:
    sergeant.open(YESTERDAY)
    assert sergeant.fill(f"{YESTERDAY}/confirm").location == YESTERDAY
    assert "Confirmed" in plain(sergeant.open(YESTERDAY).text)
    assert session.scalar(select(Confirmation.on_date)) == date(2026, 11, 15)


def test_a_day_whose_shifts_are_not_over_is_confirmed_only_once_it_was_asked(
    team: Flask, sergeant: Visitor, session: Session
) -> None:
    stop_the_clock(team, datetime(2026, 11, 16, 12, 0, tzinfo=UTC))
    sergeant.open(DAY)
    asked = sergeant.fill(f"{DAY}/confirm", next="/").location
    assert asked == f"{DAY}/confirm/early?next=/"
    seen = plain(sergeant.open(asked).text)
    assert "Cas Example, 22:00 to 07:00: begins at 22:00" in seen
    assert "Ann Example, 07:00 to 16:00: on until 16:00" in seen
    assert "Ben Example" not in seen  # who is sick all day
    assert session.scalar(select(func.count()).select_from(Confirmation)) == 0
    session.rollback()
    assert sergeant.fill(f"{DAY}/confirm", next="/", sure="yes").location == "/"
    assert session.scalar(select(Confirmation.on_date)) == date(2026, 11, 16)


def test_a_day_that_changed_after_it_was_opened_is_not_confirmed_unseen(
    sergeant: Visitor, session: Session
) -> None:
    found = re.search(r'name="seen" value="([^"]+)"', sergeant.open(YESTERDAY).text)
    assert found is not None
    session.execute(update(Shift).where(Shift.on_date == date(2026, 11, 15)).values(version=7))
    session.commit()
    asked = sergeant.fill(f"{YESTERDAY}/confirm", seen=found[1]).location
    assert "changed after you opened it" in plain(sergeant.open(asked).text)
    assert session.scalar(select(func.count()).select_from(Confirmation)) == 0
    session.rollback()
    sergeant.fill(f"{YESTERDAY}/confirm", sure="yes")
    assert session.scalar(select(Confirmation.on_date)) == date(2026, 11, 15)


def test_what_changes_after_a_confirmation_is_counted_until_it_is_confirmed_again(sergeant: Visitor) -> None:
    sergeant.open(DAY)
    sergeant.fill(f"{DAY}/confirm", sure="yes")
    sergeant.open(f"{DAY}/shifts/add")
    sergeant.fill(f"{DAY}/shifts/add", number="74", starts="09:00", ends="17:00")
    seen = plain(sergeant.open(DAY).text)
    assert "Shift added for Dee Example, 09:00 to 17:00." in seen
    assert "· 1 change since" in seen
    assert "Confirm again" in seen
    assert "1 change since" in plain(sergeant.open("/units/T1/confirmations").text)
    assert "1 confirmed day changed since." in plain(sergeant.open("/units/T1/months/2026-11").text)
    sergeant.open(DAY)
    sergeant.fill(f"{DAY}/confirm", sure="yes")
    assert "change since" not in plain(sergeant.open(DAY).text)


def test_confirming_from_another_page_leads_back_to_it(sergeant: Visitor) -> None:
    sergeant.open(YESTERDAY)
    assert sergeant.fill(f"{YESTERDAY}/confirm", next="/").location == "/"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_confirming_never_leads_off_the_site(sergeant: Visitor, elsewhere: str) -> None:
    sergeant.open(YESTERDAY)
    assert sergeant.fill(f"{YESTERDAY}/confirm", next=elsewhere).location == YESTERDAY


def test_confirming_twice_confirms_once(sergeant: Visitor, session: Session) -> None:
    sergeant.open(YESTERDAY)
    sergeant.fill(f"{YESTERDAY}/confirm")
    sergeant.open(YESTERDAY)
    sergeant.fill(f"{YESTERDAY}/confirm")
    assert "was confirmed already" in sergeant.open(YESTERDAY).text
    assert session.scalar(select(func.count()).select_from(Confirmation)) == 1


def test_a_day_that_has_not_come_cannot_be_confirmed(sergeant: Visitor, session: Session) -> None:
    sergeant.open(YESTERDAY)
    sergeant.fill("/teams/T1/day/2026-11-17/confirm", seen="")
    assert "is still to come" in sergeant.open(YESTERDAY).text
    assert session.scalar(select(func.count()).select_from(Confirmation)) == 0


def test_a_confirmation_can_be_withdrawn(sergeant: Visitor, session: Session) -> None:
    sergeant.open(YESTERDAY)
    sergeant.fill(f"{YESTERDAY}/confirm")
    sergeant.open(YESTERDAY)
    sergeant.fill(f"{YESTERDAY}/withdraw")
    assert "The confirmation is withdrawn" in sergeant.open(YESTERDAY).text
    assert session.scalar(select(func.count()).select_from(Confirmation)) == 0


def test_days_of_the_last_two_weeks_that_nobody_confirmed_are_listed(sergeant: Visitor) -> None:
    assert f'href="{YESTERDAY}">Sun 15 Nov' in sergeant.open(DAY).text
    sergeant.open(YESTERDAY)
    sergeant.fill(f"{YESTERDAY}/confirm")
    assert "Not confirmed in the last two weeks" not in sergeant.open(DAY).text


# The roster -------------------------------------------------------------------------------------------------


def test_the_roster_shows_a_week_from_the_day_that_the_address_names(sergeant: Visitor) -> None:
    seen = plain(sergeant.open("/teams/T1/roster?from=2026-11-16").text)
    assert "week from Monday 16 November 2026" in seen
    assert "22:00–07:00" in seen
    assert "away 2 h" in seen


def test_the_roster_never_says_why_somebody_is_absent(sergeant: Visitor) -> None:
    seen = sergeant.open("/teams/T1/roster?from=2026-11-16").text
    assert "absent" in seen
    assert "Sickness" not in seen


def test_the_roster_of_four_weeks_has_twenty_eight_days(sergeant: Visitor) -> None:
    seen = sergeant.open("/teams/T1/roster?from=2026-11-02&days=28").text
    assert len(re.findall(r'<th scope="col"', seen)) == 28 + 2


@pytest.mark.parametrize("asked", ["no day", "2026-02-30", ""])
def test_a_roster_from_no_day_is_that_of_this_week(sergeant: Visitor, asked: str) -> None:
    assert "week from Monday 16 November 2026" in sergeant.open(f"/teams/T1/roster?from={asked}").text
