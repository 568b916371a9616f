"""Actions and clocks of the furnished world: of every state and kind of owner, some late, some paused."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.work.actions import move_action, pause_clock, set_action, start_clock
from npt.work.models import Action, Clock
from npt.work.rules import (
    SHIPPED,
    ActionFacts,
    ActionState,
    ClockFacts,
    ClockKind,
    MatterStage,
    Owner,
    OwnerKind,
)


class Working(NamedTuple):
    """What addresses name: an action of the PCSO of the team, still to be done, and a clock on it."""

    action_id: int
    clock_id: int


def set_work(
    session: Session,
    team: Unit,
    matter: Matter,
    pcso: Member,
    *,
    agency_id: int,
    partner_id: int,
    by: int,
    now: datetime,
    today: date,
    count: int,
) -> Working:
    """Actions of the team, `count` of each sort, half of them for the matter."""
    stamp = Stamp(by, now)
    keys = ((OwnerKind.MEMBER, pcso.id), (OwnerKind.AGENCY, agency_id), (OwnerKind.ACCOUNT, partner_id))
    owners = [Owner(*key) for key in keys]
    made: list[tuple[Action, Clock]] = []
    for number in range(count):
        for owner in owners:
            for about in (None, matter):
                made.append(_open(session, team, about, owner, number, stamp, today))
        for state in (ActionState.DONE, ActionState.DROPPED):
            action, _ = _open(session, team, None, owners[0], number, stamp, today)
            move_action(
                session,
                action,
                stamp=stamp,
                today=today,
                state=state,
                expected_version=None,
                reason="As agreed",
                result="Asked everybody",
            )
    action, clock = made[0]
    return Working(action.id, clock.id)


def _open(
    session: Session, team: Unit, matter: Matter | None, owner: Owner, number: int, stamp: Stamp, today: date
) -> tuple[Action, Clock]:
    """An action that is still to be done, late if its number is even, with a clock in breach or paused."""
    now = stamp.now
    action = set_action(
        session,
        stamp=stamp,
        today=today,
        unit=team,
        matter=matter,
        facts=ActionFacts(
            what=f"Ask the shops of {team.code}, {number}",
            owner=owner,
            due_on=today + timedelta(days=-3 if number % 2 == 0 else 3),
            cost_pence=12_550,
            funding="Safer streets",
            is_for_residents=True,
            stage=MatterStage.RESPONSE if matter else None,
        ),
        may_be_past=True,
    )
    facts = ClockFacts(
        ClockKind.REPLY, "Answer to the shops", owner, SHIPPED[ClockKind.REPLY], now - timedelta(hours=80)
    )
    clock = start_clock(session, unit=team, action=action, facts=facts, now=now, today=today)
    if matter is not None:
        review = ClockFacts(ClockKind.PRIORITY, "Review", owner, SHIPPED[ClockKind.PRIORITY], now)
        paused = start_clock(session, unit=team, matter=matter, facts=review, now=now, today=today)
        pause_clock(session, paused, at=now, reason="Waiting", expected_version=paused.version)
    return action, clock
