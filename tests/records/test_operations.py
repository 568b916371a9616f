"""Planning an operation, choosing for it, committing and cancelling it: all of it or nothing."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.duty.actions import undo
from npt.kit.limits import BadName
from npt.kit.stamps import Stamp
from npt.operations.actions import (
    ChangedByHand,
    ChangedSince,
    NoLongerFree,
    NotACandidate,
    NothingAsked,
    NumbersDiffer,
    TooManyChosen,
    WrongStatus,
    correct_operation,
)
from npt.operations.queries import Take, chosen, effects, operation_in, operations_of
from npt.operations.rules import OperationStatus
from npt.people.rules import RoleGroup
from npt.shifts.actions import AwayEntry, UnknownReason, record_away, remove_shift
from npt.shifts.models import Act, Away, Shift
from npt.shifts.queries import day_grid
from npt.store.versions import StaleRecord
from tests import make
from tests.records.match_day import FOOTBALL, MATCH, NOW, TODAY, MatchDay, open_match_day


@pytest.fixture
def day(session: Session) -> MatchDay:
    return open_match_day(session)


def test_committing_records_one_act_for_each_team_and_day(day: MatchDay) -> None:
    operation = day.committed("1001", "1002", "2001")
    acts = day.session.scalars(select(Act).order_by(Act.unit_id)).all()
    assert [act.unit_id for act in acts] == [team.id for team in day.teams]
    assert acts[0].summary == "Event recorded for Name 1001 and Name 1002, 12:00 to 18:00"
    assert operation.status is OperationStatus.COMMITTED


def test_what_is_recorded_names_the_operation_on_the_day_of_the_team(day: MatchDay) -> None:
    day.committed("1001")
    (away,) = (away for shift in day_grid(day.session, day.teams[0], MATCH).shifts for away in shift.away)
    assert (away.reason_code, away.note) == ("event", "Operation: Town against Rovers")


def test_the_effect_shown_before_is_the_headroom_after_committing(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.choose(operation, ["1001", "2001"])
    lines = chosen(day.session, operation)
    takes = [
        Take(line.unit_id, line.unit_code, line.unit_name, line.role, MATCH, line.taken) for line in lines
    ]
    shown = effects(
        day.session,
        day.area.path,
        takes,
        reason="event",
        today=TODAY,
        definition=default_definition(day.session),
    )
    before = [day.room(team) for team in day.teams]
    day.commit(operation)
    assert [each.changes[RoleGroup.OFFICERS].before for each in shown] == before
    assert [each.changes[RoleGroup.OFFICERS].after for each in shown] == [
        day.room(team) for team in day.teams
    ]
    assert not any(each.breaks_target for each in shown)


def test_an_effect_that_breaks_the_target_is_marked(day: MatchDay) -> None:
    takes = [
        Take(shift.unit_id, "T1", "Team T1", shift.role, MATCH, day.candidates(day.plan())[0].taken)
        for shift in (day.shifts["1001"], day.shifts["1002"])
    ]
    (shown,) = effects(
        day.session,
        day.area.path,
        takes,
        reason="event",
        today=TODAY,
        definition=default_definition(day.session),
    )
    # 360 minutes are allowed, 720 would be taken.
    assert shown.changes[RoleGroup.OFFICERS].after.left == -360
    assert shown.breaks_target


def test_cancelling_takes_back_exactly_what_was_recorded(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1001"], starts="2026-11-21T10:00", ends="2026-11-21T11:00")
    away, rooms = day.away(), [day.room(team) for team in day.teams]
    operation = day.committed("1001", "2001", "2002")
    assert len(day.away()) == 4
    assert day.cancel(operation) == 3
    assert day.away() == away
    assert [day.room(team) for team in day.teams] == rooms
    assert operation.status is OperationStatus.CANCELLED


def test_cancelling_undoes_the_acts_so_that_nobody_can_undo_them_again(day: MatchDay) -> None:
    operation = day.committed("1001", "2001")
    day.cancel(operation)
    assert day.session.scalar(select(func.count()).where(Act.undone_at.is_(None))) == 0


def test_cancelling_is_refused_where_somebody_changed_a_record_and_names_them_all(day: MatchDay) -> None:
    operation = day.committed("1001", "1002", "2001")
    for number in ("1002", "2001"):
        away = day.session.scalars(select(Away).where(Away.shift_id == day.shifts[number].id)).one()
        away.note = "Home early"
    day.session.flush()
    before = day.away()
    with pytest.raises(ChangedByHand) as refused:
        day.cancel(operation)
    assert "Name 1002 (1002) on 21 November 2026" in refused.value.message
    assert "Name 2001 (2001) on 21 November 2026" in refused.value.message
    assert "1001" not in refused.value.message
    assert day.away() == before


def test_a_record_that_was_undone_on_the_day_is_named_too(day: MatchDay) -> None:
    operation = day.committed("1001")
    (choice,) = day.choices(operation)
    assert choice.act_id is not None
    undo(day.session, now=NOW, unit=day.teams[0], act_id=choice.act_id)
    with pytest.raises(ChangedByHand, match="the record has since been removed"):
        day.cancel(operation)


def test_once_the_changed_ones_are_released_the_rest_can_be_cancelled(day: MatchDay) -> None:
    operation = day.committed("1001", "1002")
    away = day.session.scalars(select(Away).where(Away.shift_id == day.shifts["1002"].id)).one()
    away.note = "Home early"
    day.session.flush()
    day.choose(operation, ["1001"])
    assert len(day.away()) == 2
    day.cancel(operation)
    assert [note for _, _, _, note in day.away()] == ["Home early"]


def test_a_member_is_added_after_committing(day: MatchDay) -> None:
    operation = day.committed("1001")
    done = day.choose(operation, ["1001", "1002"])
    assert (done.added, done.released) == (1, 0)
    assert day.chosen(operation) == ["1001", "1002"]
    assert len(day.away()) == 2


def test_a_member_is_released_after_committing_and_the_rest_can_still_be_cancelled(day: MatchDay) -> None:
    operation = day.committed("1001", "1002", "2001")
    day.choose(operation, ["1001", "2001"])
    assert [shift_id for shift_id, *_ in day.away()] == [day.shifts["1001"].id, day.shifts["2001"].id]
    day.cancel(operation)
    assert day.away() == []


def test_one_member_is_exchanged_for_another_in_one_step(day: MatchDay) -> None:
    operation = day.committed("1001")
    done = day.choose(operation, ["1003"])
    assert (done.added, done.released) == (1, 1)
    assert [shift_id for shift_id, *_ in day.away()] == [day.shifts["1003"].id]


def test_a_member_who_moved_to_another_team_meanwhile_is_taken_back_there(day: MatchDay) -> None:
    operation = day.committed("1001", "1002")
    shift = day.session.get_one(Shift, day.shifts["1002"].id, populate_existing=True)
    shift.unit_id = day.teams[1].id
    day.session.flush()
    day.cancel(operation)
    assert day.away() == []


def test_somebody_absent_cannot_be_chosen(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    make.away(day.session, shift=day.shifts["1001"], reason="sickness")
    with pytest.raises(NotACandidate, match=r"Name 1001 \(1001\) cannot be taken"):
        day.choose(operation, ["1001"])


def test_somebody_of_another_role_cannot_be_chosen(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    with pytest.raises(NotACandidate, match="constables of Area A1"):
        day.choose(operation, ["1009"])


def test_more_than_are_asked_for_cannot_be_chosen_for_a_draft(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    with pytest.raises(TooManyChosen, match="you chose 2 of the 1 asked for"):
        day.choose(operation, ["1001", "1002"])


def test_choosing_again_replaces_the_choice(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.choose(operation, ["1001", "1002"])
    day.choose(operation, ["1002", "2001"])
    assert day.chosen(operation) == ["1002", "2001"]
    assert day.away() == []


def test_committing_with_fewer_than_asked_is_refused_and_says_how_many_are_missing(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 3)
    day.choose(operation, ["1001"])
    with pytest.raises(NumbersDiffer, match="1 of 3 constables from Area A1 are chosen: choose 2 more"):
        day.commit(operation)
    assert day.away() == []


def test_committing_what_asks_for_nobody_is_refused(day: MatchDay) -> None:
    with pytest.raises(NothingAsked, match="asks for no one"):
        day.commit(day.plan())


def test_committing_is_refused_as_a_whole_where_one_has_become_absent(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.choose(operation, ["1001", "2001"])
    make.away(day.session, shift=day.shifts["2001"], reason="sickness")
    before = day.away()
    with pytest.raises(NoLongerFree, match=r"Name 2001 \(2001\) on 21 November 2026: absent"):
        day.commit(operation)
    assert day.away() == before


def test_committing_is_refused_where_a_shift_was_removed(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    day.choose(operation, ["1001"])
    shift = day.shifts["1001"]
    remove_shift(day.session, unit=day.teams[0], day=MATCH, shift_id=shift.id, expected_version=shift.version)
    with pytest.raises(NoLongerFree, match="removed from the roster"):
        day.commit(operation)


def test_committing_is_refused_where_a_shift_changed_after_it_was_seen(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    day.choose(operation, ["1001"])
    seen = day.versions()
    shift = day.shifts["1001"]
    record_away(
        day.session,
        stamp=Stamp(day.by.id, NOW),
        unit=day.teams[0],
        day=MATCH,
        entries=[AwayEntry(shift.id, shift.starts_at, shift.starts_at.replace(minute=30))],
        reason="response",
        note=None,
        expected=seen,
    )
    with pytest.raises(ChangedSince, match=r"Name 1001 \(1001\)"):
        day.commit(operation, seen)
    assert len(day.away()) == 1


def test_two_drafts_that_chose_the_same_member_cannot_both_be_committed(day: MatchDay) -> None:
    drafts = [day.plan(), day.plan(replace(FOOTBALL, name="Carnival", starts=time(17), ends=time(20)))]
    for draft in drafts:
        day.ask(draft, 1)
        day.choose(draft, ["1001"])
    day.commit(drafts[0])
    with pytest.raises(NoLongerFree, match="already away 12:00 to 18:00"):
        day.commit(drafts[1])


def test_an_operation_over_midnight_of_two_days_takes_each_night_from_its_own_shift(day: MatchDay) -> None:
    member = make.member(day.session, number="3001", team=day.teams[0])
    for on, until in (("2026-11-27", "2026-11-28"), ("2026-11-28", "2026-11-29")):
        shift = make.shift(day.session, member=member, starts=f"{on}T20:00", ends=f"{until}T06:00")
        day.shifts[on] = shift
    festival = replace(
        FOOTBALL, first_on=date(2026, 11, 27), last_on=date(2026, 11, 28), starts=time(18), ends=time(2)
    )
    operation = day.plan(festival)
    day.ask(operation, 1)
    found = day.candidates(operation)
    assert [(each.on.day, each.shift_on.day, each.taken.minutes) for each in found] == [
        (27, 27, 360),
        (28, 28, 360),
    ]


def test_a_draft_whose_times_change_keeps_those_whose_shifts_still_reach_it(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.choose(operation, ["1001", "1002"])
    later = replace(FOOTBALL, starts=time(19), ends=time(23))
    correct_operation(
        day.session, now=NOW, operation=operation, expected_version=operation.version, planned=later
    )
    assert [line.taken.minutes for line in chosen(day.session, day.load(operation))] == [60, 60]
    night = replace(FOOTBALL, starts=time(21), ends=time(23))
    correct_operation(
        day.session, now=NOW, operation=operation, expected_version=operation.version, planned=night
    )
    assert chosen(day.session, day.load(operation)) == ()


def test_a_committed_operation_cannot_be_corrected(day: MatchDay) -> None:
    operation = day.committed("1001")
    with pytest.raises(WrongStatus, match="is committed"):
        correct_operation(
            day.session, now=NOW, operation=operation, expected_version=operation.version, planned=FOOTBALL
        )


def test_what_was_cancelled_stays_cancelled(day: MatchDay) -> None:
    operation = day.committed("1001")
    day.cancel(operation)
    with pytest.raises(WrongStatus, match="is cancelled"):
        day.commit(operation)


def test_whoever_saw_an_earlier_version_is_told_so(day: MatchDay) -> None:
    operation = day.plan()
    seen = operation.version
    day.ask(operation, 1)
    with pytest.raises(StaleRecord):
        correct_operation(day.session, now=NOW, operation=operation, expected_version=seen, planned=FOOTBALL)


@pytest.mark.parametrize(
    ("planned", "refusal"),
    [
        (replace(FOOTBALL, name=" "), BadName),
        (replace(FOOTBALL, reason="leave"), UnknownReason),
        (replace(FOOTBALL, reason="unheard-of"), UnknownReason),
    ],
)
def test_an_operation_that_makes_no_sense_is_refused(
    day: MatchDay, planned: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        day.plan(planned)  # type: ignore[arg-type]  # a parameter has no narrower type here


def test_a_team_sees_the_operations_that_take_from_it_and_no_others(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 1)
    day.choose(operation, ["1001"])
    assert operation_in(day.session, day.teams[0].path, operation.id) is not None
    assert operation_in(day.session, day.teams[1].path, operation.id) is None


def test_operations_are_listed_as_coming_until_their_last_day_is_over(day: MatchDay) -> None:
    day.committed("1001", "1002")
    for today, is_past in ((MATCH, False), (date(2026, 11, 22), True)):
        (line,) = operations_of(day.session, day.area.path, today=today, is_past=is_past, limit=10)
        assert (line.name, line.asked, line.chosen) == ("Town against Rovers", 2, 2)
        assert operations_of(day.session, day.area.path, today=today, is_past=not is_past, limit=10) == []
