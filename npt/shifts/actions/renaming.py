"""What was done to the shifts of a member names them as they are called now, so that erasure finds them."""

import re

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from npt.people.actions.members import follow_renaming
from npt.people.models import Member
from npt.shifts.actions.acts import SUMMARY_LENGTH
from npt.shifts.models import Act, AwayChange, ShiftChange


def register() -> None:
    """From now on let summaries follow when a member is called otherwise."""
    follow_renaming(_follow)


def _follow(session: Session, member: Member, before: str) -> None:
    """An act on a namesake too is left as it is: nobody can tell which of them its summary names."""
    namesakes = select(Member.id).where(Member.name == before, Member.id != member.id)
    named = select(Act).where(
        Act.summary.contains(before, autoescape=True),
        _touches(select(Member.id).where(Member.id == member.id)),
        ~_touches(namesakes),
    )
    whole = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
    for act in session.scalars(named.order_by(Act.id)).all():
        act.summary = whole.sub(lambda _: member.name, act.summary)[:SUMMARY_LENGTH]
    session.flush()


def _touches(members: Select[int]) -> ColumnElement[bool]:
    """The condition that an act changed a shift of one of these members, or their time away."""
    return or_(
        *(
            exists().where(changes.act_id == Act.id, changes.member_id.in_(members))
            for changes in (ShiftChange, AwayChange)
        )
    )
