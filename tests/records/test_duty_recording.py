"""Recording who was taken off duty: one entry for many members, correcting, undoing, two people at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.duty.actions import (
    AwayEntry,
    CannotUndo,
    DayNotYet,
    NotATeam,
    NoteTooLong,
    NothingChosen,
    StaleDay,
    TeamClosed,
    UnknownReason,
    change_shift,
    confirm_day,
    correct_away,
    record_away,
    remove_away,
    undo,
    withdraw_confirmation,
)
from npt.duty.models import Act, Away, Shift
from npt.duty.queries import DayGrid, GridAway, away_in, day_grid
from npt.duty.rules import (
    AbstractionDuringAbsence,
    AwayOutsideShift,
    AwayOverlaps,
    EndsBeforeItStarts,
    NoLength,
    NoteMissing,
)
from npt.kit.clock import clock_in_words, parse_instant
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.store.transaction import engine_at, writing
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A sergeant at their team's day, on which three constables have a late shift, 14:00 to 22:00."""

    session: Session
    team: Unit
    by: Account
    shifts: list[Shift]

    def grid(self) -> DayGrid:
        return day_grid(self.session, self.team, DAY)

    def away(self) -> list[tuple[str, str, str, str | None]]:
        """Every time away of the day: who, when, why and the note."""
        return [
            (row.number, in_words(away), away.reason_code, away.note)
            for row in self.grid().rows
            for shift in row.shifts
            for away in shift.away
        ]

    def entry(self, starts: str, ends: str, number: int = 0) -> AwayEntry:
        return AwayEntry(self.shifts[number].id, at(starts), at(ends))

    def record(
        self,
        *entries: AwayEntry,
        reason: str = "response",
        note: str | None = None,
        expected: dict[int, int] | None = None,
    ) -> Act:
        return record_away(
            self.session,
            by=self.by.id,
            now=NOW,
            unit=self.team,
            day=DAY,
            entries=entries,
            reason=reason,
            note=note,
            expected=self.grid().versions if expected is None else expected,
        )

    def correct(
        self,
        away: GridAway,
        starts: str,
        ends: str,
        *,
        reason: str = "response",
        note: str | None = None,
    ) -> Act:
        return correct_away(
            self.session,
            by=self.by.id,
            now=NOW,
            unit=self.team,
            day=DAY,
            away_id=away.id,
            expected_version=away.version,
            starts=at(starts),
            ends=at(ends),
            reason=reason,
            note=note,
        )

    def remove(self, away: GridAway) -> Act:
        return remove_away(
            self.session,
            by=self.by.id,
            now=NOW,
            unit=self.team,
            day=DAY,
            away_id=away.id,
            expected_version=away.version,
        )

    def undo(self, act: Act) -> Act:
        return undo(self.session, now=NOW, unit=self.team, act_id=act.id)

    def only_away(self) -> GridAway:
        (away,) = (away for shift in self.grid().shifts for away in shift.away)
        return away


def at(time: str) -> datetime:
    return parse_instant(f"2026-11-16T{time}").instant


def in_words(away: GridAway) -> str:
    return f"{clock_in_words(away.interval.starts)} to {clock_in_words(away.interval.ends)}"


def sit_down(session: Session) -> Desk:
    team = make.team(session, code="T1")
    members = [make.member(session, team=team, name=f"{name} Example") for name in ("Ann", "Ben", "Cas")]
    shifts = [make.shift(session, member=member) for member in members]
    return Desk(session, team, make.account(session), shifts)


@pytest.fixture
def desk(session: Session) -> Desk:
    return sit_down(session)


# Recording --------------------------------------------------------------------------------------------------


def test_three_members_are_recorded_in_one_act(desk: Desk) -> None:
    act = desk.record(*(desk.entry("15:00", "18:00", number) for number in range(3)))
    assert desk.away() == [
        (number, "15:00 to 18:00", "response", None) for number in ("1001", "1002", "1003")
    ]
    assert act.summary == "Response to incidents for 3 members, 15:00 to 18:00"
    assert [line.summary for line in desk.grid().acts] == [act.summary]


def test_a_shift_may_be_away_as_a_whole_and_times_may_touch(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "18:00"), desk.entry("18:00", "22:00"))
    assert [when for _, when, _, _ in desk.away()] == ["14:00 to 18:00", "18:00 to 22:00"]


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("13:59", "15:00", AwayOutsideShift),
        ("21:00", "22:01", AwayOutsideShift),
        ("15:00", "15:00", NoLength),
        ("16:00", "15:00", EndsBeforeItStarts),
    ],
)
def test_times_that_do_not_lie_in_the_shift_are_refused_naming_the_member(
    desk: Desk, starts: str, ends: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal, match=r"Ben Example \(1002\)"):
        desk.record(desk.entry("15:00", "16:00"), desk.entry(starts, ends, 1))
    assert desk.away() == []


