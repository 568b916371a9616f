"""Rostering: what may stand in a roster, which unit a shift counts at, and repeating patterns."""

from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.actions import (
    AwayNoLongerFits,
    BadPattern,
    NotATeam,
    NotPosted,
    OutsidePlace,
    PatternNameTaken,
    Saved,
    ShiftDiffers,
    ShiftHasAway,
    StaleDay,
    StretchTooLong,
    TeamClosed,
    UnknownPattern,
    WantedShift,
    add_pattern,
    assign_pattern,
    change_shift,
    remove_shift,
    roster_shifts,
)
from npt.duty.models import Shift
from npt.duty.queries import patterns_for, roster
from npt.duty.rules import (
    EndsBeforeItStarts,
    NoLength,
    PatternDay,
    PatternTimeNeverHappens,
    ShiftOverlaps,
    ShiftTooLong,
)
from npt.kit.clock import parse_instant
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, PostingKind, TeamMustBeNamed
from tests import make

MONDAY = date(2026, 11, 16)


def wanted(member: Member, starts: str, ends: str, team: Unit | None = None) -> WantedShift:
    unit_id = None if team is None else team.id
    return WantedShift(member.id, parse_instant(starts).instant, parse_instant(ends).instant, unit_id)


def shifts(session: Session) -> list[Shift]:
    session.expire_all()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


# What may stand ---------------------------------------------------------------------------------------------


def test_a_night_shift_across_the_october_change_lasts_ten_hours(session: Session) -> None:
    made = make.shift(session, starts="2026-10-24T22:00", ends="2026-10-25T07:00")
    assert (made.minutes, made.on_date) == (600, date(2026, 10, 24))


def test_a_night_shift_across_the_march_change_lasts_eight_hours(session: Session) -> None:
    made = make.shift(session, starts="2026-03-28T22:00", ends="2026-03-29T07:00")
    assert (made.minutes, made.on_date) == (480, date(2026, 3, 28))


def test_a_shift_belongs_to_the_local_day_on_which_it_starts(session: Session) -> None:
    # In summer, half past midnight in London is still the day before in UTC.
    made = make.shift(session, starts="2026-07-01T00:30", ends="2026-07-01T08:00")
    assert made.on_date == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "refusal"),
    [
        ("2026-11-16T14:00", "2026-11-16T14:00", NoLength),
        ("2026-11-16T14:00", "2026-11-16T13:59", EndsBeforeItStarts),
        ("2026-11-16T14:00", "2026-11-17T14:01", ShiftTooLong),
    ],
)
def test_a_shift_of_an_impossible_length_is_refused(
    session: Session, starts: str, ends: str, refusal: type[Refusal]
) -> None:
    member = make.posting(session).member
    with pytest.raises(refusal):
        roster_shifts(session, [wanted(member, starts, ends)])


