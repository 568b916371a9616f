"""Committing an operation: its abstractions are recorded. Cancelling it: exactly those are taken back."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.actions.duty_records import take, take_back
from npt.operations.actions.locking import hold
from npt.operations.models import Ask, Choice, Operation
from npt.operations.rules import OperationStatus


class NothingAsked(Refusal):
    """An operation was to be committed that asks for nobody."""


class NumbersDiffer(Refusal):
    """More or fewer are chosen than are asked for."""


def commit(
    session: Session,
    *,
    stamp: Stamp,
    operation: Operation,
    expected_version: int,
    seen: Mapping[int, int],
) -> int:
    """Record the abstraction of everybody chosen, all of it or nothing. How many times away were recorded.

    The operation's reason and its asks with their units are loaded; `seen` is the version of each chosen
    shift as the person saw it. StaleRecord, WrongStatus, NothingAsked, NumbersDiffer, NoLongerFree,
    ChangedSince.
    """
    hold(
        session, operation, now=stamp.now, expected_version=expected_version, allowed={OperationStatus.DRAFT}
    )
    if not operation.asks:
        raise NothingAsked("The operation asks for no one yet: ask a unit for members, and choose them.")
    choices = choices_of(session, operation)
    for ask in operation.asks:
        _check_number(operation, ask, choices)
    take(session, stamp=stamp, operation=operation, choices=choices, seen=seen)
    operation.status, operation.committed_at = OperationStatus.COMMITTED, stamp.now
    session.flush()
    return len(choices)


def cancel(session: Session, *, stamp: Stamp, operation: Operation, expected_version: int) -> int:
    """Cancel the operation; of a committed one, take back exactly what it recorded, all of it or nothing.

    How many times away were taken back. The operation's reason is loaded. StaleRecord, WrongStatus,
    ChangedByHand.
    """
    hold(
        session,
        operation,
        now=stamp.now,
        expected_version=expected_version,
        allowed={OperationStatus.DRAFT, OperationStatus.COMMITTED},
    )
    count = 0
    if operation.status is OperationStatus.COMMITTED:
        choices = choices_of(session, operation)
        take_back(session, stamp=stamp, operation=operation, choices=choices)
        count = len(choices)
    operation.status, operation.cancelled_at = OperationStatus.CANCELLED, stamp.now
    session.flush()
    return count


def choices_of(session: Session, operation: Operation, ask: Ask | None = None) -> list[Choice]:
    """The choices of the operation, or those for one of its asks, in a stable order."""
    asked = select(Choice).where(Choice.operation_id == operation.id)
    if ask is not None:
        asked = asked.where(Choice.ask_id == ask.id)
    ordered = asked.order_by(Choice.on_day, Choice.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))


def members_on(choices: Iterable[Choice], ask: Ask, on: date) -> int:
    """How many members are chosen for the ask on a day; somebody with two shifts that day is one."""
    return len({choice.member_id for choice in choices if (choice.ask_id, choice.on_day) == (ask.id, on)})


def _check_number(operation: Operation, ask: Ask, choices: Iterable[Choice]) -> None:
    chosen = list(choices)
    for day in operation.days:
        there = members_on(chosen, ask, day.on)
        if there == ask.number:
            continue
        gap = abs(ask.number - there)
        cure = f"choose {gap} more" if there < ask.number else f"leave {gap} out"
        raise NumbersDiffer(
            f"On {day_in_words(day.on)} {there} of {ask.number}"
            f" {ask.role.wording if ask.number == 1 else ask.role.plural} from {ask.unit.name} are chosen:"
            f" {cure}, or change the number that is asked."
        )