def test_overlapping_time_away_is_refused_with_member_and_local_times(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    with pytest.raises(AwayOverlaps, match=r"Ann Example .*17:59 to 19:00 overlaps.*15:00 to 18:00"):
        desk.record(desk.entry("17:59", "19:00"))


def test_entries_of_one_form_may_not_overlap_each_other(desk: Desk) -> None:
    with pytest.raises(AwayOverlaps):
        desk.record(desk.entry("15:00", "18:00"), desk.entry("17:00", "19:00"))


def test_nobody_is_abstracted_during_an_absence(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "16:00"), reason="sickness")
    with pytest.raises(AbstractionDuringAbsence, match="Ann Example"):
        desk.record(desk.entry("15:00", "17:00"))


def test_nobody_is_absent_during_an_abstraction(desk: Desk) -> None:
    desk.record(desk.entry("14:00", "16:00"))
    with pytest.raises(AbstractionDuringAbsence):
        desk.record(desk.entry("15:00", "17:00"), reason="leave")


def test_other_needs_a_note_and_keeps_it(desk: Desk) -> None:
    with pytest.raises(NoteMissing):
        desk.record(desk.entry("15:00", "16:00"), reason="other", note="  ")
    desk.record(desk.entry("15:00", "16:00"), reason="other", note=" Searching for a child 🧒 ")
    assert desk.away()[0][3] == "Searching for a child 🧒"


def test_a_note_has_a_thousand_characters_at_most(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "16:00"), note="é" * 1000)
    with pytest.raises(NoteTooLong):
        desk.record(desk.entry("17:00", "18:00"), note="é" * 1001)


def test_an_unknown_reason_and_an_empty_choice_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownReason):
        desk.record(desk.entry("15:00", "16:00"), reason="holiday")
    with pytest.raises(NothingChosen):
        desk.record()