def test_a_shift_of_24_hours_is_possible(session: Session) -> None:
    assert make.shift(session, starts="2026-11-16T14:00", ends="2026-11-17T14:00").minutes == 1440


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-11-16T13:00", "2026-11-16T14:01"),
        ("2026-11-16T21:59", "2026-11-17T06:00"),
        ("2026-11-16T15:00", "2026-11-16T16:00"),
        ("2026-11-16T13:00", "2026-11-16T23:00"),
    ],
)
def test_a_shift_during_another_of_the_member_is_refused_with_both_times(
    session: Session, starts: str, ends: str
) -> None:
    made = make.shift(session, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    member = session.get_one(Member, made.member_id)
    with pytest.raises(ShiftOverlaps, match=r"\(1001\).*overlaps.*16 November 2026 14:00 to 22:00"):
        roster_shifts(session, [wanted(member, starts, ends)])


def test_two_shifts_that_overlap_each_other_are_refused_together(session: Session) -> None:
    member = make.posting(session).member
    with pytest.raises(ShiftOverlaps):
        roster_shifts(
            session,
            [
                wanted(member, "2026-11-16T20:00", "2026-11-17T04:00"),
                wanted(member, "2026-11-16T14:00", "2026-11-16T20:01"),
            ],
        )


def test_back_to_back_shifts_stand(session: Session) -> None:
    member = make.posting(session).member
    made = roster_shifts(
        session,
        [
            wanted(member, "2026-11-16T22:00", "2026-11-17T06:00"),
            wanted(member, "2026-11-16T14:00", "2026-11-16T22:00"),
        ],
    )
    assert made == Saved(added=2)


def test_two_members_may_have_the_same_shift(session: Session) -> None:
    team = make.team(session)
    for _ in range(2):
        make.shift(session, member=make.member(session, team=team))
    assert len(shifts(session)) == 2


def test_rostering_the_same_shift_again_changes_nothing(session: Session) -> None:
    made = make.shift(session)
    again = WantedShift(made.member_id, made.starts_at, made.ends_at)
    assert roster_shifts(session, [again, again]) == Saved(unchanged=2)
    assert [shift.version for shift in shifts(session)] == [1]


def test_other_values_for_a_known_shift_are_refused_unless_changes_are_allowed(session: Session) -> None:
    made = make.shift(session, ends="2026-11-16T22:00")
    longer = WantedShift(made.member_id, made.starts_at, parse_instant("2026-11-16T23:00").instant)
    with pytest.raises(ShiftDiffers, match="14:00 to 22:00"):
        roster_shifts(session, [longer])
    assert roster_shifts(session, [longer], may_update=True) == Saved(changed=1)
    assert [(shift.minutes, shift.version) for shift in shifts(session)] == [(540, 2)]


def test_a_known_shift_cannot_be_shortened_past_time_away_in_it(session: Session) -> None:
    made = make.shift(session)
    make.away(session, shift=made, starts="2026-11-16T20:00", ends="2026-11-16T21:00")
    shorter = WantedShift(made.member_id, made.starts_at, parse_instant("2026-11-16T20:59").instant)
    with pytest.raises(AwayNoLongerFits, match="20:00 to 21:00"):
        roster_shifts(session, [shorter], may_update=True)


def test_a_shortened_shift_makes_room_for_the_next_in_the_same_go(session: Session) -> None:
    made = make.shift(session, ends="2026-11-16T22:00")
    member = session.get_one(Member, made.member_id)
    done = roster_shifts(
        session,
        [
            wanted(member, "2026-11-16T20:00", "2026-11-17T02:00"),
            wanted(member, "2026-11-16T14:00", "2026-11-16T20:00"),
        ],
        may_update=True,
    )
    assert done == Saved(added=1, changed=1)


# Which unit a shift counts at -------------------------------------------------------------------------------


def test_a_shift_counts_at_the_posting_of_the_day_it_starts(session: Session) -> None:
    member = make.member(session)
    old = make.posting(session, member=member, ends_on=MONDAY)
    new = make.posting(session, member=member, starts_on=date(2026, 11, 17), role=PolicingRole.SERGEANT)
    last_night = make.shift(session, member=member, starts="2026-11-16T22:00", ends="2026-11-17T06:00")
    first_day = make.shift(session, member=member, starts="2026-11-17T14:00", ends="2026-11-17T22:00")
    assert (last_night.unit_id, last_night.role) == (old.unit_id, PolicingRole.CONSTABLE)
    assert (first_day.unit_id, first_day.role) == (new.unit_id, PolicingRole.SERGEANT)


def test_an_attachment_counts_before_a_temporary_posting_and_that_before_a_substantive(
    session: Session,
) -> None:
    member = make.member(session)
    units = []
    for kind, starts_on in (
        (PostingKind.SUBSTANTIVE, date(2026, 1, 1)),
        (PostingKind.TEMPORARY, date(2026, 2, 1)),
        (PostingKind.ATTACHMENT, date(2026, 3, 1)),
    ):
        posting = make.posting(session, member=member, kind=kind, starts_on=starts_on)
        units.append(posting.unit_id)
    counted = [
        make.shift(session, member=member, starts=f"2026-0{month}-10T08:00", ends=f"2026-0{month}-10T16:00")
        for month in (1, 2, 3)
    ]
    assert [shift.unit_id for shift in counted] == units


def test_two_postings_of_a_kind_are_refused_until_the_team_is_named(session: Session) -> None:
    member = make.member(session, name="Ann Example")
    postings = [make.posting(session, member=member, fte="0.50") for _ in range(2)]
    with pytest.raises(TeamMustBeNamed, match=r"Ann Example .*say which team"):
        make.shift(session, member=member)
    named = make.shift(session, member=member, team=session.get_one(Unit, postings[1].unit_id))
    assert (named.unit_id, named.is_team_named) == (postings[1].unit_id, True)


def test_a_member_lent_to_another_team_keeps_their_role_there(session: Session) -> None:
    member = make.member(session, role=PolicingRole.PCSO)
    other = make.team(session)
    lent = make.shift(session, member=member, team=other)
    assert (lent.unit_id, lent.role) == (other.id, PolicingRole.PCSO)


def test_a_member_posted_nowhere_that_day_is_refused_with_the_last_posting(session: Session) -> None:
    member = make.member(session)
    make.posting(session, member=member, unit=make.team(session, code="T9"), ends_on=date(2026, 10, 31))
    with pytest.raises(NotPosted, match=r"16 November 2026 .*last posting, to T9, ended on 31 October 2026"):
        make.shift(session, member=member)


def test_a_member_not_posted_yet_is_refused_with_the_first_posting(session: Session) -> None:
    member = make.member(session)
    make.posting(session, member=member, unit=make.team(session, code="T9"), starts_on=date(2026, 12, 1))
    with pytest.raises(NotPosted, match="first posting, to T9, starts on 1 December 2026"):
        make.shift(session, member=member)


def test_naming_a_team_does_not_roster_somebody_who_is_posted_nowhere(session: Session) -> None:
    with pytest.raises(NotPosted):
        make.shift(session, member=make.member(session), team=make.team(session))


def test_a_team_that_is_closed_that_day_is_refused_with_the_date(session: Session) -> None:
    closed = make.team(session, code="OLD", closed_on=date(2026, 11, 15))
    with pytest.raises(TeamClosed, match="OLD closed on 15 November 2026"):
        make.shift(session, member=make.posting(session).member, team=closed)


def test_a_team_that_is_not_open_yet_is_refused_with_the_date(session: Session) -> None:
    later = make.team(session, code="NEW", opened_on=date(2026, 11, 17))
    with pytest.raises(TeamClosed, match="NEW opens on 17 November 2026"):
        make.shift(session, member=make.posting(session).member, team=later)


def test_a_bcu_has_no_shifts_of_its_own(session: Session) -> None:
    with pytest.raises(NotATeam):
        make.shift(session, member=make.posting(session).member, team=make.bcu(session))


def test_a_unit_does_not_roster_a_member_who_counts_elsewhere(session: Session) -> None:
    member = make.member(session, team=make.team(session, code="T1"))
    other = make.team(session, code="T2")
    with pytest.raises(OutsidePlace, match="counts at T1 on 16 November 2026, not at T2"):
        roster_shifts(session, [wanted(member, "2026-11-16T08:00", "2026-11-16T16:00")], place=other)


# One shift --------------------------------------------------------------------------------------------------


def change(session: Session, shift: Shift, starts: str, ends: str, version: int = 1) -> None:
    change_shift(
        session,
        unit=session.get_one(Unit, shift.unit_id),
        day=shift.on_date,
        shift_id=shift.id,
        expected_version=version,
        starts=parse_instant(starts).instant,
        ends=parse_instant(ends).instant,
        team=None,
    )


def test_a_shift_moves_to_another_time_and_day(session: Session) -> None:
    made = make.shift(session)
    change(session, made, "2026-11-17T06:00", "2026-11-17T15:00")
    assert [(shift.on_date, shift.minutes, shift.version) for shift in shifts(session)] == [
        (date(2026, 11, 17), 540, 2)
    ]


def test_a_shift_does_not_move_onto_another_of_the_member(session: Session) -> None:
    made = make.shift(session)
    member = session.get_one(Member, made.member_id)
    make.shift(session, member=member, starts="2026-11-17T06:00", ends="2026-11-17T14:00")
    with pytest.raises(ShiftOverlaps):
        change(session, made, "2026-11-16T22:00", "2026-11-17T06:01")


def test_a_shift_does_not_move_away_from_time_away_in_it(session: Session) -> None:
    made = make.shift(session)
    make.away(session, shift=made, ends="2026-11-16T15:00")
    with pytest.raises(AwayNoLongerFits, match="14:00 to 15:00"):
        change(session, made, "2026-11-16T14:30", "2026-11-16T22:00")


def test_a_shift_that_somebody_else_changed_is_stale_and_the_day_is_shown(session: Session) -> None:
    made = make.shift(session)
    change(session, made, "2026-11-16T13:00", "2026-11-16T22:00")
    with pytest.raises(StaleDay) as stale:
        change(session, made, "2026-11-16T14:00", "2026-11-16T23:00", version=1)
    assert [shift.minutes for shift in stale.value.grid.shifts] == [540]


def test_a_shift_of_another_unit_cannot_be_changed_through_this_one(session: Session) -> None:
    made = make.shift(session)
    with pytest.raises(StaleDay):
        remove_shift(session, unit=make.team(session), day=made.on_date, shift_id=made.id, expected_version=1)
    assert len(shifts(session)) == 1


def test_an_empty_shift_is_removed(session: Session) -> None:
    made = make.shift(session)
    remove_shift(
        session,
        unit=session.get_one(Unit, made.unit_id),
        day=made.on_date,
        shift_id=made.id,
        expected_version=1,
    )
    assert shifts(session) == []


def test_a_shift_with_time_away_is_not_removed(session: Session) -> None:
    made = make.shift(session)
    make.away(session, shift=made)
    with pytest.raises(ShiftHasAway, match="14:00 to 22:00"):
        remove_shift(
            session,
            unit=session.get_one(Unit, made.unit_id),
            day=made.on_date,
            shift_id=made.id,
            expected_version=1,
        )


# Patterns ---------------------------------------------------------------------------------------------------

EARLY, LATE, NIGHT = (
    PatternDay(time(7), time(15)),
    PatternDay(time(15), time(23)),
    PatternDay(time(22), time(7)),
)
OFF = PatternDay()


def test_a_pattern_rosters_its_cycle_and_leaves_days_off(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="2-2-2-4", cycle=[EARLY] * 2 + [LATE] * 2 + [OFF] * 4)
    done = assign_pattern(
        session,
        pattern_id=pattern.id,
        unit=team,
        member_ids=[member.id],
        anchor=MONDAY,
        first=MONDAY,
        last=date(2026, 11, 24),
    )
    assert done == Saved(added=5)
    (row,) = roster(session, team, MONDAY, date(2026, 11, 30)).rows
    assert [shift.on_date.day for shift in row.shifts] == [16, 17, 18, 19, 24]


def test_a_pattern_of_the_bcu_may_be_used_by_its_teams_and_by_no_other(session: Session) -> None:
    bcu = make.bcu(session)
    team = make.team(session, under=make.area(session, under=bcu))
    pattern = add_pattern(session, unit=bcu, name="Nights", cycle=[NIGHT, OFF])
    assert [line.cycle for line in patterns_for(session, team)] == [(NIGHT, OFF)]
    with pytest.raises(UnknownPattern):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=make.team(session),
            member_ids=[1],
            anchor=MONDAY,
            first=MONDAY,
            last=MONDAY,
        )


