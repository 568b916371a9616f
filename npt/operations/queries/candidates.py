"""Who of a unit could be taken for an operation, what speaks against each, and what ranks them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, headrooms_by_unit
from npt.kit.clock import local_midnight
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.operations.models import Choice, Operation
from npt.operations.queries.choices import stands_as_taken
from npt.operations.rules import (
    FAIRNESS_DAYS,
    Against,
    Candidate,
    Objection,
    OnShift,
    OperationStatus,
    fewest_on_duty,
    free_parts,
)
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.rules import PolicingRole, group_of
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.queries import GridAway, away_of
from npt.shifts.rules import ReasonKind
from npt.store.batches import batches

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A choice of the same shift for another operation that has not been cancelled."""

    name: str
    is_committed: bool
    taken: Interval


def candidates(
    session: Session,
    operation: Operation,
    unit: Unit,
    role: PolicingRole,
    *,
    today: date,
    definition: DatedDefinition,
) -> list[Candidate]:
    """The shifts of the role, at `unit` or under it, that share time with a day of the operation; not ranked.

    Those already chosen are among them, marked. Headroom is of the month in which the shift starts. Eight
    statements, whatever the size.
    """
    days = operation.days
    shifts = _on_shift(session, unit.path, Interval(days[0].interval.starts, days[-1].interval.ends))
    away = away_of(session, [shift.shift_id for shift in shifts])
    own = _own(session, operation)
    asked = [shift for shift in shifts if shift.role is role]
    elsewhere = _elsewhere(session, operation, [shift.shift_id for shift in asked])
    lately = _taken_lately(session, {shift.member_id for shift in asked}, today)
    rooms = headrooms_by_unit(
        session,
        unit.path,
        Month.of(operation.first_on - _DAY),
        Month.of(operation.last_on + _DAY),
        today=today,
        definition=definition,
    )
    group = group_of(role)
    present = _present(shifts, away, own)
    found: list[Candidate] = []
    for day in days:
        for shift in asked:
            taken = shift.shift.intersection(day.interval)
            if taken is None:
                continue
            others = [
                part
                for key, parts in present.get(shift.unit_id, {}).items()
                if key != shift.shift_id
                for part in parts
            ]
            minutes, last_on = lately.get(shift.member_id, (0, None))
            room = rooms.get((shift.unit_id, Month.of(shift.shift_on)), {})
            found.append(
                Candidate(
                    **vars(shift),
                    on=day.on,
                    taken=taken,
                    covers_fully=taken == day.interval,
                    headroom_left=None if group is None else room[group].left if room else 0,
                    left_on_duty=fewest_on_duty(taken, others),
                    minutes_lately=minutes,
                    last_taken_on=last_on,
                    objections=_objections(
                        taken,
                        away.get(shift.shift_id, ()),
                        elsewhere.get(shift.shift_id, ()),
                        chosen_by=operation if (day.on, shift.shift_id) in own else None,
                    ),
                    is_chosen=(day.on, shift.shift_id) in own,
                )
            )
    return found


def _on_shift(session: Session, path: str, during: Interval) -> list[OnShift]:
    """Every shift at and under `path` that shares time with `during`, in the order of teams and numbers."""
    asked = (
        select(Shift, Member.number, Member.name, Unit.code, Unit.name)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Member, Member.id == Shift.member_id)
        .where(
            within(path),
            # A shift lasts 24 hours at most; the dates let the database use its index of teams and days.
            Shift.on_date >= during.starts.date() - 2 * _DAY,
            Shift.on_date <= during.ends.date() + _DAY,
            Shift.starts_at < during.ends,
            Shift.ends_at > during.starts,
        )
        .order_by(Unit.path, Member.number, Shift.starts_at)
        .execution_options(populate_existing=True)
    )
    return [
        OnShift(
            shift_id=shift.id,
            shift_version=shift.version,
            shift_on=shift.on_date,
            shift=Interval(shift.starts_at, shift.ends_at),
            role=shift.role,
            member_id=shift.member_id,
            number=number,
            name=name,
            unit_id=shift.unit_id,
            unit_code=code,
            unit_name=unit_name,
        )
        for shift, number, name, code, unit_name in session.execute(asked)
    ]


