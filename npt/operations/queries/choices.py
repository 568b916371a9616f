"""Who is chosen for an operation, and whether the records still say what the choice says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.operations.models import Ask, Choice, Operation
from npt.operations.rules import OperationStatus, away_note
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Shift
from npt.shifts.queries import GridAway, away_of
from npt.shifts.rules import ReasonKind
from npt.store.batches import batches


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A member chosen for a day of an operation. `problem` says what has become of it since; "" for nothing.

    `shift` and what belongs to it are None once the shift was removed from the roster.
    """

    id: int
    ask_id: int
    on: date
    member_id: int
    number: str
    name: str
    role: PolicingRole
    unit_id: int
    unit_code: str
    unit_name: str
    shift_id: int | None
    shift_version: int | None
    shift_on: date | None
    shift: Interval | None
    taken: Interval
    act_id: int | None
    problem: str


def chosen(session: Session, operation: Operation, *, path: str | None = None) -> tuple[ChosenLine, ...]:
    """Who is chosen, of all teams or of those at and under `path`; the reason of `operation` is loaded.

    In the order of days, teams and numbers. Two statements.
    """
    asked = (
        select(Choice, Ask.role, Member.number, Member.name, Unit.code, Unit.name, Shift)
        .join(Ask, Ask.id == Choice.ask_id)
        .join(Member, Member.id == Choice.member_id)
        .join(Unit, Unit.id == Choice.unit_id)
        .outerjoin(Shift, Shift.id == Choice.shift_id)
        .where(Choice.operation_id == operation.id)
        .order_by(Choice.on_day, Unit.path, Member.number, Choice.id)
        .execution_options(populate_existing=True)
    )
    if path is not None:
        asked = asked.where(within(path))
    rows = session.execute(asked).all()
    away = away_of(session, [row[0].shift_id for row in rows if row[0].shift_id is not None])
    times = {day.on: day.interval for day in operation.days}
    return tuple(
        _line(operation, times.get(row[0].on_day), row, away.get(row[0].shift_id or 0, ())) for row in rows
    )


def _line(
    operation: Operation, time: Interval | None, row: Row[*tuple[Any, ...]], away: Iterable[GridAway]
) -> ChosenLine:
    choice: Choice = row[0]
    found: Any = row[6]
    shift: Shift | None = found
    interval = None if shift is None else Interval(shift.starts_at, shift.ends_at)
    taken = Interval(choice.starts_at, choice.ends_at)
    problem = ""
    if operation.status is not OperationStatus.CANCELLED and choice.act_id is None:
        now = None if interval is None or time is None else interval.intersection(time)
        problem = _in_the_way(interval, now, away)
        taken = taken if now is None else now
    elif operation.status is not OperationStatus.CANCELLED:
        problem = _changed(operation, interval, taken, away)
    return ChosenLine(
        id=choice.id,
        ask_id=choice.ask_id,
        on=choice.on_day,
        member_id=choice.member_id,
        number=row[2],
        name=row[3],
        role=row[1],
        unit_id=choice.unit_id,
        unit_code=row[4],
        unit_name=row[5],
        shift_id=choice.shift_id,
        shift_version=None if shift is None else shift.version,
        shift_on=None if shift is None else shift.on_date,
        shift=interval,
        taken=taken,
        act_id=choice.act_id,
        problem=problem,
    )


@dataclass(frozen=True, slots=True)
class TakenFor:
    """An operation that recorded time away, exactly as it stands: its key and name."""

    operation_id: int
    name: str


#: A shift by its key, a time in it, and the reason that is recorded for it.
Recorded = tuple[int, Interval, int]


def taken_for(session: Session, shift_ids: Collection[int]) -> dict[Recorded, TakenFor]:
    """What committed operations recorded in these shifts. One statement, whatever the size of a team."""
    found: dict[Recorded, TakenFor] = {}
    for some in batches(sorted(shift_ids)):
        asked = (
            select(
                Choice.shift_id,
                Choice.starts_at,
                Choice.ends_at,
                Operation.reason_id,
                Operation.id,
                Operation.name,
            )
            .join(Operation, Operation.id == Choice.operation_id)
            .where(
                Choice.shift_id.in_(some),
                Choice.act_id.is_not(None),
                Operation.status == OperationStatus.COMMITTED,
            )
        )
        for shift_id, starts, ends, reason_id, operation_id, name in session.execute(asked):
            if shift_id is not None:
                found[shift_id, Interval(starts, ends), reason_id] = TakenFor(operation_id, name)
    return found


def stands_as_taken(operation: Operation, taken: Interval, away: Iterable[GridAway]) -> GridAway | None:
    """Of the time away in a shift, that which the operation recorded, if it is still exactly as it was."""
    wanted = (taken, operation.reason_id, away_note(operation.name))
    return next((each for each in away if (each.interval, each.reason_id, each.note) == wanted), None)


def _in_the_way(shift: Interval | None, taken: Interval | None, away: Iterable[GridAway]) -> str:
    """Why somebody chosen could not be taken now."""
    if shift is None:
        return "the shift was removed from the roster"
    if taken is None:
        return "the shift was changed and no longer covers the operation"
    for each in away:
        if each.interval.overlaps(taken):
            how = "absent" if each.kind is ReasonKind.ABSENCE else "already away"
            return f"{how} {each.interval.times_in_words}"
    return ""


def _changed(operation: Operation, shift: Interval | None, taken: Interval, away: Iterable[GridAway]) -> str:
    """What has become of the abstraction that the operation recorded."""
    if stands_as_taken(operation, taken, away):
        return ""
    if shift is None:
        return "the record and the shift have since been removed"
    for each in away:
        if each.interval.overlaps(taken):
            what = "an absence" if each.kind is ReasonKind.ABSENCE else each.reason_name
            return f"the record has since changed: now {what}, {each.interval.times_in_words}"
    return "the record has since been removed"
