"""Who works which pattern: kept when it is laid, refused where two would meet, changed from a day on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.actions import undo
from npt.kit.clock import to_local
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.rostering.actions import (
    DayOutsideAssignment,
    PatternOverlaps,
    Relaid,
    StaleRoster,
    change_assignment,
)
from npt.rostering.models import PatternAssignment
from npt.rostering.queries import assignments_of
from npt.shifts.actions import add_pattern, assign_pattern
from npt.shifts.models import Pattern, Shift
from npt.shifts.rules import PatternDay, ShiftOverlaps
from tests import make

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 27)
EARLY, LATE, OFF = PatternDay(time(7), time(15)), PatternDay(time(14), time(22)), PatternDay()


@dataclass
class Office:
    """A team with two patterns, earlies and lates, two days on and two off; Ann and Ben are in it."""

    session: Session
    team: Unit
    by: int
    earlies: Pattern
    lates: Pattern
    ann: Member
    ben: Member

    def lay(self, pattern: Pattern, first: date, last: date, anchor: date = FIRST) -> None:
        assign_pattern(
            self.session,
            pattern_id=pattern.id,
            unit=self.team,
            member_ids=[self.ann.id],
            anchor=anchor,
            first=first,
            last=last,
        )

    def change(self, first: date, pattern: Pattern | None, version: int | None = None) -> Relaid:
        (kept,) = assignments_of(self.session, self.team, FIRST)
        return change_assignment(
            self.session,
            stamp=Stamp(self.by, NOW),
            unit=self.team,
            assignment_id=kept.id,
            expected_version=kept.version if version is None else version,
            first=first,
            pattern_id=None if pattern is None else pattern.id,
            anchor=first,
        )

    def kept(self) -> list[tuple[str, str, date, date]]:
        lines = assignments_of(self.session, self.team, date(2026, 1, 1))
        return [(each.member, each.pattern, each.first, each.last) for each in lines]

    def shifts(self) -> list[str]:
        asked = select(Shift.starts_at).order_by(Shift.starts_at)
        return [f"{to_local(starts):%d %H}" for starts in self.session.scalars(asked)]


@pytest.fixture
def office(session: Session) -> Office:
    team = make.team(session, code="T1")
    return Office(
        session,
        team,
        make.account(session, email="sergeant@force.example").id,
        add_pattern(session, unit=team, name="Earlies", cycle=[EARLY, EARLY, OFF, OFF]),
        add_pattern(session, unit=team, name="Lates", cycle=[LATE, LATE, OFF, OFF]),
        make.member(session, number="71", name="Ann Example", team=team),
        make.member(session, number="72", name="Ben Example", team=team),
    )


def test_laying_a_pattern_keeps_who_works_by_it(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    assert office.kept() == [("Ann Example", "Earlies", FIRST, LAST)]


def test_a_pattern_that_overlaps_another_is_refused_naming_it(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    with pytest.raises(
        PatternOverlaps,
        match=r"Ann Example \(71\) works by “Earlies” from 16 November 2026 to 27 November 2026",
    ):
        office.lay(office.lates, LAST, LAST + timedelta(days=7))


def test_a_pattern_at_another_day_of_its_cycle_overlaps_itself(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    with pytest.raises(PatternOverlaps):
        office.lay(office.earlies, FIRST, LAST, anchor=FIRST + timedelta(days=1))


def test_the_same_pattern_goes_on_as_one_assignment(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    office.lay(office.earlies, FIRST, LAST + timedelta(days=4), anchor=FIRST + timedelta(days=4))
    assert office.kept() == [("Ann Example", "Earlies", FIRST, LAST + timedelta(days=4))]


def test_another_pattern_may_begin_the_day_after(office: Office) -> None:
    office.lay(office.earlies, FIRST, date(2026, 11, 19))
    office.lay(office.lates, date(2026, 11, 20), LAST, anchor=date(2026, 11, 20))
    assert [pattern for _, pattern, _, _ in office.kept()] == ["Earlies", "Lates"]


def test_a_changed_assignment_is_rostered_anew_from_its_day_on(office: Office) -> None:
    office.lay(office.earlies, FIRST, date(2026, 11, 23))
    office.change(date(2026, 11, 20), office.lates)
    assert office.shifts() == ["16 07", "17 07", "20 14", "21 14"]
    assert office.kept() == [
        ("Ann Example", "Earlies", FIRST, date(2026, 11, 19)),
        ("Ann Example", "Lates", date(2026, 11, 20), date(2026, 11, 23)),
    ]


def test_an_ended_assignment_leaves_no_shifts_behind(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    office.change(date(2026, 11, 20), None)
    assert office.shifts() == ["16 07", "17 07"]
    assert office.kept() == [("Ann Example", "Earlies", FIRST, date(2026, 11, 19))]


def test_an_assignment_that_changes_on_its_first_day_is_replaced(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    office.change(FIRST, office.lates)
    assert office.kept() == [("Ann Example", "Lates", FIRST, LAST)]


def test_a_day_with_time_away_stays_as_it_is(office: Office, session: Session) -> None:
    office.lay(office.earlies, FIRST, date(2026, 11, 23))
    shift = session.scalars(select(Shift).where(Shift.on_date == date(2026, 11, 20))).one()
    make.away(session, shift=shift, ends="2026-11-20T15:00", reason="leave")
    relaid = office.change(date(2026, 11, 20), office.lates)
    assert relaid.left == 1
    assert office.shifts() == ["16 07", "17 07", "20 07", "21 14"]


def test_what_a_changed_assignment_did_to_shifts_is_undone(office: Office, session: Session) -> None:
    office.lay(office.earlies, FIRST, LAST)
    before = office.shifts()
    relaid = office.change(date(2026, 11, 20), office.lates)
    assert relaid.done is not None
    undo(session, now=NOW, unit=office.team, act_id=relaid.done.act.id)
    assert office.shifts() == before


def test_an_assignment_does_not_change_outside_its_days(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    with pytest.raises(DayOutsideAssignment):
        office.change(LAST + timedelta(days=1), None)


def test_an_assignment_that_somebody_else_changed_is_refused(office: Office) -> None:
    office.lay(office.earlies, FIRST, LAST)
    with pytest.raises(StaleRoster):
        office.change(FIRST, None, version=7)


def test_nothing_is_kept_of_a_pattern_whose_shifts_are_refused(office: Office, session: Session) -> None:
    make.shift(session, member=office.ann, starts="2026-11-16T09:00", ends="2026-11-16T12:00")
    session.commit()
    with pytest.raises(ShiftOverlaps):
        office.lay(office.earlies, FIRST, LAST)
    session.rollback()
    assert session.scalars(select(PatternAssignment)).all() == []
