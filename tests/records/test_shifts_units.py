"""Which unit a shift counts at, and the refusal of one that counts nowhere."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import parse_instant
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole, PostingKind, TeamMustBeNamed
from npt.shifts.actions import NotATeam, NotPosted, OutsidePlace, TeamClosed, WantedShift, roster_shifts
from npt.shifts.models import Shift
from tests import make

MONDAY = date(2026, 11, 16)


def wanted(member: Member, starts: str, ends: str, team: Unit | None = None) -> WantedShift:
    unit_id = None if team is None else team.id
    return WantedShift(member.id, parse_instant(starts).instant, parse_instant(ends).instant, unit_id)


def shifts(session: Session) -> list[Shift]:
    session.expire_all()
    return list(session.scalars(select(Shift).order_by(Shift.starts_at)))


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