def test_nights_of_a_pattern_follow_the_clock_changes(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="Nights", cycle=[NIGHT])
    for around in (date(2026, 10, 24), date(2026, 3, 28)):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=around,
            first=around,
            last=around,
        )
    assert [shift.minutes for shift in shifts(session)] == [480, 600]


def test_a_pattern_whose_time_never_happens_is_refused_with_the_day(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, team=team)
    pattern = add_pattern(session, unit=team, name="Odd", cycle=[PatternDay(time(1, 30), time(9))])
    with pytest.raises(PatternTimeNeverHappens, match="29 March 2026 01:30 never happens"):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=date(2026, 3, 28),
            first=date(2026, 3, 28),
            last=date(2026, 3, 30),
        )


def test_a_pattern_that_overlaps_another_is_refused_naming_the_member(session: Session) -> None:
    team = make.team(session)
    member = make.member(session, name="Ann Example", team=team)
    make.shift(session, member=member, starts="2026-11-18T12:00", ends="2026-11-18T16:00")
    pattern = add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(ShiftOverlaps, match="Ann Example"):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[member.id],
            anchor=MONDAY,
            first=MONDAY,
            last=date(2026, 11, 20),
        )


@pytest.mark.parametrize("last", [date(2026, 11, 15), date(2027, 11, 17)])
def test_a_pattern_runs_forwards_and_for_a_year_at_most(session: Session, last: date) -> None:
    team = make.team(session)
    pattern = add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(StretchTooLong):
        assign_pattern(
            session,
            pattern_id=pattern.id,
            unit=team,
            member_ids=[1],
            anchor=MONDAY,
            first=MONDAY,
            last=last,
        )


def test_a_pattern_has_a_name_of_its_own_and_a_day_on(session: Session) -> None:
    team = make.team(session)
    for name, cycle in (("", [EARLY]), ("Off", [OFF]), ("Long", [EARLY] * 85), ("None", [])):
        with pytest.raises(BadPattern):
            add_pattern(session, unit=team, name=name, cycle=cycle)
    add_pattern(session, unit=team, name="Earlies", cycle=[EARLY])
    with pytest.raises(PatternNameTaken):
        add_pattern(session, unit=team, name="Earlies", cycle=[LATE])
