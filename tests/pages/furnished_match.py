"""A football match in the furnished world: a draft that asks a team, with somebody chosen."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.stamps import Stamp
from npt.operations.actions import Planned, ask_unit, choose, plan_operation
from npt.operations.models import Ask
from npt.operations.queries import candidates, operation_planned_in
from npt.operations.rules import OperationKind, suggested
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole


def plan_matches(
    session: Session, area: Unit, team: Unit, *, by: int, now: datetime, today: date, count: int
) -> Ask:
    """As many matches as `count`, planned by the area for this afternoon; what the last asks of the team."""
    asks = [_plan(session, area, team, by, now, today, number) for number in range(count)]
    return asks[-1]


def _plan(session: Session, area: Unit, team: Unit, by: int, now: datetime, today: date, number: int) -> Ask:
    match = Planned(
        f"Town against Rovers {number}",
        OperationKind.FOOTBALL,
        today,
        today,
        time(12),
        time(18),
        "event",
        None,
    )
    made = plan_operation(session, stamp=Stamp(by, now), unit=area, planned=match)
    operation = operation_planned_in(session, area.path, made.id)
    assert operation is not None
    role = PolicingRole.CONSTABLE
    ask = ask_unit(
        session,
        now=now,
        today=today,
        operation=operation,
        expected_version=operation.version,
        unit=team,
        role=role,
        number=1,
    )
    found = candidates(session, operation, team, role, today=today, definition=default_definition(session))
    # The same member for every match: the pages then say that another operation wants them too.
    best = suggested(found, 1) or [each for each in found if each.can_be_taken][:1]
    choose(
        session,
        stamp=Stamp(by, now),
        today=today,
        operation=operation,
        ask=ask,
        expected_version=operation.version,
        wanted=[each.key for each in best],
        seen={},
    )
    return ask
