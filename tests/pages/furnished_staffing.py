"""Staffing in the furnished world: who is lent and goes, who gives time, who answers for neighbourhoods."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.organisation.models import Unit
from npt.people.models import Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.actions import set_limit, set_target
from npt.staffing.models import RatioLimit
from npt.staffing.rules import ContactKind, GivenWork
from tests import make
from tests.world import HomeForce


class Staffed(NamedTuple):
    """What addresses name of it."""

    contact_id: int
    limit_id: int
    target_id: int


def staff(session: Session, force: HomeForce, bcu: Unit, team: Unit, *, today: date, scale: int) -> Staffed:
    """Fill the pages of staffing of `bcu` and its first team with `scale` of everything they list."""
    places = [unit for unit in force.neighbourhoods if unit.path.startswith(team.path)]
    contacts = [make.contact(session, neighbourhood=place) for place in places]
    for place in places:
        make.contact(session, neighbourhood=place, kind=ContactKind.DEPUTY)
    for days in range(1, scale + 1):
        make.posting(session, unit=team, ends_on=today + timedelta(days=days))
    for special in _specials(session, team):
        for days in range(scale):
            make.given_time(session, member=special.member, day=today - timedelta(days=days))
            make.given_time(
                session, member=special.member, day=today - timedelta(days=40 + days), work=GivenWork.EVENT
            )
        make.posting(
            session,
            member=special.member,
            unit=team,
            role=PolicingRole.VOLUNTEER,
            kind=PostingKind.TEMPORARY,
            starts_on=today,
        )
    targets = [
        set_target(
            session,
            unit=bcu,
            role=PolicingRole.SPECIAL,
            due_on=date(2026 + number, 1, 1),
            heads=10 * (number + 1),
        )
        for number in range(2 * scale)
    ]
    limit = session.scalar(select(RatioLimit).where(RatioLimit.unit_id == force.force.id)) or set_limit(
        session, unit=force.force, people=Decimal(3), starts_on=make.START
    )
    session.flush()
    return Staffed(contacts[0].id, limit.id, targets[0].id)


def _specials(session: Session, team: Unit) -> list[Posting]:
    asked = select(Posting).where(Posting.unit_id == team.id, Posting.role == PolicingRole.SPECIAL)
    return list(session.scalars(asked.order_by(Posting.id).options(joinedload(Posting.member))))
