"""Staffing in the furnished world: who is lent, gives time, answers for neighbourhoods, line-manages."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from npt.access.rules import Role
from npt.kit.clock import local_midnight
from npt.organisation.models import Unit
from npt.people.models import LineManagement, Posting, StudentRule
from npt.people.rules import PolicingRole, PostingKind
from npt.staffing.actions import set_limit, set_target
from npt.staffing.models import RatioLimit
from npt.staffing.rules import ContactKind, GivenWork
from tests import make
from tests.pages.furnished_patch import look_after
from tests.world import HomeForce


class Staffed(NamedTuple):
    """What addresses name of it."""

    contact_id: int
    limit_id: int
    target_id: int
    student_rule_id: int
    specialist_id: int
    management_id: int
    #: the force number of the PCSO whom the NSO line-manages
    pcso: str


def staff(session: Session, force: HomeForce, bcu: Unit, team: Unit, *, today: date, scale: int) -> Staffed:
    """Fill the pages of staffing of `bcu` and its first team with `scale` of everything they list."""
    places = [unit for unit in force.neighbourhoods if unit.path.startswith(team.path)]
    contacts = [make.contact(session, neighbourhood=place) for place in places]
    for place in places:
        make.contact(session, neighbourhood=place, kind=ContactKind.DEPUTY)
    session.flush()
    by = force.accounts[Role.INSPECTOR]
    look_after(session, places, contacts, by=by, now=local_midnight(today), count=scale)
    for days in range(1, scale + 1):
        make.posting(session, unit=team, ends_on=today + timedelta(days=days))
    for special in _of_role(session, team, PolicingRole.SPECIAL):
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
    rules = session.scalars(select(StudentRule).where(StudentRule.unit_id == force.force.id)).all()
    rule = rules[0] if rules else make.student_rule(session, force=force.force, starts_on=today)
    for number in range(scale):
        make.student(session, unit=team, starts_on=today - timedelta(days=number))
    specialist = _specialist(session, team, scale)
    session.flush()
    return Staffed(
        contact_id=contacts[0].id,
        limit_id=limit.id,
        target_id=targets[0].id,
        student_rule_id=rule.id,
        specialist_id=specialist.specialist_id,
        management_id=specialist.id,
        pcso=specialist.member.number,
    )


def _specialist(session: Session, team: Unit, scale: int) -> LineManagement:
    """NSOs of the team, the first the one who is posted there first, each with PCSOs; the first of these."""
    constables = _of_role(session, team, PolicingRole.CONSTABLE)[:scale]
    specialists = [make.specialist(session, posting=posting) for posting in constables]
    managed = [make.line_management(session, specialist=each) for each in specialists for _ in range(scale)]
    return managed[0]


def _of_role(session: Session, team: Unit, role: PolicingRole) -> list[Posting]:
    asked = select(Posting).where(Posting.unit_id == team.id, Posting.role == role)
    loaded = joinedload(Posting.member), joinedload(Posting.unit)
    return list(session.scalars(asked.order_by(Posting.id).options(*loaded)))
