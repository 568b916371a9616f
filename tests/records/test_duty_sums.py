"""Sums of months, definitions with dates, headroom, and the records behind a figure."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from npt.duty.models import Definition, DefinitionReason, Reason
from npt.duty.queries import (
    DatedDefinition,
    HeadroomEntry,
    MonthSum,
    definition_coded,
    definitions,
    headroom,
    headroom_after,
    headrooms,
    monthly_sums,
    period_sums,
    periods,
    reasons,
    records_behind,
    unconfirmed_days,
)
from npt.duty.rules import AwayTime, ReasonKind, Tally
from npt.kit.clock import parse_instant
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, RoleGroup
from tests import make

NOVEMBER = Month(2026, 11)


def eight_hours(
    session: Session, member: Member, day: str, reason: str | None = None, hours: int = 0
) -> None:
    """A shift from 8 to 16 on a day, away for some hours from its start."""
    made = make.shift(session, member=member, starts=f"{day}T08:00", ends=f"{day}T16:00")
    if reason is not None:
        make.away(session, shift=made, ends=f"{day}T{8 + hours:02}:00", reason=reason)


def defined(session: Session, code: str = "local-2008") -> DatedDefinition:
    found = definition_coded(session, code)
    assert found is not None
    return found


def counts_from(session: Session, definition: str, reason: str, day: date, counts: bool) -> None:
    session.add(
        DefinitionReason(
            definition_id=session.scalars(select(Definition.id).where(Definition.code == definition)).one(),
            reason_id=session.scalars(select(Reason.id).where(Reason.code == reason)).one(),
            starts_on=day,
            counts=counts,
        )
    )
    session.flush()


# Sums -------------------------------------------------------------------------------------------------------


def test_a_month_is_summed_by_unit_and_role(session: Session) -> None:
    team = make.team(session)
    constable = make.member(session, team=team)
    eight_hours(session, constable, "2026-11-02", "response", 2)
    eight_hours(session, constable, "2026-11-03", "sickness", 3)
    eight_hours(session, constable, "2026-12-01")
    eight_hours(session, make.member(session, team=team, role=PolicingRole.PCSO), "2026-11-02", "court", 1)
    make.confirmation(session, unit=team, day=date(2026, 11, 2))
    first, last = NOVEMBER.first, NOVEMBER.last
    assert monthly_sums(session, team.path, NOVEMBER, NOVEMBER) == [
        MonthSum(
            team.id, PolicingRole.CONSTABLE, first, last, 960, {"sickness": 180}, {"response": 120}, 2, 1
        ),
        MonthSum(team.id, PolicingRole.PCSO, first, last, 480, {}, {"court": 60}, 1, 1),
    ]


def test_a_night_counts_whole_in_the_month_in_which_it_starts(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    make.shift(session, member=member, starts="2026-10-31T22:00", ends="2026-11-01T07:00")
    october = monthly_sums(session, team.path, Month(2026, 10), NOVEMBER)
    assert [(sums.month, sums.rostered) for sums in october] == [(Month(2026, 10), 540)]


def test_nights_across_both_clock_changes_have_their_real_minutes(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    make.shift(session, member=member, starts="2026-03-28T22:00", ends="2026-03-29T07:00")
    make.shift(session, member=member, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    sums = monthly_sums(session, team.path, Month(2026, 3), Month(2026, 10))
    assert [(part.month, part.rostered) for part in sums] == [(Month(2026, 3), 480), (Month(2026, 10), 600)]


def test_a_unit_is_summed_with_all_under_it_and_nothing_beside_it(session: Session) -> None:
    area = make.area(session)
    inside = make.team(session, under=area)
    for unit in (inside, area, make.team(session)):
        eight_hours(session, make.member(session, team=unit), "2026-11-02")
    found = monthly_sums(session, area.path, NOVEMBER, NOVEMBER)
    assert sorted(sums.unit_id for sums in found) == sorted([inside.id, area.id])


def test_only_confirmed_days_of_the_same_unit_cover_its_shifts(session: Session) -> None:
    team, other = make.team(session), make.team(session)
    member = make.member(session, team=team)
    for day in ("2026-11-02", "2026-11-03"):
        eight_hours(session, member, day)
    make.confirmation(session, unit=team, day=date(2026, 11, 3))
    make.confirmation(session, unit=other, day=date(2026, 11, 2))
    (sums,) = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    assert sums.tally == Tally(960, 0, {}, 2, 1)


def test_a_month_without_a_shift_has_no_sums(session: Session) -> None:
    team = make.team(session)
    assert monthly_sums(session, team.path, NOVEMBER, NOVEMBER) == []
    assert period_sums(session, team.path, []) == []


def test_more_teams_and_months_ask_no_more_statements(session: Session) -> None:
    area = make.area(session)

    def asked(teams: int, first: Month) -> int:
        for _ in range(teams):
            eight_hours(session, make.member(session, team=make.team(session, under=area)), "2026-11-02")
        statements: list[str] = []
        connection = session.connection()

        def count(*sent: object) -> None:
            statements.append(str(sent[2]))

        event.listen(connection, "before_cursor_execute", count)
        monthly_sums(session, area.path, first, NOVEMBER)
        event.remove(connection, "before_cursor_execute", count)
        return len(statements)

    assert asked(1, NOVEMBER) == asked(4, Month(2025, 11)) == 3


# Definitions ------------------------------------------------------------------------------------------------


def test_the_shipped_definitions_rate_the_same_sums_differently(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-02", "response", 2)
    eight_hours(session, member, "2026-11-03", "training", 1)
    eight_hours(session, member, "2026-11-04", "leave", 4)
    sums = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    rates = {
        definition.code: (rate.abstracted, rate.denominator)
        for definition in definitions(session)
        for rate in [definition.rate(sums)]
    }
    assert rates == {
        "local-2008": (120, 1200),
        "inspectorate": (180, 1200),
        "all-time-lost": (420, 1440),
    }


def test_a_rate_without_sums_is_not_known(session: Session) -> None:
    assert defined(session).rate([]).share.fraction is None


def test_a_change_of_definition_within_a_month_counts_from_its_day(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    for day in ("2026-11-09", "2026-11-10", "2026-11-11"):
        eight_hours(session, member, day, "training", 1)
    counts_from(session, "local-2008", "training", date(2026, 11, 10), True)
    counts_from(session, "local-2008", "training", date(2026, 11, 11), False)
    sums = monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
    assert [(part.first.day, part.last.day, part.shifts) for part in sums] == [
        (1, 9, 1),
        (10, 10, 1),
        (11, 30, 1),
    ]
    rate = defined(session).rate(sums)
    assert (rate.abstracted, rate.denominator) == (60, 1440)
    assert defined(session, "inspectorate").rate(sums).abstracted == 180


def test_a_definition_stands_as_it_was_on_each_day(session: Session) -> None:
    counts_from(session, "local-2008", "court", date(2026, 11, 10), True)
    definition = defined(session)
    stood = {
        day: definition.on(date(2026, 11, day)).counts("court", ReasonKind.ABSTRACTION) for day in (9, 10)
    }
    assert stood == {9: False, 10: True}
    assert definition.changes[-1] == date(2026, 11, 10)


def test_an_unknown_definition_is_not_found(session: Session) -> None:
    assert definition_coded(session, "made-up") is None


def test_periods_are_months_cut_at_the_days_given() -> None:
    cut = periods(Month(2026, 10), NOVEMBER, [date(2026, 10, 1), date(2026, 11, 10), date(2027, 1, 1)])
    assert cut == [
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 9)),
        (date(2026, 11, 10), date(2026, 11, 30)),
    ]


# Headroom ---------------------------------------------------------------------------------------------------


@pytest.fixture
def team(session: Session) -> Unit:
    """A constable on duty on the 2nd, 16th and 23rd of November, eight hours each; a PCSO on the 2nd."""
    team = make.team(session)
    constable = make.member(session, team=team)
    eight_hours(session, constable, "2026-11-02", "response", 1)
    eight_hours(session, constable, "2026-11-16")
    eight_hours(session, constable, "2026-11-23", "event", 2)
    eight_hours(session, make.member(session, team=team, role=PolicingRole.PCSO), "2026-11-02")
    eight_hours(session, make.member(session, team=team, role=PolicingRole.SPECIAL), "2026-11-02", "event", 8)
    return team


TODAY = date(2026, 11, 16)


def test_headroom_tells_used_from_planned_and_leaves_out_roles_without_a_target(
    session: Session, team: Unit
) -> None:
    room = headroom(
        session, team.path, RoleGroup.OFFICERS, NOVEMBER, today=TODAY, definition=defined(session)
    )
    # 20 % of 24 hours is 288 minutes.
    assert (room.denominator, room.used, room.planned, room.left) == (1440, 60, 120, 108)


def test_what_is_recorded_today_is_used_and_not_planned(session: Session, team: Unit) -> None:
    on_the_day = date(2026, 11, 23)
    room = headroom(
        session, team.path, RoleGroup.OFFICERS, NOVEMBER, today=on_the_day, definition=defined(session)
    )
    assert (room.used, room.planned) == (180, 0)


def test_headroom_of_pcsos_is_a_twentieth_of_their_duty(session: Session, team: Unit) -> None:
    rooms = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=defined(session))
    assert rooms[RoleGroup.PCSOS].left == 24


def test_the_headroom_foretold_is_the_headroom_found_after_saving(session: Session, team: Unit) -> None:
    definition = defined(session)
    before = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    member = make.member(session, team=team)
    shift = make.shift(session, member=member, starts="2026-11-16T08:00", ends="2026-11-16T16:00")
    with_shift = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    interval = Interval(shift.starts_at, shift.starts_at + timedelta(hours=3))
    entry = HeadroomEntry(
        PolicingRole.CONSTABLE, shift.on_date, AwayTime(interval, "response", ReasonKind.ABSTRACTION)
    )
    foretold = headroom_after(with_shift, [entry], definition=definition, today=TODAY)
    make.away(session, shift=shift, ends="2026-11-16T11:00")
    found = headrooms(session, team.path, NOVEMBER, today=TODAY, definition=definition)
    assert {group: change.after for group, change in foretold.items()} == found
    assert foretold[RoleGroup.OFFICERS].minutes == -180
    taken_out = headroom_after(found, [], taken_out=[entry], definition=definition, today=TODAY)
    assert {group: change.after for group, change in taken_out.items()} == with_shift
    assert before != with_shift


# Records ----------------------------------------------------------------------------------------------------


def test_the_records_behind_a_figure_add_up_to_its_numerator(session: Session, team: Unit) -> None:
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-05", "training", 4)
    eight_hours(session, member, "2026-11-06", "leave", 8)
    counts_from(session, "local-2008", "event", date(2026, 11, 20), False)
    sums = [
        part
        for part in monthly_sums(session, team.path, NOVEMBER, NOVEMBER)
        if part.role is PolicingRole.CONSTABLE
    ]
    for code in ("local-2008", "inspectorate", "all-time-lost"):
        definition = defined(session, code)
        behind = records_behind(
            session,
            team.path,
            NOVEMBER.first,
            NOVEMBER.last,
            roles=[PolicingRole.CONSTABLE],
            counted_under=definition,
        )
        assert behind.minutes == definition.rate(sums).abstracted
        assert behind.minutes == sum(record.minutes for record in behind.records)


def test_records_are_narrowed_by_reason_and_by_kind(session: Session, team: Unit) -> None:
    member = make.member(session, team=team)
    eight_hours(session, member, "2026-11-06", "leave", 8)
    month = (team.path, NOVEMBER.first, NOVEMBER.last)
    assert [
        each.reason_code for each in records_behind(session, *month, kind=ReasonKind.ABSENCE).records
    ] == ["leave"]
    assert [each.role for each in records_behind(session, *month, reason="event").records] == [
        PolicingRole.SPECIAL,
        PolicingRole.CONSTABLE,
    ]


def test_records_come_in_pages_in_the_order_of_days(session: Session, team: Unit) -> None:
    month = (team.path, NOVEMBER.first, NOVEMBER.last)
    pages = [records_behind(session, *month, page=page, page_size=2) for page in (1, 2, 3)]
    assert [len(page.records) for page in pages] == [2, 1, 0]
    assert {(page.total, page.minutes, page.pages) for page in pages} == {(3, 660, 2)}
    days = [record.on_date.day for page in pages for record in page.records]
    assert days == [2, 2, 23]


def test_a_record_says_whose_when_and_where(session: Session, team: Unit) -> None:
    (record,) = records_behind(session, team.path, NOVEMBER.first, NOVEMBER.last, reason="response").records
    assert (record.unit_code, record.number, record.reason_name) == (
        team.code,
        "1001",
        "Response to incidents",
    )
    assert record.shift == Interval(
        parse_instant("2026-11-02T08:00").instant, parse_instant("2026-11-02T16:00").instant
    )


def test_unconfirmed_days_are_those_with_shifts_and_no_confirmation(session: Session, team: Unit) -> None:
    make.confirmation(session, unit=team, day=date(2026, 11, 16))
    found = unconfirmed_days(session, team.path, NOVEMBER.first, NOVEMBER.last)
    assert [(day.unit_code, day.on_date.day, day.shifts) for day in found] == [
        (team.code, 2, 3),
        (team.code, 23, 1),
    ]
    assert unconfirmed_days(session, team.path, NOVEMBER.first, NOVEMBER.last, limit=1) == found[:1]


def test_reasons_come_commonest_first(session: Session) -> None:
    assert [reason.code for reason in reasons(session)][:2] == ["response", "custody"]
