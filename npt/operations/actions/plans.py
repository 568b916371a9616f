"""Planning: the operation itself, and how many it asks of which unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.clock import day_in_words
from npt.kit.intervals import Interval
from npt.kit.limits import check_day, check_name
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.actions.locking import hold
from npt.operations.models import Ask, Choice, Operation
from npt.operations.queries import candidates
from npt.operations.rules import OperationKind, OperationStatus, operation_days
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.shifts.actions import NoteTooLong, UnknownReason
from npt.shifts.models import Shift
from npt.shifts.queries import reasons_of
from npt.shifts.rules import ReasonKind, check_open
from npt.store.constraints import name_violation, refusing

NOTE_LENGTH = 1000
_DRAFT = frozenset({OperationStatus.DRAFT})


class OperationUnitClosed(Refusal):
    """A unit that plans an operation, or is asked for it, does not stand on all its days."""


class AskOutside(Refusal):
    """A unit was asked that does not lie under the unit that plans the operation, or has no duty."""


class AskOverlaps(Refusal):
    """A unit was asked for a role of which a unit above or under it is asked already."""


class NotEnough(Refusal):
    """More members were asked for than there are."""


name_violation(
    "uq_operation_ask_operation_id_unit_id_role",
    lambda: AskOverlaps("Somebody else has just asked this unit: open the operation again.", field="unit"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """An operation as it is planned. `reason` is the code of a reason of abstraction."""

    name: str
    kind: OperationKind
    first_on: date
    last_on: date
    starts: time
    ends: time
    reason: str
    note: str | None


def plan_operation(session: Session, *, stamp: Stamp, unit: Unit, planned: Planned) -> Operation:
    """Plan an operation of `unit`, as a draft that asks for no one yet.

    BadName, DayOutOfRange, EndsBeforeItStarts, TooManyDays, TimeNeverHappens, OperationUnitClosed,
    UnknownReason, ReasonClosed, NoteTooLong.
    """
    values = _checked(session, unit, planned)
    operation = Operation(
        unit=unit, status=OperationStatus.DRAFT, planned_by=stamp.account_id, changed_at=stamp.now, **values
    )
    with refusing(session):
        session.add(operation)
    return operation


def correct_operation(
    session: Session, *, now: datetime, operation: Operation, expected_version: int, planned: Planned
) -> None:
    """Change a draft whose unit is loaded. Who is chosen stays chosen, as far as their shifts still reach it.

    StaleRecord, WrongStatus; else as `plan_operation` refuses.
    """
    hold(session, operation, now=now, expected_version=expected_version, allowed=_DRAFT)
    for name, value in _checked(session, operation.unit, planned).items():
        setattr(operation, name, value)
    times = {day.on: day.interval for day in operation.days}
    chosen: Sequence[Any] = session.execute(
        select(Choice, Shift.starts_at, Shift.ends_at)
        .outerjoin(Shift, Shift.id == Choice.shift_id)
        .where(Choice.operation_id == operation.id)
    ).all()
    for choice, starts, ends in chosen:
        time_of_day = times.get(choice.on_day)
        taken = None
        if starts is not None and time_of_day is not None:
            taken = Interval(starts, ends).intersection(time_of_day)
        if taken is None:
            session.delete(choice)
        else:
            choice.starts_at, choice.ends_at = taken.starts, taken.ends
    with refusing(session):
        pass


def ask_unit(
    session: Session,
    *,
    now: datetime,
    today: date,
    operation: Operation,
    expected_version: int,
    unit: Unit,
    role: PolicingRole,
    number: int,
) -> Ask:
    """Ask `unit` for `number` members of the role on each day of a draft, or for another number than before.

    The operation's unit and asks are loaded. StaleRecord, WrongStatus, AskOutside, OperationUnitClosed,
    AskOverlaps; NotEnough, naming how many there are on the first day that lacks somebody.
    """
    hold(session, operation, now=now, expected_version=expected_version, allowed=_DRAFT)
    _check_may_be_asked(operation, unit)
    same = None
    for other in operation.asks:
        if other.role is not role:
            continue
        if other.unit_id == unit.id:
            same = other
        elif other.unit.path.startswith(unit.path) or unit.path.startswith(other.unit.path):
            raise AskOverlaps(
                f"{other.unit.name} is already asked for {role.plural}, and one of the two units is "
                "part of the "
                f"other: change that number, or remove it first.",
                field="unit",
            )
    _check_enough(session, operation, unit, role, number, today)
    if same is None:
        same = Ask(operation_id=operation.id, unit=unit, role=role, number=number)
        session.add(same)
    same.number = number
    with refusing(session):
        return same


def drop_ask(
    session: Session, *, now: datetime, operation: Operation, expected_version: int, ask: Ask
) -> None:
    """Ask for these members no longer; nobody stays chosen for them. StaleRecord, WrongStatus."""
    hold(session, operation, now=now, expected_version=expected_version, allowed=_DRAFT)
    session.execute(delete(Choice).where(Choice.ask_id == ask.id))
    session.delete(ask)
    session.flush()


def _checked(session: Session, unit: Unit, planned: Planned) -> dict[str, object]:
    """The columns of an operation as planned, once they are found possible."""
    check_name(planned.name)
    check_day(planned.first_on, "first_on")
    check_day(planned.last_on, "last_on")
    operation_days(planned.first_on, planned.last_on, planned.starts, planned.ends)
    _check_stands(unit, planned.first_on, planned.last_on, "first_on")
    if planned.note is not None and len(planned.note) > NOTE_LENGTH:
        raise NoteTooLong(
            f"The note has {len(planned.note):,} characters: use {NOTE_LENGTH:,} at most.", field="note"
        )
    known = {reason.code: reason for reason in reasons_of(session, ReasonKind.ABSTRACTION)}
    if planned.reason not in known:
        raise UnknownReason(
            f"There is no reason of abstraction “{planned.reason[:40]}”: choose one from the list.",
            field="reason",
        )
    reason = known[planned.reason]
    check_open(reason.name, reason.closed_on, planned.last_on)
    return {
        "name": planned.name,
        "kind": planned.kind,
        "first_on": planned.first_on,
        "last_on": planned.last_on,
        "starts": planned.starts,
        "ends": planned.ends,
        "reason_id": reason.id,
        "note": planned.note or None,
    }


def _check_may_be_asked(operation: Operation, unit: Unit) -> None:
    if not unit.path.startswith(operation.unit.path) or unit.level is Level.NEIGHBOURHOOD:
        raise AskOutside(
            f"{unit.name} cannot be asked: choose {operation.unit.name} or a team, area or BCU under it, or"
            " plan the operation from a unit above both.",
            field="unit",
        )
    _check_stands(unit, operation.first_on, operation.last_on, "unit")


def _check_stands(unit: Unit, first: date, last: date, field: str) -> None:
    for day in (first, last):
        if not unit.stands_on(day):
            raise OperationUnitClosed(
                f"{unit.name} is not open on {day_in_words(day)}: choose days when it is open, or "
                f"another unit.",
                field=field,
            )


def _check_enough(
    session: Session, operation: Operation, unit: Unit, role: PolicingRole, number: int, today: date
) -> None:
    found = candidates(session, operation, unit, role, today=today, definition=default_definition(session))
    for day in operation.days:
        there = len({each.member_id for each in found if each.on == day.on and each.can_be_taken})
        if number > there:
            who = f"{there} {role.wording if there == 1 else role.plural}" if there else f"no {role.wording}"
            cure = f"ask for {there} at most" if there else "roster some first"
            raise NotEnough(
                f"{unit.name} has {who} on shift and free during {day.interval.in_words}: {cure}, or ask"
                " another unit as well.",
                field="number",
            )
