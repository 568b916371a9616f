"""Rostering: what may stand in a roster."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import parse_instant
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.actions import AwayNoLongerFits, ShiftDiffers, WantedShift, roster_shifts
from npt.shifts.models import Shift
from npt.shifts.rules import EndsBeforeItStarts, NoLength, ShiftOverlaps, ShiftTooLong
from npt.store.exchange import Saved
from tests import make

MONDAY = date(2026, 11, 16)


def wanted(member: Member, starts: str, ends: str, team: Unit | None = None) -> WantedShift:
    unit_id = None if team is None else team.id
    return WantedShift(member.id, parse_instant(starts).instant, parse_instant(ends).instant, unit_id)


def shifts(session: Session) -> list[Shift]:
    session.expire_all()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


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


def test_shifts_of_a_member_weeks_apart_are_each_held_against_what_is_there(session: Session) -> None:
    made = make.shift(session, starts="2026-11-16T14:00", ends="2026-11-16T22:00")
    member = session.get_one(Member, made.member_id)
    between, after = ("2026-11-18T14:00", "2026-11-18T22:00"), ("2026-12-14T22:00", "2026-12-15T06:00")
    roster_shifts(session, [wanted(member, *after)])
    again = [
        wanted(member, *after),
        wanted(member, *between),
        WantedShift(member.id, made.starts_at, made.ends_at),
    ]
    assert roster_shifts(session, again) == Saved(added=1, unchanged=2)
    with pytest.raises(ShiftOverlaps, match="14 December 2026 22:00"):
        roster_shifts(
            session,
            [wanted(member, *between), wanted(member, "2026-12-15T05:59", "2026-12-15T14:00")],
        )


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
