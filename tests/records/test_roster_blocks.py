"""Blocks of a roster: what each verb does to shifts, and what it refuses whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.rollup.read import monthly_sums
from npt.duty.actions import undo
from npt.kit.clock import to_local
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.rostering.actions import (
    BackOnDuty,
    Change,
    Clear,
    CopyWeek,
    Done,
    MoveTo,
    NothingChosen,
    NothingToChange,
    NotTwoMembers,
    RecordAbsence,
    SetTimes,
    SeveralShifts,
    StaleRoster,
    Swap,
    change_block,
)
from npt.rostering.rules import Cell, Days
from npt.rostering.views.block_table import versions_of
from npt.shifts.actions import (
    AwayNoLongerFits,
    CannotUndo,
    NotPosted,
    OutsidePlace,
    ShiftHasAway,
    UnknownReason,
    change_shift,
)
from npt.shifts.models import Away, Shift
from npt.shifts.queries import roster, roster_acts
from npt.shifts.rules import AbstractionDuringAbsence, ShiftOverlaps, TimeNeverHappens, TypedTime
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)
WEEK = Days(MONDAY, date(2026, 11, 22))
EARLY = SetTimes(TypedTime(time(7)), TypedTime(time(15)))
NIGHT = SetTimes(TypedTime(time(22)), TypedTime(time(7)))


@dataclass
class Wall:
    """A team with its roster on the wall: Ann has earlies from Monday to Wednesday, Ben has nothing."""

    session: Session
    team: Unit
    by: int
    ann: Member
    ben: Member

    def seen(self) -> dict[Cell, dict[int, int]]:
        return versions_of(roster(self.session, self.team, date(2026, 10, 1), date(2027, 4, 30)))

    def do(
        self,
        change: Change,
        *cells: tuple[Member, date],
        seen: dict[Cell, dict[int, int]] | None = None,
    ) -> Done:
        return change_block(
            self.session,
            stamp=Stamp(self.by, NOW),
            unit=self.team,
            cells=[Cell(member.id, day) for member, day in cells],
            seen=self.seen() if seen is None else seen,
            change=change,
        )

    def undo(self, done: Done) -> None:
        undo(self.session, now=NOW, unit=self.team, act_id=done.act.id)

    def shifts(self, member: Member | None = None) -> list[str]:
        """The shifts of a member, or of everybody, in local time with what is recorded in them."""
        asked = select(Shift).order_by(Shift.starts_at, Shift.member_id)
        if member is not None:
            asked = asked.where(Shift.member_id == member.id)
        found = []
        for shift in self.session.scalars(asked.execution_options(populate_existing=True)):
            away = self.session.scalars(
                select(Away)
                .where(Away.shift_id == shift.id)
                .order_by(Away.starts_at)
                .execution_options(populate_existing=True)
            )
            times = f"{to_local(shift.starts_at):%d %H:%M}-{to_local(shift.ends_at):%H:%M}"
            found.append(" ".join([times, *(f"away {each.minutes}" for each in away)]))
        return found

    def everything(self) -> list[tuple[object, ...]]:
        """All that is recorded of shifts and time away, apart from versions."""
        self.session.expire_all()
        shifts = [
            (s.id, s.member_id, s.unit_id, s.role, s.on_date, s.starts_at, s.ends_at, s.is_team_named)
            for s in self.session.scalars(select(Shift).order_by(Shift.id))
        ]
        away = [
            (a.shift_id, a.starts_at, a.ends_at, a.reason_id, a.note)
            for a in self.session.scalars(select(Away).order_by(Away.shift_id, Away.starts_at))
        ]
        return [*shifts, *away]


@pytest.fixture
def wall(session: Session) -> Wall:
    team = make.team(session, code="T1")
    ann = make.member(session, number="71", name="Ann Example", role=PolicingRole.CONSTABLE, team=team)
    ben = make.member(session, number="72", name="Ben Example", role=PolicingRole.PCSO, team=team)
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        make.shift(session, member=ann, starts=f"{day}T07:00", ends=f"{day}T15:00")
    by = make.account(session, email="sergeant@force.example")
    return Wall(session, team, by.id, ann, ben)


def days(member: Member, chosen: Collection[date]) -> list[tuple[Member, date]]:
    return [(member, day) for day in chosen]


# What each verb does ----------------------------------------------------------------------------------------


def test_setting_times_changes_the_shifts_that_are_there_and_adds_those_that_are_not(wall: Wall) -> None:
    done = wall.do(NIGHT, *days(wall.ann, (MONDAY, TUESDAY)), (wall.ben, MONDAY))
    assert wall.shifts() == ["16 22:00-07:00", "16 22:00-07:00", "17 22:00-07:00", "18 07:00-15:00"]
    assert done.act.summary == (
        "Times set to 22:00 to 07:00 for Ann Example and Ben Example: 1 shift added, 2 changed"
    )


def test_a_shift_whose_times_change_keeps_its_key(wall: Wall, session: Session) -> None:
    before = set(session.scalars(select(Shift.id)))
    wall.do(NIGHT, *days(wall.ann, (MONDAY, TUESDAY)))
    assert set(session.scalars(select(Shift.id))) == before


def test_a_week_is_copied_weekday_by_weekday(wall: Wall) -> None:
    next_week = [date(2026, 11, day) for day in range(23, 30)]
    wall.do(CopyWeek(WEDNESDAY), *days(wall.ann, next_week), *days(wall.ben, next_week))
    assert wall.shifts(wall.ann)[3:] == ["23 07:00-15:00", "24 07:00-15:00", "25 07:00-15:00"]
    assert wall.shifts(wall.ben) == []


def test_a_copied_week_keeps_the_time_of_day_across_a_change_of_the_clocks(wall: Wall) -> None:
    march = [date(2027, 3, 29)]
    wall.do(CopyWeek(MONDAY), *days(wall.ann, march))
    assert wall.shifts(wall.ann)[-1] == "29 07:00-15:00"


def test_copying_an_empty_week_clears_the_days(wall: Wall) -> None:
    wall.do(CopyWeek(date(2026, 11, 2)), *days(wall.ann, (MONDAY, TUESDAY)))
    assert wall.shifts(wall.ann) == ["18 07:00-15:00"]


def test_clearing_takes_the_shifts_out(wall: Wall) -> None:
    wall.do(Clear(), *days(wall.ann, WEEK))
    assert wall.shifts() == []


def test_leave_is_recorded_over_the_whole_of_each_shift(wall: Wall) -> None:
    wall.do(RecordAbsence("leave"), *days(wall.ann, WEEK))
    assert wall.shifts(wall.ann) == [f"{day} 07:00-15:00 away 480" for day in (16, 17, 18)]


def test_sickness_takes_the_place_of_leave(wall: Wall, session: Session) -> None:
    wall.do(RecordAbsence("leave"), *days(wall.ann, WEEK))
    wall.do(RecordAbsence("sickness", "Called in"), (wall.ann, MONDAY))
    notes = session.scalars(select(Away.note).order_by(Away.starts_at)).all()
    assert notes == ["Called in", None, None]


def test_absences_are_taken_out_and_abstraction_stays(wall: Wall, session: Session) -> None:
    shift = session.scalars(select(Shift).order_by(Shift.starts_at)).first()
    assert shift is not None
    make.away(session, shift=shift, ends="2026-11-16T08:00", reason="court")
    wall.do(RecordAbsence("leave"), *days(wall.ann, (TUESDAY, WEDNESDAY)))
    wall.do(BackOnDuty(), *days(wall.ann, WEEK))
    assert wall.shifts(wall.ann) == ["16 07:00-15:00 away 60", "17 07:00-15:00", "18 07:00-15:00"]


def test_two_members_swap_their_shifts(wall: Wall, session: Session) -> None:
    make.shift(session, member=wall.ben, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    wall.do(Swap(), *days(wall.ann, (MONDAY, TUESDAY)), *days(wall.ben, (MONDAY, TUESDAY)))
    assert wall.shifts(wall.ann) == ["16 14:00-22:00", "18 07:00-15:00"]
    assert wall.shifts(wall.ben) == ["16 07:00-15:00", "17 07:00-15:00"]


def test_a_shift_that_is_moved_counts_for_the_other_team(wall: Wall, session: Session) -> None:
    area = session.scalars(select(Unit).where(Unit.level == "area")).one()
    other = make.team(session, under=area, code="T2")
    wall.do(MoveTo(other), (wall.ann, MONDAY))
    shift = session.scalars(select(Shift).where(Shift.unit_id == other.id)).one()
    assert (shift.on_date, shift.is_team_named) == (MONDAY, True)


def test_the_sums_of_the_month_follow_a_block_and_its_undoing(wall: Wall, session: Session) -> None:
    month = Month(2026, 11)

    def rostered() -> int:
        return sum(each.rostered for each in monthly_sums(session, wall.team.path, month, month))

    done = wall.do(EARLY, *days(wall.ben, WEEK))
    session.commit()
    assert rostered() == 10 * 480
    wall.undo(done)
    session.commit()
    assert rostered() == 3 * 480


# What is refused, whole -------------------------------------------------------------------------------------


def test_a_block_with_one_bad_day_changes_nothing(wall: Wall, session: Session) -> None:
    session.commit()
    before = wall.everything()
    long_night = SetTimes(TypedTime(time(20)), TypedTime(time(9)))
    with pytest.raises(ShiftOverlaps, match=r"Ann Example \(71\).*overlap"):
        wall.do(long_night, (wall.ben, MONDAY), (wall.ann, date(2026, 11, 15)))
    session.rollback()
    assert wall.everything() == before


def test_a_time_that_the_clocks_skip_is_refused_with_member_and_day(wall: Wall) -> None:
    skipped = SetTimes(TypedTime(time(1, 30)), TypedTime(time(9)))
    with pytest.raises(TimeNeverHappens, match=r"Ann Example \(71\) on 28 March 2027"):
        wall.do(skipped, (wall.ann, date(2027, 3, 28)))


def test_a_member_who_is_posted_nowhere_that_day_is_refused(wall: Wall, session: Session) -> None:
    stranger = Member(number="99", name="Cy Example")
    session.add(stranger)
    session.flush()
    with pytest.raises(NotPosted, match="Cy Example"):
        wall.do(EARLY, (stranger, MONDAY))


def test_a_member_of_another_team_is_refused(wall: Wall, session: Session) -> None:
    other = make.team(session, code="T9")
    dee = make.member(session, number="80", name="Dee Example", team=other)
    with pytest.raises(OutsidePlace, match="Dee Example"):
        wall.do(EARLY, (dee, MONDAY))


def test_a_shift_that_somebody_changed_since_is_refused(wall: Wall, session: Session) -> None:
    seen = wall.seen()
    wall.do(NIGHT, (wall.ann, MONDAY))
    with pytest.raises(StaleRoster, match=r"Ann Example \(71\) on 16 November 2026"):
        wall.do(Clear(), *days(wall.ann, WEEK), seen=seen)


def test_a_shift_that_somebody_added_since_is_refused(wall: Wall, session: Session) -> None:
    seen = wall.seen()
    wall.do(EARLY, (wall.ben, MONDAY))
    with pytest.raises(StaleRoster, match="Ben Example"):
        wall.do(NIGHT, (wall.ben, MONDAY), seen=seen)


def test_what_somebody_changed_outside_the_block_does_not_matter(wall: Wall) -> None:
    seen = wall.seen()
    wall.do(NIGHT, (wall.ann, MONDAY))
    wall.do(Clear(), (wall.ann, WEDNESDAY), seen=seen)
    assert wall.shifts(wall.ann) == ["16 22:00-07:00", "17 07:00-15:00"]


def test_a_shift_with_time_away_is_not_cleared(wall: Wall) -> None:
    wall.do(RecordAbsence("leave"), (wall.ann, TUESDAY))
    with pytest.raises(ShiftHasAway, match=r"17 November 2026.*Leave"):
        wall.do(Clear(), *days(wall.ann, WEEK))


def test_new_times_that_leave_time_away_outside_are_refused(wall: Wall) -> None:
    wall.do(RecordAbsence("leave"), (wall.ann, TUESDAY))
    with pytest.raises(AwayNoLongerFits, match="Ann Example"):
        wall.do(NIGHT, (wall.ann, TUESDAY))


def test_a_member_who_was_taken_off_duty_is_not_absent_as_well(wall: Wall, session: Session) -> None:
    shift = session.scalars(select(Shift).order_by(Shift.starts_at)).first()
    assert shift is not None
    make.away(session, shift=shift, ends="2026-11-16T08:00", reason="court")
    with pytest.raises(AbstractionDuringAbsence, match="Ann Example"):
        wall.do(RecordAbsence("leave"), *days(wall.ann, WEEK))


def test_an_abstraction_is_no_absence(wall: Wall) -> None:
    with pytest.raises(UnknownReason):
        wall.do(RecordAbsence("court"), (wall.ann, MONDAY))


@pytest.mark.parametrize("count", [1, 3])
def test_a_swap_needs_two_members(wall: Wall, session: Session, count: int) -> None:
    cy = make.member(session, number="73", name="Cy Example", team=wall.team)
    with pytest.raises(NotTwoMembers):
        wall.do(Swap(), *[(member, MONDAY) for member in (wall.ann, wall.ben, cy)[:count]])


def test_one_set_of_times_is_not_laid_over_two_shifts(wall: Wall, session: Session) -> None:
    make.shift(session, member=wall.ann, starts="2026-11-16T18:00", ends="2026-11-16T20:00")
    with pytest.raises(SeveralShifts, match="has 2 shifts"):
        wall.do(NIGHT, (wall.ann, MONDAY))


def test_a_block_of_nothing_is_refused(wall: Wall) -> None:
    with pytest.raises(NothingChosen):
        wall.do(EARLY)


def test_what_would_change_nothing_is_refused(wall: Wall) -> None:
    with pytest.raises(NothingToChange):
        wall.do(EARLY, (wall.ann, MONDAY))


# Undoing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [NIGHT, CopyWeek(date(2026, 11, 2)), Clear(), RecordAbsence("leave", "Spain"), Swap()],
    ids=lambda change: type(change).__name__,
)
def test_undoing_restores_exactly_what_was_there(wall: Wall, session: Session, change: Change) -> None:
    before = wall.everything()
    block = [*days(wall.ann, (MONDAY, TUESDAY)), *days(wall.ben, (MONDAY, TUESDAY))]
    done = wall.do(change, *block)
    assert wall.everything() != before
    wall.undo(done)
    assert wall.everything() == before


def test_undoing_restores_the_absence_that_another_replaced(wall: Wall) -> None:
    wall.do(RecordAbsence("leave", "Spain"), *days(wall.ann, WEEK))
    before = wall.everything()
    wall.undo(wall.do(RecordAbsence("sickness"), *days(wall.ann, WEEK)))
    assert wall.everything() == before


def test_acts_are_undone_one_after_another_back_to_the_start(wall: Wall) -> None:
    before = wall.everything()
    block = days(wall.ann, (MONDAY, TUESDAY))
    acts = [wall.do(each, *block) for each in (NIGHT, RecordAbsence("leave"), BackOnDuty(), Clear(), EARLY)]
    for done in reversed(acts):
        wall.undo(done)
    assert wall.everything() == before


def test_an_act_is_not_undone_once_somebody_changed_the_day(wall: Wall, session: Session) -> None:
    done = wall.do(NIGHT, *days(wall.ann, (MONDAY, TUESDAY)))
    shift = session.scalars(select(Shift).order_by(Shift.starts_at)).first()
    assert shift is not None
    change_shift(
        session,
        unit=wall.team,
        day=MONDAY,
        shift_id=shift.id,
        expected_version=shift.version,
        starts=datetime(2026, 11, 16, 8, tzinfo=UTC),
        ends=datetime(2026, 11, 16, 16, tzinfo=UTC),
        team=None,
    )
    with pytest.raises(CannotUndo, match="Somebody has changed"):
        wall.undo(done)
    assert wall.shifts(wall.ann) == ["16 08:00-16:00", "17 22:00-07:00", "18 07:00-15:00"]


def test_an_act_is_not_undone_where_another_shift_stands_now(wall: Wall, session: Session) -> None:
    done = wall.do(Clear(), (wall.ann, MONDAY))
    make.shift(session, member=wall.ann, starts="2026-11-16T09:00", ends="2026-11-16T12:00")
    with pytest.raises(CannotUndo, match="no longer fits"):
        wall.undo(done)


def test_an_act_is_not_undone_twice(wall: Wall) -> None:
    done = wall.do(NIGHT, (wall.ann, MONDAY))
    wall.undo(done)
    with pytest.raises(CannotUndo, match="undone already"):
        wall.undo(done)


def test_an_act_of_another_team_is_not_undone_here(wall: Wall, session: Session) -> None:
    done = wall.do(NIGHT, (wall.ann, MONDAY))
    with pytest.raises(CannotUndo, match="nothing to undo"):
        undo(session, now=NOW, unit=make.team(session, code="T9"), act_id=done.act.id)


def test_only_acts_that_still_stand_are_offered(wall: Wall, session: Session) -> None:
    first = wall.do(NIGHT, (wall.ann, MONDAY))
    second = wall.do(RecordAbsence("leave"), *days(wall.ann, (MONDAY, TUESDAY)))

    def offered() -> list[int]:
        return [each.id for each in roster_acts(session, wall.team, WEEK.first, WEEK.last)]

    assert offered() == [second.act.id]
    wall.undo(second)
    assert offered() == [first.act.id]
