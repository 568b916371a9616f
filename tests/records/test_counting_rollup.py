"""The roll-up says what the shifts say, whatever was written and by whichever way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.orm import Session

from npt.counting.models import AWAY_SUMS, DUTY_SUMS, DefinitionReason, DutySum, SumDue
from npt.counting.queries import headrooms
from npt.counting.rollup.read import monthly_sums, whole_sums
from npt.counting.rollup.settle import differences, recompute_all
from npt.counting.rollup.sums import MonthSum
from npt.duty.actions import confirm_day, withdraw_confirmation
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.actions import end_posting, post_member
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind, RoleGroup, Terms
from npt.shifts.actions import change_shift, remove_shift
from npt.store.transaction import note_changes, writing
from tests import make
from tests.records.desk import DAY, NOW, Desk, sit_down
from tests.records.november import NOVEMBER, busy_team, counts_from, defined, eight_hours

OCTOBER = Month(2026, 10)


@contextmanager
def saving(session: Session) -> Iterator[None]:
    """A transaction of its own, after whatever was only looked at."""
    session.rollback()
    with writing(session):
        yield


@pytest.fixture
def desk(session: Session) -> Desk:
    """The sergeant at the day, everything saved; what the desk does next is a transaction of its own."""
    with saving(session):
        return sit_down(session)


def summed(session: Session, unit: Unit) -> list[tuple[int, dict[str, int], int]]:
    """Of each role of the unit in November: shifts, minutes abstracted by reason, confirmed shifts."""
    path = unit.path
    session.rollback()
    return [
        (sums.shifts, dict(sums.abstracted), sums.confirmed_shifts)
        for sums in whole_sums(session, [path], NOVEMBER, NOVEMBER)
    ]


# What is saved ----------------------------------------------------------------------------------------------


def test_what_is_read_after_saving_is_what_the_shifts_said_before(session: Session) -> None:
    with saving(session):
        area = make.area(session)
        path, team_path = area.path, make.team(session, under=area, code="T1").path
        team = session.scalars(select(Unit).where(Unit.path == team_path)).one()
        constable = make.member(session, team=team)
        eight_hours(session, constable, "2026-10-02", "response", 2)
        eight_hours(session, constable, "2026-11-02", "sickness", 3)
        eight_hours(session, make.member(session, team=team, role=PolicingRole.PCSO), "2026-11-02")
        eight_hours(session, make.member(session, team=area), "2026-11-02", "court", 1)
        make.confirmation(session, unit=team, day=date(2026, 11, 2))
        own = monthly_sums(session, path, OCTOBER, NOVEMBER)
        whole = whole_sums(session, [path, team_path], OCTOBER, NOVEMBER)
    assert monthly_sums(session, path, OCTOBER, NOVEMBER) == own
    assert whole_sums(session, [path, team_path], OCTOBER, NOVEMBER) == whole
    assert len(own) == 4
    assert [sums.shifts for sums in whole] == [1, 1, 1, 1, 1, 1, 1]


def test_a_unit_has_all_that_lies_under_it_and_its_own(session: Session) -> None:
    with saving(session):
        area = make.area(session)
        for unit in (area, make.team(session, under=area), make.team(session, under=area)):
            eight_hours(session, make.member(session, team=unit), "2026-11-02", "response", 1)
        paths = [area.path, area.path.rsplit("/", 2)[0] + "/", area.path.split("/")[0] + "/"]
        eight_hours(session, make.member(session, team=make.team(session)), "2026-11-02")
    for path in paths:
        sums = whole_sums(session, [path], NOVEMBER, NOVEMBER)
        assert [(each.role, each.shifts, dict(each.abstracted)) for each in sums] == [
            (PolicingRole.INSPECTOR, 1, {"response": 60}),
            (PolicingRole.CONSTABLE, 2, {"response": 120}),
        ]


def test_time_away_is_in_the_sums_when_it_is_saved_corrected_removed_and_undone(desk: Desk) -> None:
    session, team = desk.session, desk.team
    with saving(session):
        desk.record(desk.entry("15:00", "16:00"), desk.entry("15:00", "16:00", 1))
    assert summed(session, team) == [(3, {"response": 120}, 0)]
    away = desk.grid().shifts[0].away[0]
    with saving(session):
        act = desk.correct(away, "15:00", "17:00", reason="custody")
    assert summed(session, team) == [(3, {"response": 60, "custody": 120}, 0)]
    with saving(session):
        desk.undo(act)
    assert summed(session, team) == [(3, {"response": 120}, 0)]
    away = desk.grid().shifts[0].away[0]
    with saving(session):
        desk.remove(away)
    assert summed(session, team) == [(3, {"response": 60}, 0)]
    assert differences(session) == []


def test_a_confirmation_is_in_the_sums_and_out_of_them(desk: Desk) -> None:
    session, team = desk.session, desk.team
    with saving(session):
        confirm_day(session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=team, day=DAY)
    assert summed(session, team) == [(3, {}, 3)]
    with saving(session):
        withdraw_confirmation(session, unit=team, day=DAY)
    assert summed(session, team) == [(3, {}, 0)]


def test_a_shift_that_moves_leaves_the_sums_of_the_team_it_stood_under(desk: Desk) -> None:
    session, team, shift = desk.session, desk.team, desk.shifts[0]
    with saving(session):
        other = make.team(session)
        change_shift(
            session,
            unit=team,
            day=DAY,
            shift_id=shift.id,
            expected_version=1,
            starts=shift.starts_at,
            ends=shift.ends_at,
            team=other,
        )
    assert summed(session, team) == [(2, {}, 0)]
    assert summed(session, other) == [(1, {}, 0)]
    assert differences(session) == []


def test_a_team_whose_last_shift_is_removed_has_no_sums(desk: Desk) -> None:
    for shift in desk.shifts:
        with saving(desk.session):
            remove_shift(desk.session, unit=desk.team, day=DAY, shift_id=shift.id, expected_version=1)
    assert summed(desk.session, desk.team) == []
    assert differences(desk.session) == []


def test_sums_follow_a_member_whose_posting_changes(desk: Desk) -> None:
    session, team = desk.session, desk.team
    member = desk.shifts[0].member_id
    with saving(session):
        other = make.team(session)
        posting = session.scalars(select(Posting).where(Posting.member_id == member)).one()
        end_posting(session, posting, on=date(2026, 11, 10))
        post_member(
            session,
            session.get_one(Member, member),
            unit=other,
            terms=Terms(
                role=PolicingRole.SERGEANT,
                fte=Decimal(1),
                kind=PostingKind.SUBSTANTIVE,
                starts_on=date(2026, 11, 11),
            ),
        )
    assert summed(session, team) == [(2, {}, 0)]
    (sums,) = whole_sums(session, [other.path], NOVEMBER, NOVEMBER)
    assert (sums.role, sums.shifts) == (PolicingRole.SERGEANT, 1)
    assert differences(session) == []


def test_what_was_written_past_the_application_is_added_up_with_the_next_save(desk: Desk) -> None:
    session, team = desk.session, desk.team
    with saving(session):
        session.connection().execute(text("UPDATE shift SET role = 'sergeant'"))
    assert whole_sums(session, [team.path], NOVEMBER, NOVEMBER)[0].role is PolicingRole.CONSTABLE
    with saving(session):
        make.account(session)
    (sums,) = whole_sums(session, [team.path], NOVEMBER, NOVEMBER)
    assert (sums.role, sums.shifts) == (PolicingRole.SERGEANT, 3)


#: Every column that a sum is made of, changed alone as far as the database lets it; then rows come and go.
ONE_AT_A_TIME = (
    "UPDATE away SET reason_id = (SELECT id FROM reason WHERE code = 'custody')",
    "UPDATE away SET reason_id = (SELECT id FROM reason WHERE code = 'leave')",
    "UPDATE away SET ends_at = ends_at + 30, minutes = minutes + 30",
    "UPDATE away SET shift_id = (SELECT max(id) FROM shift)",
    "UPDATE shift SET role = 'pcso' WHERE id = (SELECT max(id) FROM shift)",
    "UPDATE shift SET unit_id = (SELECT id FROM unit WHERE code = 'T2') WHERE role = 'pcso'",
    "UPDATE shift SET ends_at = ends_at + 30, minutes = minutes + 30",
    "UPDATE away SET shift_id = (SELECT min(id) FROM shift)",
    "UPDATE shift SET on_date = '2026-12-01' WHERE role = 'pcso'",
    "UPDATE confirmation SET on_date = '2026-11-17'",
    "UPDATE confirmation SET on_date = '2026-11-16'",
    "UPDATE confirmation SET unit_id = (SELECT id FROM unit WHERE code = 'T2')",
    "UPDATE definition_reason SET starts_on = '2026-11-20' WHERE starts_on = '2026-11-10'",
    "UPDATE definition_reason SET starts_on = '2026-12-01' WHERE starts_on = '2026-11-20'",
    "DELETE FROM definition_reason WHERE starts_on = '2026-12-01'",
    "DELETE FROM confirmation",
    "DELETE FROM away",
    "DELETE FROM shift WHERE role = 'pcso'",
)


def test_sums_follow_whichever_column_of_what_they_are_made_of_is_changed_alone(desk: Desk) -> None:
    session = desk.session
    with saving(session):
        make.team(session, code="T2", under=session.get_one(Unit, desk.team.parent_id))
        counts_from(session, "local-2008", "training", date(2026, 11, 10), True)
        make.confirmation(session, unit=desk.team, day=DAY, by=desk.by)
        desk.record(desk.entry("15:00", "16:00"))
    for statement in ONE_AT_A_TIME:
        with saving(session):
            changed = session.connection().execute(text(statement))
            note_changes(session)
        assert changed.rowcount, f"{statement} changes nothing: mend the test"
        assert differences(session) == [], statement


def test_what_a_savepoint_takes_back_is_not_in_the_sums(desk: Desk) -> None:
    session, team = desk.session, desk.team
    with saving(session):
        desk.record(desk.entry("15:00", "16:00"))
        savepoint = session.begin_nested()
        desk.record(desk.entry("17:00", "18:00", 1))
        savepoint.rollback()
    assert summed(session, team) == [(3, {"response": 60}, 0)]


def test_nothing_is_left_due_after_a_save(desk: Desk) -> None:
    assert desk.session.scalars(select(SumDue.unit_id)).all() == []


def test_many_shifts_of_a_month_are_added_up_once(session: Session) -> None:
    with saving(session):
        team = make.team(session)
        member = make.member(session, team=team)
        eight_hours(session, member, "2026-11-01")

    def statements(days: range) -> int:
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        with saving(session):
            for day in days:
                eight_hours(session, member, f"2026-11-{day:02}")
            event.listen(session.connection(), "before_cursor_execute", note)
        return sum("_sum" in statement for statement in sent)

    assert statements(range(2, 3)) == statements(range(3, 20)) > 0


# Definitions ------------------------------------------------------------------------------------------------


def parts(sums: list[MonthSum]) -> list[tuple[int, int, int]]:
    return [(part.first.day, part.last.day, part.shifts) for part in sums]


def test_a_change_of_definition_parts_the_sums_of_its_month_and_its_withdrawal_joins_them(
    session: Session,
) -> None:
    with saving(session):
        area = make.area(session)
        team = make.team(session, under=area)
        path = area.path
        for day in ("2026-11-09", "2026-11-10", "2026-11-11"):
            eight_hours(session, make.member(session, team=team), day, "training", 1)
    with saving(session):
        counts_from(session, "local-2008", "training", date(2026, 11, 10), True)
        counts_from(session, "local-2008", "training", date(2026, 11, 11), False)
    sums = whole_sums(session, [path], NOVEMBER, NOVEMBER)
    assert parts(sums) == [(1, 9, 1), (10, 10, 1), (11, 30, 1)]
    assert defined(session).rate(sums).abstracted == 60
    assert differences(session) == []
    with saving(session):
        session.execute(delete(DefinitionReason).where(DefinitionReason.starts_on > date(2026, 11, 1)))
    assert parts(whole_sums(session, [path], NOVEMBER, NOVEMBER)) == [(1, 30, 3)]
    assert differences(session) == []


# Reading ----------------------------------------------------------------------------------------------------


def test_headroom_of_a_month_that_is_over_is_that_of_its_shifts(session: Session) -> None:
    with saving(session):
        team = busy_team(session)
        path = team.path
        before = headrooms(session, path, NOVEMBER, today=date(2026, 12, 24), definition=defined(session))
    for today, used, planned in ((date(2026, 12, 24), 180, 0), (date(2026, 10, 1), 0, 180)):
        rooms = headrooms(session, path, NOVEMBER, today=today, definition=defined(session))
        room = rooms[RoleGroup.OFFICERS]
        assert (room.denominator, room.used, room.planned) == (1440, used, planned)
        assert room.left == before[RoleGroup.OFFICERS].left


def test_the_sums_of_many_units_and_months_take_two_statements(session: Session) -> None:
    with saving(session):
        area = make.area(session)
        paths = [area.path]
        for _ in range(3):
            team = make.team(session, under=area)
            paths.append(team.path)
            eight_hours(session, make.member(session, team=team), "2026-11-02")
    sent: list[object] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *each: sent.append(each[2]))
    assert len(whole_sums(session, paths, Month(2025, 11), NOVEMBER)) == 4
    assert len(sent) == 2
    assert len(monthly_sums(session, paths[0], Month(2025, 11), NOVEMBER)) == 3
    assert len(sent) == 4


def test_no_unit_has_no_sums(session: Session) -> None:
    assert whole_sums(session, [], NOVEMBER, NOVEMBER) == []


# Checking ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tampering",
    [
        update(DUTY_SUMS).values(rostered=DUTY_SUMS.c.rostered + 1),
        update(AWAY_SUMS).values(minutes=AWAY_SUMS.c.minutes + 1),
        delete(DUTY_SUMS).where(DUTY_SUMS.c.is_whole),
        update(DUTY_SUMS).values(starts_on=date(2026, 11, 2)),
    ],
    ids=["duty", "away", "gone", "another part"],
)
def test_sums_that_were_tampered_with_are_found_and_mended(desk: Desk, tampering: object) -> None:
    session = desk.session
    with saving(session):
        desk.record(desk.entry("15:00", "16:00"))
    with saving(session):
        session.execute(tampering)  # type: ignore[call-overload]  # either of two kinds of statement
    assert "T1 in November 2026" in differences(session)
    with saving(session):
        recompute_all(session)
    assert differences(session) == []


def test_an_empty_database_has_nothing_to_add_up(session: Session) -> None:
    with saving(session):
        recompute_all(session)
    assert differences(session) == []
    assert session.scalars(select(DutySum.unit_id)).all() == []