def _own(session: Session, operation: Operation) -> dict[tuple[date, int], Interval]:
    """Who is chosen for this operation already: for which of its days, from which shift, for how long."""
    asked = select(Choice.on_day, Choice.shift_id, Choice.starts_at, Choice.ends_at).where(
        Choice.operation_id == operation.id
    )
    return {
        (on_day, shift_id): Interval(starts, ends)
        for on_day, shift_id, starts, ends in session.execute(asked)
        if shift_id is not None
    }


def _present(
    shifts: Iterable[OnShift],
    away: Mapping[int, Iterable[GridAway]],
    own: Mapping[tuple[date, int], Interval],
) -> dict[int, dict[int, list[Interval]]]:
    """By unit and shift, when its member is in the neighbourhood, whoever is chosen already taken out."""
    chosen: dict[int, list[Interval]] = {}
    for (_, shift_id), taken in own.items():
        chosen.setdefault(shift_id, []).append(taken)
    found: dict[int, dict[int, list[Interval]]] = {}
    for shift in shifts:
        gone = [each.interval for each in away.get(shift.shift_id, ())] + chosen.get(shift.shift_id, [])
        found.setdefault(shift.unit_id, {})[shift.shift_id] = free_parts(shift.shift, gone)
    return found


def _elsewhere(
    session: Session, operation: Operation, shift_ids: Collection[int]
) -> dict[int, tuple[_Elsewhere, ...]]:
    found: dict[int, tuple[_Elsewhere, ...]] = {}
    for some in batches(sorted(shift_ids)):
        asked = (
            select(Choice.shift_id, Operation.name, Operation.status, Choice.starts_at, Choice.ends_at)
            .join(Operation, Operation.id == Choice.operation_id)
            .where(
                Choice.shift_id.in_(some),
                Operation.id != operation.id,
                Operation.status != OperationStatus.CANCELLED,
            )
            .order_by(Choice.id)
        )
        for shift_id, name, status, starts, ends in session.execute(asked):
            if shift_id is not None:
                other = _Elsewhere(name, status is OperationStatus.COMMITTED, Interval(starts, ends))
                found[shift_id] = (*found.get(shift_id, ()), other)
    return found


def _taken_lately(
    session: Session, member_ids: Collection[int], today: date
) -> dict[int, tuple[int, date | None]]:
    """Minutes abstracted since 90 days before today, what is planned included, and the day of the latest."""
    since = local_midnight(today - FAIRNESS_DAYS * _DAY)
    found: dict[int, tuple[int, date | None]] = {}
    for some in batches(sorted(member_ids)):
        asked = (
            select(Shift.member_id, func.sum(Away.minutes), func.max(Shift.on_date))
            .join(Away, Away.shift_id == Shift.id)
            .join(Reason, Reason.id == Away.reason_id)
            .where(Shift.member_id.in_(some), Shift.starts_at >= since, Reason.kind == ReasonKind.ABSTRACTION)
            .group_by(Shift.member_id)
        )
        for member_id, minutes, last_on in session.execute(asked):
            found[member_id] = (int(minutes), last_on)
    return found


def _objections(
    taken: Interval,
    away: Iterable[GridAway],
    elsewhere: Iterable[_Elsewhere],
    *,
    chosen_by: Operation | None,
) -> tuple[Objection, ...]:
    """What speaks against taking somebody; what the operation that chose them recorded itself does not.

    Why they are absent is nobody's business here.
    """
    there = list(away)
    own = None if chosen_by is None else stands_as_taken(chosen_by, taken, there)
    found: list[Objection] = []
    named = [each for each in elsewhere if each.taken.overlaps(taken)]
    for each in there:
        if each is own or not each.interval.overlaps(taken):
            continue
        when = each.interval.times_in_words
        by = next((other for other in named if other.is_committed and other.taken == each.interval), None)
        if each.kind is ReasonKind.ABSENCE:
            found.append(Objection(Against.ABSENT, f"absent {when}"))
        elif by is not None:
            found.append(Objection(Against.OTHER_OPERATION, f"on another operation: {by.name}, {when}"))
        else:
            found.append(Objection(Against.AWAY, f"already away {when}: {each.reason_name}"))
    found += [
        Objection(Against.OTHER_OPERATION, f"chosen for another operation: {other.name}, a draft", False)
        for other in named
        if not other.is_committed
    ]
    return tuple(found)
