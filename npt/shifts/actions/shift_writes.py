"""Writing shifts and the time away in them: from how they stand to how they are to stand, in one go.

Everything done on a day's page or on a roster, and every undoing, passes through here; so does a file of time
away. A file of a million shifts has its own statements (`roster`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CursorResult,
    Integer,
    Result,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from npt.journal.many import RecordChange, add_rows, change_records
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.shifts.actions.confirmed_days import count_changes
from npt.shifts.actions.held_shifts import HeldShift, StaleDay
from npt.shifts.actions.steps import Step
from npt.shifts.models import AWAY, SHIFTS, Shift
from npt.shifts.queries import day_grid
from npt.shifts.rules import AwayState, ShiftState, moves_in_order
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.types import minute_number


def write(session: Session, steps: Sequence[Step]) -> list[int]:
    """Send the steps to the database; the key of each one's shift, in their order.

    What goes makes room first, then what moves, then what is new. What the database itself does not let stand
    leaves as its named refusal. Each shift that was there has its next version afterwards, and a day that is
    confirmed counts what changed on it.
    """
    ordered = _without_rings(steps)
    changed = [(step.before, step.after) for step in ordered if step.before and step.after]
    added = [(step, step.after) for step in ordered if step.before is None and step.after is not None]
    going: list[AwayState] = []
    early: list[_Pair] = []
    late: list[_Pair] = []
    new: list[tuple[int, AwayState]] = []
    for step in ordered:
        if step.before is None:
            continue
        for was, then in step.away_changes:
            if was is None and then is not None:
                new.append((step.before.id, then))
            elif was is not None and then is None:
                going.append(was)
            elif was is not None and then is not None and was != then:
                # It lies inside its shift at every moment, whichever of the two grows or shrinks.
                (early if step.before.interval.contains(then.interval) else late).append((was, then))
    with refusing(session):
        _remove(session, AWAY, [(each.id, _away_values(each)) for each in going if each.id])
        _change_away(session, early)
        gone = [step.before for step in ordered if step.before is not None and step.after is None]
        _remove(session, SHIFTS, [(each.id, _values(each.state)) for each in gone])
        _change(session, changed)
        keys = _add(session, added)
        _change_away(session, late)
        new += [(keys[_known(then)], each) for _, then in added for each in then.away]
        rows = [(key, *stored_minutes(each.interval), each.reason_id, each.note, 1) for key, each in new]
        add_rows(session, AWAY, _NEW_AWAY, rows)
        count_changes(session, (day for step in steps if step.is_change for day in step.unit_days))
    return [step.before.id if step.before is not None else keys[_known(step.states[0])] for step in steps]


_Pair = tuple[AwayState, AwayState]
#: The columns of new time away, as `npt.journal.many` takes them.
_NEW_AWAY = ("shift_id", "starts_at", "ends_at", "minutes", "reason_id", "note", "version")
_KEY = bindparam("key", type_=BigInteger)
_CHANGE_AWAY = (
    update(AWAY)
    .where(AWAY.c.id == _KEY)
    .values({name: bindparam(name) for name in ("starts_at", "ends_at", "minutes", "reason_id", "note")})
    .values(version=AWAY.c.version + 1)
)
_COUNT = (
    update(SHIFTS)
    .where(SHIFTS.c.id == _KEY, SHIFTS.c.version == bindparam("seen", type_=Integer))
    .values(version=SHIFTS.c.version + 1)
)
_CHANGE = _COUNT.values(
    {
        name: bindparam(name)
        for name in ("unit_id", "role", "on_date", "starts_at", "ends_at", "minutes", "is_team_named")
    }
)


def stored_minutes(interval: Interval) -> tuple[int, int, int]:
    """Start, end and length of time away as its table stores them: in minutes, the first two since 1970."""
    return minute_number(interval.starts), minute_number(interval.ends), interval.minutes


def _remove(session: Session, table: Table, going: Sequence[tuple[int, Mapping[str, object]]]) -> None:
    for some in batches(going):
        statement = delete(table).where(table.c.id.in_([key for key, _ in some]))
        change_records(session, table, statement, (), [RecordChange(*each, {}) for each in some])


def _change_away(session: Session, pairs: Sequence[_Pair]) -> None:
    if not pairs:
        return
    values = [(was.id or 0, _away_values(was), _away_values(then)) for was, then in pairs]
    given = [{"key": key, **then} for key, _, then in values]
    change_records(session, AWAY, _CHANGE_AWAY, given, [RecordChange(*each) for each in values])


def _change(session: Session, changed: Sequence[tuple[HeldShift, ShiftState]]) -> None:
    """Give the shifts their new values, or only their next version where nothing but time away changes."""
    moved: list[RecordChange] = []
    counted: list[dict[str, object]] = []
    given: list[dict[str, object]] = []
    for now, then in changed:
        before, after = _values(now.state), _values(then)
        seen: dict[str, object] = {"key": now.id, "seen": now.version}
        if before == after:
            counted.append(seen)
        else:
            moved.append(RecordChange(now.id, before, after))
            given.append(seen | after)
    if moved:
        _check(session, change_records(session, SHIFTS, _CHANGE, given, moved), changed, len(moved))
    if counted:
        _check(session, session.execute(_COUNT, counted), changed, len(counted))


def _check(
    session: Session, result: Result[Any], changed: Sequence[tuple[HeldShift, ShiftState]], count: int
) -> None:
    """Refuse (StaleDay) what was written from a state that does not stand any more."""
    if isinstance(result, CursorResult) and result.rowcount != count:
        first = changed[0][0]
        raise StaleDay(day_grid(session, session.get_one(Unit, first.unit_id), first.on_date))


def _without_rings(steps: Sequence[Step]) -> list[Step]:
    """The steps in an order in which no shift ever overlaps; what cannot be ordered goes and comes back."""
    order: list[Step] = [step for step in steps if step.before is None or step.after is None]
    moving: dict[int, dict[int, Step]] = {}
    for step in steps:
        if step.before is not None and step.after is not None:
            moving.setdefault(step.member_id, {})[step.before.id] = step
    for several in moving.values():
        now = {key: step.before.interval for key, step in several.items() if step.before}
        then = {key: step.after.interval for key, step in several.items() if step.after}
        free, ring = moves_in_order(now, then)
        order += [several[key] for key in free]
        for key in ring:
            before = several[key].before
            version = before.version + 1 if before is not None else 1
            order.append(replace(several[key], after=None))
            order.append(replace(several[key], before=None, key=key, version=version))
    return order


def _values(state: ShiftState) -> dict[str, object]:
    return {
        "unit_id": state.unit_id,
        "role": state.role,
        "on_date": state.day,
        "starts_at": state.interval.starts,
        "ends_at": state.interval.ends,
        "minutes": state.interval.minutes,
        "is_team_named": state.is_team_named,
    }


def _away_values(state: AwayState) -> dict[str, object]:
    return {
        "starts_at": state.interval.starts,
        "ends_at": state.interval.ends,
        "minutes": state.interval.minutes,
        "reason_id": state.reason_id,
        "note": state.note,
    }


def _known(state: ShiftState) -> tuple[int, datetime]:
    """What a shift is known by beside its key."""
    return state.member_id, state.interval.starts


def _add(session: Session, added: Sequence[tuple[Step, ShiftState]]) -> dict[tuple[int, datetime], int]:
    """Add shifts; the key of each by member and start. One that comes back gets its key again if free."""
    if not added:
        return {}
    wanted = sorted(step.key for step, _ in added if step.key is not None)
    taken: set[int] = set()
    for some in batches(wanted):
        taken.update(session.scalars(select(Shift.id).where(Shift.id.in_(some))))
    rows = [
        (step.key, {"member_id": then.member_id, "version": step.version, **_values(then)})
        for step, then in added
    ]
    returning = [{"id": key, **row} for key, row in rows if key is not None and key not in taken]
    new = [row for key, row in rows if key is None or key in taken]
    for several in (returning, new):
        if several:
            session.execute(insert(SHIFTS), several)
    days = [then.day for _, then in added]
    found: dict[tuple[int, datetime], int] = {}
    for some in batches(sorted({then.member_id for _, then in added})):
        asked = select(Shift.member_id, Shift.starts_at, Shift.id).where(
            Shift.member_id.in_(some), Shift.on_date.between(min(days), max(days))
        )
        found.update({(member_id, starts): key for member_id, starts, key in session.execute(asked)})
    return found
