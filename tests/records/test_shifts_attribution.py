"""Shifts follow when postings change; units keep the days on which they have shifts."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.people.actions import change_posting, end_posting, post_member
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind, TeamMustBeNamed, Terms
from npt.shifts.attribution import StillHasShifts
from npt.shifts.models import Shift
from tests import make

DAYS = (15, 16, 17)


def rostered(session: Session, member: Member) -> None:
    """A shift on each of three days in November."""
    for day in DAYS:
        make.shift(session, member=member, starts=f"2026-11-{day}T08:00", ends=f"2026-11-{day}T16:00")


def counts_at(session: Session, member: Member) -> list[str]:
    """The codes of the units at which the member's shifts count, in order of days."""
    asked = select(Unit.code).join(Shift, Shift.unit_id == Unit.id).where(Shift.member_id == member.id)
    return list(session.scalars(asked.order_by(Shift.starts_at)))


def changed(session: Session, posting: Posting, **terms: Any) -> None:
    """Change a posting, keeping what is not given."""
    now = [terms.get(each.name, getattr(posting, each.name)) for each in fields(Terms)]
    change_posting(session, posting, terms=Terms(*now))


def test_a_temporary_posting_takes_the_shifts_of_its_days(session: Session) -> None:
    member = make.member(session, team=make.team(session, code="HOME"))
    rostered(session, member)
    post_member(
        session,
        member,
        unit=make.team(session, code="AWAY"),
        terms=Terms(
            role=PolicingRole.CONSTABLE,
            fte=Decimal("1.00"),
            kind=PostingKind.TEMPORARY,
            starts_on=date(2026, 11, 16),
            ends_on=date(2026, 11, 16),
        ),
    )
    assert counts_at(session, member) == ["HOME", "AWAY", "HOME"]


def test_a_posting_that_is_removed_gives_its_shifts_back(session: Session) -> None:
    member = make.member(session, team=make.team(session, code="HOME"))
    attached = make.posting(
        session,
        member=member,
        unit=make.team(session, code="AWAY"),
        kind=PostingKind.ATTACHMENT,
        starts_on=date(2026, 11, 16),
    )
    rostered(session, member)
    assert counts_at(session, member) == ["HOME", "AWAY", "AWAY"]
    session.expire(attached)
    session.delete(attached)
    session.flush()
    assert counts_at(session, member) == ["HOME", "HOME", "HOME"]


def test_shifts_follow_a_transfer_whose_date_is_corrected(session: Session) -> None:
    member = make.member(session)
    old = make.posting(
        session, member=member, unit=make.team(session, code="OLD"), ends_on=date(2026, 11, 16)
    )
    new = make.posting(
        session, member=member, unit=make.team(session, code="NEW"), starts_on=date(2026, 11, 17)
    )
    rostered(session, member)
    assert counts_at(session, member) == ["OLD", "OLD", "NEW"]
    old.ends_on, new.starts_on = date(2026, 11, 15), date(2026, 11, 16)
    session.flush()
    assert counts_at(session, member) == ["OLD", "NEW", "NEW"]


def test_shifts_follow_a_posting_that_is_shortened_without_being_read(session: Session) -> None:
    member = make.member(session, team=make.team(session, code="HOME"))
    attached = make.posting(
        session, member=member, unit=make.team(session, code="AWAY"), kind=PostingKind.ATTACHMENT
    )
    rostered(session, member)
    session.expire(attached)
    attached.ends_on = date(2026, 11, 15)
    session.flush()
    assert counts_at(session, member) == ["AWAY", "HOME", "HOME"]


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ((15, 17), (15, 16), ["AWAY", "AWAY", "HOME"]),
        ((15, 17), (16, 17), ["HOME", "AWAY", "AWAY"]),
        ((15, 17), (16, 16), ["HOME", "AWAY", "HOME"]),
        ((16, 16), (16, 17), ["HOME", "AWAY", "AWAY"]),
        ((16, 16), (15, 16), ["AWAY", "AWAY", "HOME"]),
        ((15, 15), (17, 17), ["HOME", "HOME", "AWAY"]),
    ],
)
def test_shifts_follow_an_attachment_that_was_read_and_then_begins_or_ends_on_another_day(
    session: Session, was: tuple[int, int], becomes: tuple[int, int], expected: list[str]
) -> None:
    member = make.member(session, team=make.team(session, code="HOME"))
    attached = make.posting(
        session,
        member=member,
        unit=make.team(session, code="AWAY"),
        kind=PostingKind.ATTACHMENT,
        starts_on=date(2026, 11, was[0]),
        ends_on=date(2026, 11, was[1]),
    )
    rostered(session, member)
    assert counts_at(session, member).count("AWAY") == was[1] - was[0] + 1
    starts_on, ends_on = (date(2026, 11, day) for day in becomes)
    changed(session, attached, starts_on=starts_on, ends_on=ends_on)
    assert counts_at(session, member) == expected


