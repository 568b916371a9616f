"""Two operations of the area whose inspector has an account: one past and committed, one to come, a draft."""

from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from npt.accounts.actions import existing_account
from npt.counting.queries import default_definition
from npt.demonstration.calendar import at
from npt.kit.stamps import Stamp
from npt.operations.actions import Planned, ask_unit, choose, commit, plan_operation
from npt.operations.models import Operation
from npt.operations.queries import candidates, chosen, operation_planned_in
from npt.operations.rules import OperationKind, suggested
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole

#: How long before an operation it is planned.
_PLANNED_BEFORE = timedelta(days=9)
_SUNDAY, _WEEK = 6, timedelta(days=7)
#: The most of a role that are asked for; of the draft, one place of each is still to be filled.
_ASKED = 3


def plan_operations(session: Session, area: Unit, inspector: str, today: date) -> None:
    """Plan the two operations of `area` as its inspector, who signs in by that email address."""
    by = existing_account(session, inspector).id
    sunday = today - timedelta(days=(today.weekday() - _SUNDAY) % 7) - _WEEK
    carnival = Planned(
        "Riverside carnival",
        OperationKind.FESTIVAL,
        sunday - timedelta(days=1),
        sunday,
        time(12),
        time(18),
        "event",
        "Procession from 13:00 on both days; meet at the bandstand.",
    )
    match_on = sunday + 3 * _WEEK - timedelta(days=1)
    match = Planned(
        "Town against Rovers",
        OperationKind.FOOTBALL,
        match_on,
        match_on,
        time(13),
        time(18),
        "public-order",
        "Away supporters by train; kick-off at 15:00.",
    )
    _commit(session, area, by, _chosen(session, area, by, carnival, leaving_out=0))
    _chosen(session, area, by, match, leaving_out=1)


def _chosen(session: Session, area: Unit, by: int, planned: Planned, *, leaving_out: int) -> int:
    """The key of a draft that asks the area, with those chosen whom the product suggests.

    It asks for as many as are free on each day if they are few; of each ask, some places may be left open.
    """
    on = planned.first_on - _PLANNED_BEFORE
    key = plan_operation(session, stamp=Stamp(by, at(on, 10)), unit=area, planned=planned).id
    for role in (PolicingRole.CONSTABLE, PolicingRole.PCSO):
        operation = _read(session, area, key)
        definition = default_definition(session)
        found = candidates(session, operation, area, role, today=on, definition=definition)
        free = [each for each in found if not each.objections]
        number = min(
            _ASKED, *(len({each.member_id for each in free if each.on == day.on}) for day in operation.days)
        )
        if not number:
            continue
        ask = ask_unit(
            session,
            now=at(on, 10.25),
            today=on,
            operation=operation,
            expected_version=operation.version,
            unit=area,
            role=role,
            number=number,
        )
        operation = _read(session, area, key)
        choose(
            session,
            stamp=Stamp(by, at(on, 10.5)),
            today=on,
            operation=operation,
            ask=ask,
            expected_version=operation.version,
            wanted=[each.key for each in suggested(free, number)][leaving_out:],
            seen={},
        )
    return key


def _commit(session: Session, area: Unit, by: int, key: int) -> None:
    """Commit the operation of this key, of which no oneuched a shift since it was planned."""
    operation = _read(session, area, key)
    if not operation.asks:
        return  # on some days of some seeds nobody is free: it stays a draft
    commit(
        session,
        stamp=Stamp(by, at(operation.first_on - _PLANNED_BEFORE, 10.75)),
        operation=operation,
        expected_version=operation.version,
        seen={
            line.shift_id: line.shift_version
            for line in chosen(session, operation)
            if line.shift_id is not None and line.shift_version is not None
        },
    )


def _read(session: Session, area: Unit, key: int) -> Operation:
    found = operation_planned_in(session, area.path, key)
    if found is None:
        raise LookupError(f"operation {key} was planned a moment ago")
    return found