def test_time_away_in_a_night_across_the_october_change_has_its_real_minutes(session: Session) -> None:
    made = make.shift(session, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    record_away(
        session,
        by=make.account(session).id,
        now=NOW,
        unit=session.get_one(Unit, made.unit_id),
        day=made.on_date,
        entries=[
            AwayEntry(
                made.id,
                parse_instant("2026-10-25T00:30").instant,
                parse_instant("2026-10-25T02:30").instant,
            )
        ],
        reason="night-time-economy",
        note=None,
        expected={made.id: 1},
    )
    assert session.scalar(select(Away.minutes)) == 180


# Two people at once -----------------------------------------------------------------------------------------


def test_a_second_entry_on_the_same_shift_from_an_old_form_is_stale(desk: Desk) -> None:
    seen = desk.grid().versions
    desk.record(desk.entry("15:00", "16:00"), expected=seen)
    with pytest.raises(StaleDay) as stale:
        desk.record(desk.entry("17:00", "18:00"), expected=seen)
    (away,) = stale.value.grid.shifts[0].away
    assert in_words(away) == "15:00 to 16:00"


def test_an_entry_on_another_shift_of_the_same_day_is_not_stale(desk: Desk) -> None:
    seen = desk.grid().versions
    desk.record(desk.entry("15:00", "16:00", 0), expected=seen)
    desk.record(desk.entry("15:00", "16:00", 1), expected=seen)
    assert len(desk.away()) == 2


def test_a_shift_that_the_form_did_not_show_is_stale(desk: Desk) -> None:
    with pytest.raises(StaleDay):
        desk.record(desk.entry("15:00", "16:00"), expected={})


def test_a_shift_of_another_team_cannot_be_recorded_through_this_one(desk: Desk) -> None:
    elsewhere = make.shift(desk.session)
    with pytest.raises(StaleDay):
        desk.record(AwayEntry(elsewhere.id, at("15:00"), at("16:00")), expected={elsewhere.id: 1})
    assert desk.session.scalars(select(Away)).all() == []


@pytest.fixture
def another(database_url: str) -> Iterator[Session]:
    """A second person's session on the same database."""
    engine = engine_at(database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_of_two_people_who_save_the_same_shift_the_second_is_told(session: Session, another: Session) -> None:
    with writing(session):
        desk = sit_down(session)
    seen = desk.grid().versions
    entries = [desk.entry("17:00", "18:00")]
    session.rollback()
    by, team_id = desk.by.id, desk.team.id
    session.rollback()
    with writing(another):
        record_away(
            another,
            by=by,
            now=NOW,
            unit=another.get_one(Unit, team_id),
            day=DAY,
            entries=[AwayEntry(entries[0].shift_id, at("15:00"), at("16:00"))],
            reason="custody",
            note=None,
            expected=seen,
        )
    with pytest.raises(StaleDay) as stale, writing(session):
        desk.record(*entries, expected=seen)
    assert [away.reason_code for shift in stale.value.grid.shifts for away in shift.away] == ["custody"]
    assert [reason for _, _, reason, _ in desk.away()] == ["custody"]


def test_of_four_people_who_save_at_the_same_moment_one_is_stored_and_three_are_told(
    session: Session, database_url: str
) -> None:
    with writing(session):
        desk = sit_down(session)
        by, team_id, shift_id = desk.by.id, desk.team.id, desk.shifts[0].id
    ready = Barrier(4)

    def save(hour: int) -> str:
        engine = engine_at(database_url)
        try:
            with Session(engine) as mine:
                ready.wait()
                with writing(mine):
                    record_away(
                        mine,
                        by=by,
                        now=NOW,
                        unit=mine.get_one(Unit, team_id),
                        day=DAY,
                        entries=[AwayEntry(shift_id, at(f"{hour}:00"), at(f"{hour + 1}:00"))],
                        reason="response",
                        note=None,
                        expected={shift_id: 1},
                    )
            return "stored"
        except StaleDay:
            return "told"
        finally:
            engine.dispose()

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(save, (14, 16, 18, 20)))
    assert answers == ["stored", "told", "told", "told"]
    assert len(session.scalars(select(Away.id)).all()) == 1


# Correcting and removing ------------------------------------------------------------------------------------


def test_time_away_is_corrected_in_place(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    before = desk.only_away()
    desk.correct(before, "15:30", "17:00", reason="custody", note="Ended early")
    after = desk.only_away()
    assert (after.id, after.version) == (before.id, before.version + 1)
    assert desk.away() == [("1001", "15:30 to 17:00", "custody", "Ended early")]


def test_a_correction_is_held_to_the_same_rules(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "16:00"), desk.entry("18:00", "19:00"))
    first = desk.grid().shifts[0].away[0]
    with pytest.raises(AwayOverlaps):
        desk.correct(first, "15:00", "18:01")
    with pytest.raises(AwayOutsideShift):
        desk.correct(first, "13:00", "16:00")
    with pytest.raises(NoteMissing):
        desk.correct(first, "15:00", "16:00", reason="other")


def test_a_correction_of_what_somebody_else_corrected_is_stale(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    seen = desk.only_away()
    desk.correct(seen, "15:00", "17:00")
    with pytest.raises(StaleDay):
        desk.correct(seen, "15:00", "16:00")
    assert desk.away() == [("1001", "15:00 to 17:00", "response", None)]


def test_removing_what_is_gone_is_stale(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    seen = desk.only_away()
    desk.remove(seen)
    assert desk.away() == []
    with pytest.raises(StaleDay):
        desk.remove(seen)


def test_time_away_of_another_team_is_not_found_through_this_one(desk: Desk) -> None:
    elsewhere = make.away(desk.session)
    assert away_in(desk.session, desk.team, elsewhere.id) is None
    with pytest.raises(StaleDay):
        remove_away(
            desk.session,
            by=desk.by.id,
            now=NOW,
            unit=desk.team,
            day=DAY,
            away_id=elsewhere.id,
            expected_version=1,
        )


def test_every_change_of_time_away_gives_its_shift_a_new_version(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    desk.correct(desk.only_away(), "15:00", "17:00")
    desk.remove(desk.only_away())
    assert act.id
    assert [desk.grid().versions[shift.id] for shift in desk.shifts] == [4, 1, 1]


# Undo -------------------------------------------------------------------------------------------------------


def test_undoing_an_entry_takes_it_from_every_member(desk: Desk) -> None:
    desk.record(desk.entry("20:00", "21:00"), reason="court")
    act = desk.record(*(desk.entry("15:00", "18:00", number) for number in range(3)))
    desk.undo(act)
    assert desk.away() == [("1001", "20:00 to 21:00", "court", None)]
    assert act.undone_at == NOW
    assert len(desk.grid().acts) == 1


def test_undoing_a_correction_restores_times_reason_and_note(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"), reason="other", note="Lost child")
    before = desk.away()
    act = desk.correct(desk.only_away(), "14:00", "22:00", reason="custody")
    desk.undo(act)
    assert desk.away() == before


def test_undoing_a_removal_brings_back_what_was_there(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"), note="Football")
    before = desk.away()
    desk.undo(desk.remove(desk.only_away()))
    assert desk.away() == before


def test_acts_can_be_undone_one_after_another_back_to_the_start(desk: Desk) -> None:
    recorded = desk.record(desk.entry("15:00", "18:00"))
    corrected = desk.correct(desk.only_away(), "16:00", "18:00", reason="event")
    removed = desk.remove(desk.only_away())
    left = []
    for act in (removed, corrected, recorded):
        desk.undo(act)
        left.append(desk.away())
    assert left == [
        [("1001", "16:00 to 18:00", "event", None)],
        [("1001", "15:00 to 18:00", "response", None)],
        [],
    ]


def test_an_act_is_not_undone_twice(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    desk.undo(act)
    with pytest.raises(CannotUndo, match="undone already"):
        desk.undo(act)


def test_an_act_is_not_undone_once_somebody_has_changed_its_records(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"), desk.entry("15:00", "18:00", 1))
    desk.correct(desk.grid().shifts[1].away[0], "15:00", "17:00")
    before = desk.away()
    with pytest.raises(CannotUndo, match="changed these records since"):
        desk.undo(act)
    assert desk.away() == before
    assert act.id not in [line.id for line in desk.grid().acts]


def test_a_removal_is_not_undone_where_something_newer_stands(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    act = desk.remove(desk.only_away())
    desk.record(desk.entry("17:00", "19:00"), reason="custody")
    with pytest.raises(CannotUndo, match=r"Ann Example .*no longer fits"):
        desk.undo(act)


def test_a_removal_is_not_undone_into_a_shift_that_has_become_shorter(desk: Desk) -> None:
    desk.record(desk.entry("15:00", "18:00"))
    act = desk.remove(desk.only_away())
    shift = desk.grid().shifts[0]
    change_shift(
        desk.session,
        unit=desk.team,
        day=DAY,
        shift_id=shift.id,
        expected_version=shift.version,
        starts=at("14:00"),
        ends=at("17:00"),
        team=None,
    )
    with pytest.raises(CannotUndo, match="no longer fits"):
        desk.undo(act)


def test_an_act_of_another_team_cannot_be_undone_through_this_one(desk: Desk) -> None:
    act = desk.record(desk.entry("15:00", "18:00"))
    with pytest.raises(CannotUndo):
        undo(desk.session, now=NOW, unit=make.team(desk.session), act_id=act.id)


# The grid ---------------------------------------------------------------------------------------------------


def test_a_member_without_a_shift_is_shown_as_such(desk: Desk) -> None:
    make.member(desk.session, team=desk.team, name="Zoe Example", role=PolicingRole.SERGEANT)
    rows = desk.grid().rows
    assert [(row.name, len(row.shifts)) for row in rows] == [
        ("Zoe Example", 0),
        ("Ann Example", 1),
        ("Ben Example", 1),
        ("Cas Example", 1),
    ]


def test_a_member_attached_elsewhere_that_day_is_not_shown(desk: Desk) -> None:
    member = make.member(desk.session, team=desk.team)
    make.posting(desk.session, member=member, kind=PostingKind.ATTACHMENT, starts_on=DAY, ends_on=DAY)
    assert member.number not in [row.number for row in desk.grid().rows]


# Confirming -------------------------------------------------------------------------------------------------


def test_a_day_is_confirmed_once_however_often_it_is_asked(desk: Desk) -> None:
    confirmed = [
        confirm_day(desk.session, by=desk.by.id, now=NOW, today=DAY, unit=desk.team, day=DAY)
        for _ in range(2)
    ]
    assert confirmed == [True, False]
    line = desk.grid().confirmation
    assert line is not None
    assert (line.by_name, line.confirmed_at) == (desk.by.name, NOW)


def test_a_confirmation_can_be_withdrawn(desk: Desk) -> None:
    confirm_day(desk.session, by=desk.by.id, now=NOW, today=DAY, unit=desk.team, day=DAY)
    withdrawn = [withdraw_confirmation(desk.session, unit=desk.team, day=DAY) for _ in range(2)]
    assert withdrawn == [True, False]
    assert not desk.grid().is_confirmed


def test_a_day_that_is_still_to_come_is_not_confirmed(desk: Desk) -> None:
    with pytest.raises(DayNotYet):
        confirm_day(desk.session, by=desk.by.id, now=NOW, today=date(2026, 11, 15), unit=desk.team, day=DAY)


def test_a_unit_without_duty_of_its_own_or_closed_that_day_is_not_confirmed(desk: Desk) -> None:
    closed = make.team(desk.session, closed_on=date(2026, 11, 15))
    for unit, refusal in ((make.bcu(desk.session), NotATeam), (closed, TeamClosed)):
        with pytest.raises(refusal):
            confirm_day(desk.session, by=desk.by.id, now=NOW, today=DAY, unit=unit, day=DAY)
