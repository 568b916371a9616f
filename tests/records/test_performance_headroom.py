"""The headroom of units and their parts, the forecast, and what if: on hand-made duty."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.counting.queries import daily_sums, headrooms
from npt.counting.rollup.read import whole_sums
from npt.counting.rollup.sums import period_sums, periods
from npt.counting.rules import DEFAULT_DEFINITION, Outlook
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.exchange import HEADROOM_COLUMNS, headroom_lines, headrooms_as_json
from npt.performance.queries import (
    Asked,
    HeadroomPage,
    Shown,
    UnknownDefinition,
    figure_behind,
    headroom_page,
    headrooms_under,
    rates,
    what_if,
)
from npt.performance.rules import NoSuchDuty, OutsideMonth, WhatIf
from tests import make
from tests.records.november import NOVEMBER, defined
from tests.world import HomeForce, world

TODAY = date(2026, 11, 16)
OFFICERS, PCSOS = RoleGroup.OFFICERS, RoleGroup.PCSOS


@dataclass
class Place:
    """BCU C with an area of two teams; a constable and a PCSO in the first, a constable in the second."""

    bcu: Unit
    area: Unit
    first: Unit
    second: Unit
    constable: Member
    pcso: Member
    other: Member


@pytest.fixture
def place(session: Session) -> Place:
    bcu = make.bcu(session, code="C")
    area = make.area(session, under=bcu, code="A1")
    first, second = (make.team(session, under=area, code=code) for code in ("T1", "T2"))
    return Place(
        bcu,
        area,
        first,
        second,
        make.member(session, team=first),
        make.member(session, role=PolicingRole.PCSO, team=first),
        make.member(session, team=second),
    )


def worked(session: Session, member: Member, *days: int, away: int = 0, month: str = "2026-11") -> None:
    """Ten hours from 08:00 on each of the days, of which `away` minutes taken by response."""
    for day in days:
        on = f"{month}-{day:02}"
        shift = make.shift(session, member=member, starts=f"{on}T08:00", ends=f"{on}T18:00")
        if away:
            hour, minute = divmod(away, 60)
            make.away(session, shift=shift, ends=f"{on}T{8 + hour:02}:{minute:02}")


def page(session: Session, unit: Unit, month: Month = NOVEMBER, today: date = TODAY) -> HeadroomPage:
    return headroom_page(session, unit, month, today=today, definition=DEFAULT_DEFINITION)


def test_duty_used_planned_and_left_are_told_apart_by_today(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, 16, away=60)
    worked(session, place.constable, 17, 23)
    worked(session, place.constable, 24, away=90)
    room = page(session, place.area).own[OFFICERS]
    found = room.forecast
    assert (found.denominator_gone, found.denominator_ahead) == (1_200, 1_800)
    assert (found.room.used, found.room.planned, found.room.left) == (120, 90, 390)
    assert room.coverage.percentage(1) == "0.0"


def test_coverage_is_of_the_days_gone(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, 3, 23)
    make.confirmation(session, unit=place.first, day=date(2026, 11, 2))
    assert page(session, place.area).own[OFFICERS].coverage.percentage(1) == "50.0"


def test_the_day_on_which_the_pace_breaks_the_target_is_named_for_the_unit_and_its_parts(
    session: Session, place: Place
) -> None:
    # Three hours of ten each day: 9 h by the 16th, 12 h allowed in six days; the fifth shift takes it over.
    worked(session, place.constable, 2, 9, 16, away=180)
    worked(session, place.constable, 18, 20, 25)
    worked(session, place.other, 2, 3, 20)
    found = page(session, place.area)
    assert [(room.unit.code, room.forecast.outlook) for room in found.under[OFFICERS]] == [
        ("T1", Outlook.BROKEN_AT_PACE),
        ("T2", Outlook.WITHIN),
    ]
    assert found.under[OFFICERS][0].forecast.broken_on == date(2026, 11, 20)
    # The area as a whole loses 9 h of 50 so far, 18%: it holds.
    assert found.own[OFFICERS].forecast.outlook is Outlook.WITHIN
    assert found.own[PCSOS].forecast.outlook is Outlook.NOT_KNOWN


def test_a_past_month_stands_as_it_ended_and_says_since_when_it_was_over(
    session: Session, place: Place
) -> None:
    worked(session, place.constable, 5, 6, 7, away=240, month="2026-10")
    worked(session, place.other, 5, away=60, month="2026-10")
    session.commit()
    found = page(session, place.area, Month(2026, 10))
    by_code = {room.unit.code: room.forecast for room in found.under[OFFICERS]}
    # Six hours are allowed of 30; four are gone on the 5th, eight on the 6th.
    assert (by_code["T1"].outlook, by_code["T1"].broken_on) == (Outlook.OVER, date(2026, 10, 6))
    assert (by_code["T2"].outlook, by_code["T2"].broken_on) == (Outlook.WITHIN, None)
    assert by_code["T1"].room.planned == by_code["T1"].denominator_ahead == 0


def test_a_month_to_come_is_all_roster_and_plans(session: Session, place: Place) -> None:
    worked(session, place.constable, 1, 2, away=60, month="2026-12")
    session.commit()
    room = page(session, place.first, Month(2026, 12)).own[OFFICERS]
    found = room.forecast
    assert (found.denominator_gone, found.denominator_ahead) == (0, 1_200)
    assert (found.room.used, found.room.planned, found.outlook) == (0, 120, Outlook.NOT_KNOWN)
    assert not room.coverage.is_known


def test_a_month_to_come_that_plans_alone_break_says_on_which_day(session: Session, place: Place) -> None:
    worked(session, place.constable, 1, 2, 3, away=240, month="2026-12")
    session.commit()
    found = page(session, place.first, Month(2026, 12)).own[OFFICERS].forecast
    assert (found.outlook, found.broken_on) == (Outlook.BROKEN_BY_PLANS, date(2026, 12, 2))


def test_days_add_up_to_the_months_of_the_roll_up_and_to_headroom(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, 3, 24, away=45)
    worked(session, place.pcso, 2, 30, away=5)
    worked(session, place.other, 1, 16)
    session.commit()
    units = [place.bcu, place.area, place.first, place.second]
    days = daily_sums(session, place.bcu.path, [unit.id for unit in units], NOVEMBER.first, NOVEMBER.last)
    for whole in whole_sums(session, [unit.path for unit in units], NOVEMBER, NOVEMBER):
        of_days = [day for day in days if (day.unit_id, day.role) == (whole.unit_id, whole.role)]
        assert sum(day.rostered for day in of_days) == whole.rostered
        assert sum(day.shifts for day in of_days) == whole.shifts
        assert sum(day.abstracted.get("response", 0) for day in of_days) == whole.abstracted.get(
            "response", 0
        )
    own = page(session, place.area).own
    kept = headrooms(session, place.area.path, NOVEMBER, today=TODAY, definition=defined(session))
    assert {group: room.forecast.room for group, room in own.items()} == kept
    assert period_sums(session, place.area.path, periods(NOVEMBER, NOVEMBER, [])) != []


def test_the_records_of_some_days_add_up_to_what_was_used_on_them(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, 16, away=60)
    worked(session, place.constable, 24, away=90)
    for first, last, minutes, shifts in ((None, TODAY, 120, 2), (date(2026, 11, 17), None, 90, 1)):
        asked = Asked(group=OFFICERS, first=first, last=last)
        lost, duty = (
            figure_behind(session, place.area, NOVEMBER, asked, definition=defined(session), shown=shown)
            for shown in (Shown.LOST, Shown.SHIFTS)
        )
        assert lost is not None
        assert lost.records is not None
        assert lost.records.minutes == lost.lost == minutes
        assert duty is not None
        assert (len(duty.duties), duty.total, duty.denominator) == (shifts, shifts, shifts * 600)


def test_days_outside_the_month_have_no_records(session: Session, place: Place) -> None:
    asked = Asked(first=date(2026, 12, 1))
    assert figure_behind(session, place.area, NOVEMBER, asked, definition=defined(session)) is None


# What if ----------------------------------------------------------------------------------------------------


def tried(session: Session, place: Place, taken: WhatIf, month: Month = NOVEMBER) -> list[tuple[str, int]]:
    chain = [place.bcu, place.area, place.first]
    effects = what_if(session, taken, chain, month, today=TODAY, definition=DEFAULT_DEFINITION)
    return [
        (each.before.unit.code, each.after.room.left - each.before.forecast.room.left) for each in effects
    ]


def test_what_is_tried_out_takes_from_the_unit_and_all_above_it_and_records_nothing(
    session: Session, place: Place
) -> None:
    worked(session, place.constable, 2, 24, 25)
    taken = WhatIf(OFFICERS, members=1, minutes=90, first_on=date(2026, 11, 24), days=2)
    assert tried(session, place, taken) == [("C", -180), ("A1", -180), ("T1", -180)]
    assert page(session, place.first).own[OFFICERS].forecast.room.planned == 0


def test_what_is_tried_out_is_what_is_found_once_it_is_recorded(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, 9, away=100)
    shifts = [
        make.shift(session, member=member, starts=f"2026-11-{day}T08:00", ends=f"2026-11-{day}T18:00")
        for member in (place.constable, make.member(session, team=place.first))
        for day in (24, 25)
    ]
    chain = [place.bcu, place.area, place.first]
    taken = WhatIf(OFFICERS, members=2, minutes=210, first_on=date(2026, 11, 24), days=2)
    foretold = what_if(session, taken, chain, NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
    for shift in shifts:
        make.away(session, shift=shift, ends=f"{shift.on_date}T11:30")
    found = [page(session, unit).own[OFFICERS].forecast for unit in chain]
    assert [effect.after for effect in foretold] == found
    assert {effect.before.forecast == effect.after for effect in foretold} == {False}


def test_what_is_tried_out_moves_the_day_on_which_the_target_is_broken(
    session: Session, place: Place
) -> None:
    worked(session, place.constable, 2, 24, 25)
    taken = WhatIf(OFFICERS, members=1, minutes=361, first_on=date(2026, 11, 25), days=1)
    (effect,) = what_if(session, taken, [place.first], NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
    assert effect.before.forecast.broken_on is None
    assert (effect.after.outlook, effect.after.broken_on) == (
        Outlook.BROKEN_BY_PLANS,
        date(2026, 11, 25),
    )


@pytest.mark.parametrize(
    ("first_on", "days", "members", "refusal", "words"),
    [
        (date(2026, 11, 15), 1, 1, OutsideMonth, "15 November 2026 is over"),
        (date(2026, 12, 1), 1, 1, OutsideMonth, "1 December 2026 is not in November 2026"),
        (date(2026, 11, 29), 3, 1, OutsideMonth, "Only 2 of 3 days lie in November 2026"),
        (date(2026, 11, 24), 1, 2, NoSuchDuty, "have 9 h 30 min of duty on 24 November 2026"),
        (date(2026, 11, 26), 1, 1, NoSuchDuty, "have 0 h of duty on 26 November 2026"),
    ],
)
def test_what_cannot_be_taken_is_refused_plainly(
    session: Session,
    place: Place,
    first_on: date,
    days: int,
    members: int,
    refusal: type[Exception],
    words: str,
) -> None:
    worked(session, place.constable, 24, away=30)
    with pytest.raises(refusal, match=words):
        tried(session, place, WhatIf(OFFICERS, members, 300, first_on, days))


# For scripts ------------------------------------------------------------------------------------------------


def test_headroom_as_json_is_what_scripts_rely_on(session: Session, place: Place) -> None:
    worked(session, place.constable, 2, away=90)
    worked(session, place.constable, 24, away=30)
    make.confirmation(session, unit=place.first, day=date(2026, 11, 2))
    rooms = headrooms_under(
        session, unit=place.first, month=NOVEMBER, today=TODAY, each=None, definition=DEFAULT_DEFINITION
    )
    officers, pcsos = headrooms_as_json(rooms)
    assert officers == {
        "unit": "T1",
        "level": "team",
        "group": "officers",
        "month": "2026-11",
        "definition": "local-2008",
        "target": 20,
        "duty_minutes": 1200,
        "duty_minutes_so_far": 600,
        "duty_minutes_rostered": 600,
        "allowed_minutes": 240,
        "used_minutes": 90,
        "planned_minutes": 30,
        "left_minutes": 120,
        "pace": "15.0000",
        "expected_rate": "17.1250",
        "coverage": "100.0000",
        "outlook": "within",
        "broken_on": None,
    }
    assert (pcsos["duty_minutes"], pcsos["left_minutes"], pcsos["allowed_minutes"]) == (0, None, None)
    assert (pcsos["pace"], pcsos["outlook"]) == (None, "not-known")
    assert {len(line) for line in headroom_lines(rooms)} == {len(HEADROOM_COLUMNS)}
    # Within target there is no day of breaking it; without duty nobody knows of one.
    assert [line[-1] for line in headroom_lines(rooms)] == ["", None]


def test_each_unit_of_a_level_that_stood_in_the_month_has_its_rows(session: Session, place: Place) -> None:
    make.team(session, under=place.area, code="T0", closed_on=date(2026, 10, 31))
    rooms = headrooms_under(
        session,
        unit=place.bcu,
        month=NOVEMBER,
        today=TODAY,
        each=Level.TEAM,
        definition=DEFAULT_DEFINITION,
    )
    assert [(room.unit.code, room.group) for room in rooms] == [
        (code, group) for code in ("T1", "T2") for group in (OFFICERS, PCSOS)
    ]


def test_a_definition_that_is_not_there_is_refused(session: Session, place: Place) -> None:
    with pytest.raises(UnknownDefinition, match="no definition with the code “mine”"):
        headroom_page(session, place.area, NOVEMBER, today=TODAY, definition="mine")


@pytest.mark.parametrize("definition", ["local-2008", "inspectorate", "all-time-lost"])
def test_headroom_and_rates_agree_under_every_definition(
    session: Session, place: Place, definition: str
) -> None:
    worked(session, place.constable, 2, 24, away=45)
    leave = make.shift(session, member=place.constable, starts="2026-11-25T08:00", ends="2026-11-25T18:00")
    make.away(session, shift=leave, reason="leave", ends="2026-11-25T12:00")
    session.commit()
    own = headroom_page(session, place.area, NOVEMBER, today=TODAY, definition=definition).own
    for row in rates(session, unit=place.area, first=NOVEMBER, last=NOVEMBER, definition=definition):
        found = own[RoleGroup(row.group)].forecast
        assert (row.abstracted, row.denominator) == (
            found.room.used + found.room.planned,
            found.room.denominator,
        )
        assert row.left in (found.room.left, None)


@pytest.fixture(params=[1, 2])
def force_of_any_size(request: pytest.FixtureRequest, session: Session) -> HomeForce:
    home = world(session, scale=request.param).home
    for member in home.members[PolicingRole.CONSTABLE]:
        worked(session, member, *range(14, 15 + request.param), away=60)
    session.commit()
    session.refresh(home.force)
    return home


def test_headroom_takes_the_same_few_statements_for_any_force(
    session: Session, force_of_any_size: HomeForce
) -> None:
    statements: list[str] = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text)
    )
    page(session, force_of_any_size.force)
    assert len(statements) == 4
