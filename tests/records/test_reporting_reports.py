"""What a member reports of themselves: it counts in nothing until it is accepted, and is answered once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import definition_coded, headrooms
from npt.counting.rollup.settle import differences, settle
from npt.counting.rules import DEFAULT_DEFINITION
from npt.duty.actions import ReportsWaiting, confirm_day
from npt.kit.intervals import Interval, first_overlap
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import RoleGroup
from npt.reporting.actions import (
    AlreadyReported,
    NotYourShift,
    StaleReport,
    accept_report,
    end_report,
    refuse_report,
    report_abstraction,
    withdraw_report,
)
from npt.reporting.models import Report
from npt.reporting.queries import next_shift, own_reports, own_shift, waiting_reports
from npt.reporting.rules import AbstractionFacts, ReportState
from npt.shifts.actions import CannotUndo, Lost, StaleDay, UnknownReason
from npt.shifts.models import Act, Away
from npt.shifts.queries import losses_of
from npt.shifts.rules import AbstractionDuringAbsence, AwayOutsideShift, AwayOverlaps, LossKind, WordsMissing
from npt.store.transaction import engine_at, writing
from tests.records.desk import DAY, NOW, Desk, at, sit_down
from tests.records.files import bring_in, counts, told


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


def report(
    desk: Desk,
    starts: str = "15:00",
    ends: str | None = None,
    *,
    number: int = 0,
    of: Member | None = None,
    reason: str = "custody",
    note: str | None = None,
    lost: Lost | None = None,
) -> Report:
    return report_abstraction(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        member=of or desk.session.get_one(Member, desk.shifts[number].member_id),
        shift_id=desk.shifts[number].id,
        facts=AbstractionFacts(
            starts=at(starts), ends=None if ends is None else at(ends), reason=reason, note=note, lost=lost
        ),
    )


def accept(desk: Desk, found: Report, *, version: int = 1, now: datetime = NOW, **corrected: Any) -> int:
    as_reported = AbstractionFacts(
        starts=found.starts_at,
        ends=found.ends_at,
        reason="custody",
        note=found.note,
        lost=Lost(found.lost, found.lost_words) if found.lost else None,
    )
    return accept_report(
        desk.session,
        stamp=Stamp(desk.by.id, now),
        unit=desk.team,
        day=DAY,
        report_id=found.id,
        expected_version=version,
        facts=replace(as_reported, **corrected),
    ).id


def refuse(desk: Desk, found: Report, why: str | None, version: int = 1) -> None:
    refuse_report(
        desk.session,
        stamp=Stamp(desk.by.id, NOW),
        unit=desk.team,
        day=DAY,
        report_id=found.id,
        expected_version=version,
        why=why,
    )


def used(desk: Desk) -> int:
    """Minutes of officers that count in the month."""
    settle(desk.session)
    definition = definition_coded(desk.session, DEFAULT_DEFINITION)
    assert definition is not None
    rooms = headrooms(desk.session, desk.team.path, Month.of(DAY), today=DAY, definition=definition)
    return rooms[RoleGroup.OFFICERS].used


# Reporting --------------------------------------------------------------------------------------------------


def test_what_is_reported_counts_in_nothing_until_it_is_accepted_and_then_to_the_minute(desk: Desk) -> None:
    found = report(desk, "15:00", "16:30")
    assert (desk.away(), used(desk)) == ([], 0)
    accept(desk, found)
    assert desk.away() == [("1001", "15:00 to 16:30", "custody", None)]
    assert used(desk) == 90
    assert differences(desk.session) == []


def test_a_report_without_an_end_is_recorded_to_the_end_of_the_shift(desk: Desk) -> None:
    accept(desk, report(desk, "18:00"))
    away = desk.only_away()
    assert (desk.away()[0][1], away.is_end_open) == ("18:00 to 22:00", True)


def test_the_same_time_is_not_reported_twice(desk: Desk) -> None:
    report(desk, "15:00")
    with pytest.raises(AlreadyReported, match="already reported Custody from 15:00"):
        report(desk, "17:00", "18:00", reason="response")


def test_a_report_may_follow_another_that_has_ended(desk: Desk) -> None:
    report(desk, "15:00", "16:00")
    report(desk, "16:00", "17:00", reason="response")
    assert len(waiting_reports(desk.session, desk.team.path)) == 2


def test_a_report_over_what_is_recorded_already_is_refused(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "17:00"))
    with pytest.raises(AwayOverlaps):
        report(desk, "16:00")


def test_nobody_is_taken_off_while_absent(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "22:00"), reason="sickness")
    with pytest.raises(AbstractionDuringAbsence):
        report(desk, "16:00")


def test_a_report_outside_the_shift_is_refused(desk: Desk) -> None:
    with pytest.raises(AwayOutsideShift):
        report(desk, "13:00", "15:00")


def test_nobody_reports_of_the_shift_of_somebody_else(desk: Desk) -> None:
    other = desk.session.get_one(Member, desk.shifts[1].member_id)
    with pytest.raises(NotYourShift):
        report(desk, of=other)


def test_nobody_reports_their_own_sickness_as_an_abstraction(desk: Desk) -> None:
    with pytest.raises(UnknownReason, match="is an absence"):
        report(desk, reason="sickness")


def test_something_else_that_was_lost_has_to_be_named(desk: Desk) -> None:
    with pytest.raises(WordsMissing):
        report(desk, lost=Lost(LossKind.OTHER, " "))


# Which shift ------------------------------------------------------------------------------------------------


def test_the_shift_of_a_member_is_the_one_that_is_on(desk: Desk) -> None:
    found = own_shift(desk.session, desk.shifts[0].member_id, NOW)
    assert found is not None
    assert (found.shift.id, found.unit.code) == (desk.shifts[0].id, "T1")


def test_a_shift_can_be_reported_of_for_twelve_hours_after_it(desk: Desk) -> None:
    member_id, ends = desk.shifts[0].member_id, desk.shifts[0].ends_at
    assert own_shift(desk.session, member_id, ends + timedelta(hours=12, minutes=-1)) is not None
    assert own_shift(desk.session, member_id, ends + timedelta(hours=12)) is None


def test_a_member_before_their_shift_is_told_when_it_begins(desk: Desk) -> None:
    shift = desk.shifts[0]
    before = shift.starts_at - timedelta(minutes=1)
    assert own_shift(desk.session, shift.member_id, before) is None
    coming = next_shift(desk.session, shift.member_id, before)
    assert coming is not None
    assert coming.starts == shift.starts_at


# Answering --------------------------------------------------------------------------------------------------


def test_an_accepted_report_says_nothing_more_and_a_corrected_one_says_what_is_recorded(desk: Desk) -> None:
    accept(desk, report(desk, "15:00", "16:00"))
    accept(desk, report(desk, "18:00", "20:00", number=1), ends=at("19:00"), reason="response")
    answers = [own_reports(desk.session, shift.member_id)[0].answer for shift in desk.shifts[:2]]
    assert answers == [None, "Recorded as: Response to incidents, 18:00 to 19:00."]


def test_the_summary_of_a_report_keeps_its_end_whoever_has_a_long_name(desk: Desk) -> None:
    member = desk.session.get_one(Member, desk.shifts[0].member_id)
    member.name = "Ann " * 36 + "Example"
    act = desk.session.get_one(Act, accept(desk, report(desk)))
    assert act.summary == (
        "Custody recorded for 1 member, from 15:00, end not known yet, reported by themselves"
    )


def test_a_refused_report_tells_the_member_why_and_by_whom(desk: Desk) -> None:
    refuse(desk, report(desk), "You were on your beat: the call was on it")
    (own,) = own_reports(desk.session, desk.shifts[0].member_id)
    assert (own.state, own.answer, own.answered_by) == (
        ReportState.REFUSED,
        "You were on your beat: the call was on it",
        desk.by.name,
    )
    assert desk.away() == []


def test_a_report_is_not_refused_without_saying_why(desk: Desk) -> None:
    with pytest.raises(WordsMissing):
        refuse(desk, report(desk), "  ")


def test_a_report_is_answered_once(desk: Desk) -> None:
    found = report(desk)
    accept(desk, found)
    with pytest.raises(StaleReport):
        accept(desk, found, version=found.version)
    with pytest.raises(StaleReport):
        refuse(desk, found, "No", version=found.version)
    assert len(desk.away()) == 1


def test_a_report_that_changed_after_it_was_opened_is_not_answered(desk: Desk) -> None:
    found = report(desk, "15:00")
    member = desk.session.get_one(Member, desk.shifts[0].member_id)
    end_report(desk.session, now=NOW, member=member, report_id=found.id)
    with pytest.raises(StaleReport):
        accept(desk, found, version=1)
    assert found.ends_at == at("18:00")


def test_a_withdrawn_report_makes_room_for_another(desk: Desk) -> None:
    found = report(desk)
    member = desk.session.get_one(Member, desk.shifts[0].member_id)
    withdraw_report(desk.session, stamp=Stamp(desk.by.id, NOW), member=member, report_id=found.id)
    report(desk, "16:00")
    states = [each.state for each in own_reports(desk.session, member.id)]
    assert states == [ReportState.WAITING, ReportState.WITHDRAWN]


def test_nobody_withdraws_the_report_of_somebody_else(desk: Desk) -> None:
    found = report(desk)
    other = desk.session.get_one(Member, desk.shifts[1].member_id)
    with pytest.raises(StaleReport):
        withdraw_report(desk.session, stamp=Stamp(desk.by.id, NOW), member=other, report_id=found.id)


def test_to_take_an_acceptance_back_is_to_let_the_report_wait_again(desk: Desk) -> None:
    found = report(desk, "15:00", "16:00", lost=Lost(LossKind.SURGERY, "Bury Park"))
    act = desk.session.get_one(Act, accept(desk, found))
    desk.undo(act)
    (waiting,) = waiting_reports(desk.session, desk.team.path)
    assert (waiting.id, waiting.lost_words) == (found.id, "Bury Park")
    accept(desk, found, version=found.version)
    (loss,) = losses_of(desk.session, found.member_id, found.starts_at)
    assert (loss.kind, loss.words) == (LossKind.SURGERY, "Bury Park")


def test_an_acceptance_is_not_taken_back_while_the_same_is_reported_again(desk: Desk) -> None:
    act_id = accept(desk, report(desk, ends="18:00"))
    correction = desk.correct(desk.only_away(), "16:00", "18:00", reason="custody")
    report(desk, ends="16:00")
    desk.undo(correction)
    with pytest.raises(CannotUndo, match="reported the same time again since"):
        desk.undo(desk.session.get_one(Act, act_id))


def test_a_day_of_which_a_report_waits_is_not_confirmed_and_the_words_name_it(desk: Desk) -> None:
    found = report(desk, "15:00", "16:00")

    def confirm() -> bool:
        return confirm_day(desk.session, stamp=Stamp(desk.by.id, NOW), today=DAY, unit=desk.team, day=DAY)

    waiting = r"1 report is waiting for approval, from Ann Example \(Custody\)"
    with pytest.raises(ReportsWaiting, match=waiting):
        confirm()
    refuse(desk, found, "Not away")
    assert confirm()


def test_a_file_does_not_confirm_a_day_of_which_a_report_waits(desk: Desk, tmp_path: Path) -> None:
    found = report(desk, "15:00", "16:00")
    refused = bring_in(desk.session, tmp_path, "confirmations", "T1,2026-11-16,1001\n")
    assert told(refused) == [(2, "date")]
    refuse(desk, found, "Not away")
    assert counts(bring_in(desk.session, tmp_path, "confirmations", "T1,2026-11-16,1001\n")) == (1, 0, 0)


def test_of_four_who_accept_at_the_same_moment_one_does_and_it_is_recorded_once(
    session: Session, database_url: str
) -> None:
    with writing(session):
        desk = sit_down(session)
        found = report(desk, "15:00", "16:00")
        by, team_id, report_id, starts, ends = (
            desk.by.id,
            desk.team.id,
            found.id,
            found.starts_at,
            at("16:00"),
        )
    ready = Barrier(4)

    def answer(_number: int) -> str:
        engine = engine_at(database_url)
        try:
            with Session(engine) as mine:
                ready.wait()
                with writing(mine):
                    accept_report(
                        mine,
                        stamp=Stamp(by, NOW),
                        unit=mine.get_one(Unit, team_id),
                        day=DAY,
                        report_id=report_id,
                        expected_version=1,
                        facts=AbstractionFacts(
                            starts=starts, ends=ends, reason="custody", note=None, lost=None
                        ),
                    )
            return "accepted"
        except (StaleReport, StaleDay):
            return "told"
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(answer, range(4)))
    assert answers == ["accepted", "told", "told", "told"]
    assert len(session.scalars(select(Away.id)).all()) == 1


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(-60, 500), st.none() | st.integers(1, 300), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_reported_nothing_that_waits_or_stands_ever_overlaps(
    desk: Desk, tried: list[tuple[int, int | None, bool]]
) -> None:
    member = desk.session.get_one(Member, desk.shifts[0].member_id)
    shift = Interval(desk.shifts[0].starts_at, desk.shifts[0].ends_at)
    with desk.session.begin_nested() as kept:
        for begins, lasts, is_accepted in tried:
            starts = shift.starts + timedelta(minutes=begins)
            try:
                made = report_abstraction(
                    desk.session,
                    stamp=Stamp(desk.by.id, NOW),
                    member=member,
                    shift_id=desk.shifts[0].id,
                    facts=AbstractionFacts(
                        starts=starts,
                        ends=None if lasts is None else starts + timedelta(minutes=lasts),
                        reason="custody",
                        note=None,
                        lost=None,
                    ),
                )
            except Refusal:
                continue
            if is_accepted:
                accept(desk, made)
        waiting = [each.interval for each in waiting_reports(desk.session, desk.team.path)]
        standing = [away.interval for away in desk.grid().shifts[0].away]
        assert first_overlap([*waiting, *standing]) is None
        assert all(shift.contains(each) for each in (*waiting, *standing))
        kept.rollback()
    desk.session.expire_all()