def test_shifts_follow_the_role_of_their_posting(session: Session) -> None:
    posting = make.posting(session)
    rostered(session, posting.member)
    changed(session, posting, role=PolicingRole.SERGEANT)
    roles = session.scalars(select(Shift.role)).all()
    assert roles == [PolicingRole.SERGEANT] * 3


def test_a_shift_whose_team_is_named_stays_and_only_its_role_follows(session: Session) -> None:
    team = make.team(session, code="NAMED")
    posting = make.posting(session, unit=team)
    member = posting.member
    make.shift(session, member=member, team=team)
    make.posting(
        session,
        member=member,
        unit=make.team(session, code="OTHER"),
        kind=PostingKind.ATTACHMENT,
    )
    changed(session, posting, role=PolicingRole.SERGEANT)
    assert counts_at(session, member) == ["NAMED"]
    assert session.scalar(select(Shift.role)) is PolicingRole.SERGEANT


def test_a_change_of_fte_alone_touches_no_shift(session: Session) -> None:
    posting = make.posting(session)
    rostered(session, posting.member)
    changed(session, posting, fte=Decimal("0.50"))
    assert session.scalars(select(Shift.version)).all() == [1, 1, 1]


def test_a_shift_that_moves_to_another_unit_has_a_new_version(session: Session) -> None:
    posting = make.posting(session)
    rostered(session, posting.member)
    make.posting(session, member=posting.member, kind=PostingKind.ATTACHMENT, starts_on=date(2026, 11, 17))
    assert session.scalars(select(Shift.version).order_by(Shift.starts_at)).all() == [1, 1, 2]


def test_a_shift_after_the_last_posting_stays_until_there_is_another(session: Session) -> None:
    posting = make.posting(session, unit=make.team(session, code="OLD"))
    member = posting.member
    rostered(session, member)
    end_posting(session, posting, on=date(2026, 11, 15))
    assert counts_at(session, member) == ["OLD", "OLD", "OLD"]
    make.posting(
        session,
        member=member,
        unit=make.team(session, code="NEW"),
        starts_on=date(2026, 11, 17),
    )
    assert counts_at(session, member) == ["OLD", "OLD", "NEW"]


def test_a_second_posting_of_a_kind_is_refused_while_shifts_name_no_team(session: Session) -> None:
    posting = make.posting(session, fte="0.50")
    rostered(session, posting.member)
    with pytest.raises(TeamMustBeNamed, match="1001 has a shift on 17 November 2026 that names no team"):
        make.posting(session, member=posting.member, fte="0.50", starts_on=date(2026, 11, 17))


def test_shifts_of_other_members_stay(session: Session) -> None:
    team = make.team(session, code="T")
    stays, leaves = make.member(session, team=team), make.member(session, team=team)
    rostered(session, stays)
    rostered(session, leaves)
    make.posting(session, member=leaves, unit=make.team(session, code="AWAY"), kind=PostingKind.ATTACHMENT)
    assert counts_at(session, stays) == ["T", "T", "T"]


def test_a_team_does_not_close_before_the_last_day_on_which_it_has_shifts(session: Session) -> None:
    lent_to = make.team(session, code="T2")
    make.shift(session, team=lent_to)
    with pytest.raises(StillHasShifts, match="T2 has shifts on 16 November 2026"):
        close_unit(session, lent_to, on=date(2026, 11, 15))
    close_unit(session, lent_to, on=date(2026, 11, 16))
    assert lent_to.closed_on == date(2026, 11, 16)
