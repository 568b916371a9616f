"""What the furnished world did to its rosters by blocks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.rostering.actions import SetTimes, WantedCover, change_block, make_feed, set_cover
from npt.rostering.models import PatternAssignment
from npt.rostering.rules import Cell, CoverRole
from npt.shifts.actions import assign_pattern
from npt.shifts.rules import TypedTime
from tests import make

LATE = SetTimes(TypedTime(time(14)), TypedTime(time(22)))


def roster_lates(session: Session, team: Unit, *, by: int, now: datetime, today: date, count: int) -> int:
    """Lates of the team's PCSOs on so many days of this week, an act each; the key of the last act."""
    members = _pcsos(session, team)
    act_id = 0
    for number in range(1, count + 1):
        day = today + timedelta(days=number)
        act_id = change_block(
            session,
            stamp=Stamp(by, now),
            unit=team,
            cells=[Cell(member_id, day) for member_id in members],
            seen={},
            change=LATE,
        ).act.id
    return act_id


def assign_patterns(session: Session, team: Unit, pattern_id: int, *, today: date) -> int:
    """The team's PCSOs work by the pattern from a fortnight on; the key of one assignment."""
    first = today + timedelta(days=14)
    assign_pattern(
        session,
        pattern_id=pattern_id,
        unit=team,
        member_ids=_pcsos(session, team),
        anchor=first,
        first=first,
        last=first + timedelta(days=27),
    )
    asked = select(PatternAssignment.id).where(PatternAssignment.unit_id == team.id)
    return session.scalars(asked.order_by(PatternAssignment.id)).all()[0]


def want_cover(session: Session, area: Unit, team: Unit, *, today: date, count: int) -> int:
    """Minimums of the team and of its area, more of them than are ever there; the key of a team's."""
    rules = [
        set_cover(
            session,
            unit=unit,
            wanted=WantedCover(
                role, range(7), time(7 + number), time(8 + number), 9, today - timedelta(days=7), None
            ),
        )
        for unit in (area, team)
        for role in (CoverRole.PCSO, CoverRole.OFFICER)
        for number in range(count)
    ]
    return rules[-1].id


def give_calendar(session: Session, team: Unit, *, now: datetime) -> str:
    """The token of the calendar of the team's last PCSO."""
    member = session.get_one(Member, _pcsos(session, team)[-1])
    account = make.account(session, email=f"calendar@{team.code.lower()}.example", member=member)
    return make_feed(session, stamp=Stamp(account.id, now))


def _pcsos(session: Session, team: Unit) -> Sequence[int]:
    return session.scalars(
        select(Posting.member_id).where(
            Posting.unit_id == team.id,
            Posting.role == PolicingRole.PCSO,
            Posting.kind == PostingKind.SUBSTANTIVE,
        )
    ).all()
