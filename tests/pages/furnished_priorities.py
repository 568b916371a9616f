"""Priorities in the furnished world: refused twice and waiting, with a link; proposed; without a record."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.priorities import actions
from npt.priorities.actions import NewRecord, OriginatorFacts
from npt.priorities.models import Closing, Priority
from npt.priorities.rules import AgreedHow, OriginatorKind, Recorded, Way
from npt.priorities.views.door import OWN_ANSWER
from tests import make
from tests.letters import KEYS


class Raised(NamedTuple):
    """What addresses name of it."""

    priority_id: int
    originator_id: int
    #: the link by which the one who raised it answers
    answer: str
    #: a team that closed, with priorities that nobody has carried over
    closed_team: str


def raise_priorities(
    session: Session,
    team: Unit,
    neighbourhood: Unit,
    lead: Member,
    *,
    by: int,
    now: datetime,
    today: date,
    count: int,
) -> Raised:
    """Give a team a priority that was refused twice and waits, and up to `count` of each other state."""
    stamp = Stamp(by, now)
    waiting = _agreed(session, team, neighbourhood, lead, stamp, today, "Racing in the retail park")
    first = waiting.originators[0]
    for number in range(count):
        facts = OriginatorFacts(OriginatorKind.CALL, name=f"Caller {number} of {team.code}")
        actions.add_originator(session, waiting, facts, is_first=False, stamp=stamp)
    for _ in range(2):
        _ask(session, waiting, stamp, today)
        actions.record(
            session,
            waiting,
            originator_id=first.id,
            recorded=Recorded.NOT_SOLVED,
            way=Way.PHONE,
            reason="They still race.",
            stamp=stamp,
        )
    for _ in range(count):
        actions.look_again(session, waiting, words="Patrolled at night.", stamp=stamp, today=today)
    closing = _ask(session, waiting, stamp, today)
    link = actions.link_for(session, closing, first, stamp=stamp, today=today)
    for number in range(count):
        facts = OriginatorFacts(OriginatorKind.SURVEY, name="Survey of residents")
        actions.propose(
            session,
            team=team,
            title=f"Litter in the park {number}",
            originator=facts,
            raised_on=today,
            stamp=stamp,
            today=today,
        )
    _close(session, _agreed(session, team, neighbourhood, lead, stamp, today, "Fires in bins"), stamp, today)
    closed = _closed_beside(session, team, stamp, today, count)
    return Raised(waiting.id, first.id, OWN_ANSWER.sign(KEYS, link.id, today), closed.code)


def _closed_beside(session: Session, team: Unit, stamp: Stamp, today: date, count: int) -> Unit:
    """A team that the team took over from, with what was proposed to it."""
    area, yesterday = session.get_one(Unit, team.parent_id), today - timedelta(days=1)
    closed = make.team(session, under=area, code=f"{team.code}OLD")
    for number in range(count):
        actions.propose(
            session,
            team=closed,
            title=f"Parking at the school {number}",
            originator=OriginatorFacts(OriginatorKind.SURVEY, name="Survey of parents"),
            raised_on=yesterday,
            stamp=stamp,
            today=yesterday,
        )
    close_unit(session, closed, on=yesterday, taken_over_by=[team])
    return closed


def _ask(session: Session, priority: Priority, stamp: Stamp, today: date) -> Closing:
    return actions.ask(
        session, priority, done="Barriers stand there now.", stamp=stamp, today=today, expected_version=None
    )


def _close(session: Session, priority: Priority, stamp: Stamp, today: date) -> None:
    actions.stop_choosing(session, priority, reason="The forum chose afresh.", stamp=stamp, today=today)


def _agreed(
    session: Session, team: Unit, place: Unit, lead: Member, stamp: Stamp, today: date, title: str
) -> Priority:
    raised = today - timedelta(days=100)
    facts = OriginatorFacts(
        OriginatorKind.RESIDENT,
        name=f"Originator of {team.code}",
        phone="01632 960125",
        email=f"raised@{team.code.lower()}.example",
    )
    priority = actions.propose(
        session,
        team=team,
        title=f"{title} of {team.name}",
        neighbourhood=place,
        originator=facts,
        raised_on=raised,
        stamp=stamp,
        today=today,
    )
    category = session.scalars(select(Category).order_by(Category.position)).first()
    return actions.agree(
        session,
        priority,
        agreed_on=raised,
        agreed_how=AgreedHow.MEETING,
        lead=lead,
        problem=NewRecord(category, "Mill Lane", "Residents"),
        stamp=stamp,
        today=today,
    )
