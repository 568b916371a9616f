"""What the furnished world did to its rosters by blocks."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.duty.rules import TypedTime
from npt.organisation.models import Unit
from npt.people.models import Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.rostering.actions import SetTimes, change_block
from npt.rostering.rules import Cell

LATE = SetTimes(TypedTime(time(14)), TypedTime(time(22)))


def roster_lates(session: Session, team: Unit, *, by: int, now: datetime, today: date, count: int) -> int:
    """Lates of the team's PCSOs on so many days of this week, an act each; the key of the last act."""
    asked = select(Posting.member_id).where(
        Posting.unit_id == team.id,
        Posting.role == PolicingRole.PCSO,
        Posting.kind == PostingKind.SUBSTANTIVE,
    )
    members = session.scalars(asked).all()
    act_id = 0
    for number in range(1, count + 1):
        day = today + timedelta(days=number)
        act_id = change_block(
            session,
            by=by,
            now=now,
            unit=team,
            cells=[Cell(member_id, day) for member_id in members],
            seen={},
            change=LATE,
        ).act.id
    return act_id
