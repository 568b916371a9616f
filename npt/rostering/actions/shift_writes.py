"""How shifts stood, and are to stand: held until the transaction ends, and written in one go."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.intervals import Interval, first_overlap
from npt.people.rules import PolicingRole
from npt.rostering.rules import Cell, moves_in_order
from npt.shifts.actions import Places
from npt.shifts.models import AWAY, SHIFTS, Shift
from npt.shifts.queries import away_of
from npt.shifts.queries.collisions import WantedTime, shifts_in_the_way
from npt.shifts.rules import ShiftOverlaps
from npt.store.batches import batches
from npt.store.constraints import refusing
from npt.store.types import minute_instant, minute_number


@dataclass(frozen=True, slots=True)
class KeptAway:
    """Time away as it stands in a shift."""

    interval: Interval
    reason_id: int
    note: str | None


@dataclass(frozen=True, slots=True)
class ShiftState:
    """A shift as it stands, or is to stand: whose, when, for which unit and in which role, away when."""

    member_id: int
    interval: Interval
    unit_id: int
    role: PolicingRole
    is_team_named: bool
    away: tuple[KeptAway, ...] = ()

    @property
    def day(self) -> date:
        """The local date to which it belongs."""
        return local_day(self.interval.starts)

    @property
    def cell(self) -> Cell:
        """Its place in the grid."""
        return Cell(self.member_id, self.day)


@dataclass(frozen=True, slots=True)
class Held:
    """A recorded shift that nobody else can change until the transaction ends."""

    id: int
    version: int
    standing: ShiftState


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one shift: nothing before, it is added; nothing after, it is removed."""

    before: Held | None
    after: ShiftState | None
    #: the key under which a removed shift comes back, where that key is still free, and its version then
    key: int | None = None
    version: int = 1

    @property
    def member_id(self) -> int:
        """Whose shift it is."""
        return self._standings[-1].member_id

    @property
    def day(self) -> date:
        """The day on which it starts, before anything else."""
        return self._standings[0].day

    @property
    def days(self) -> list[date]:
        """The days that it touches."""
        return [standing.day for standing in self._standings]

    @property
    def _standings(self) -> list[ShiftState]:
        was = self.before.standing if self.before is not None else None
        return [standing for standing in (was, self.after) if standing is not None]


@dataclass(frozen=True, slots=True)
class Written:
    """A step that was written: the key of its shift, and the version that was left behind."""

    step: Step
    shift_id: int
    version: int | None


def held(session: Session, *conditions: Any) -> list[Held]:
    """The recorded shifts that meet all conditions, held, in the order of their starts.

    Held in the order of keys, so that two who hold several cannot wait for each other in a ring.
    """
    asked = (
        select(
            Shift.id,
            Shift.version,
            Shift.member_id,
            Shift.starts_at,
            Shift.ends_at,
            Shift.unit_id,
            Shift.role,
            Shift.is_team_named,
        )
        .where(*conditions)
        .order_by(Shift.id)
        .with_for_update(of=Shift)
    )
    rows = session.execute(asked).all()
    away = away_of(session, [row.id for row in rows])
    found = [
        Held(
            row.id,
            row.version,
            ShiftState(
                row.member_id,
                Interval(row.starts_at, row.ends_at),
                row.unit_id,
                row.role,
                row.is_team_named,
                tuple(KeptAway(each.interval, each.reason_id, each.note) for each in away.get(row.id, ())),
            ),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.standing.interval)


def held_by_key(session: Session, shift_ids: Collection[int]) -> dict[int, Held]:
    """These shifts by key, held; those that are gone are left out."""
    found: dict[int, Held] = {}
    for some in batches(sorted(set(shift_ids))):
        found.update((each.id, each) for each in held(session, Shift.id.in_(some)))
    return found


def check_room(session: Session, steps: Sequence[Step], places: Places) -> None:
    """Refuse (ShiftOverlaps, naming the member) where a shift would stand on another of the same member."""
    then = [step.after for step in steps if step.after is not None]
    touched = {step.before.id for step in steps if step.before is not None}
    for member_id in sorted({each.member_id for each in then}):
        both = first_overlap([each.interval for each in then if each.member_id == member_id])
        if both is not None:
            raise _overlap(places, member_id, both[1], both[0])
    wanted = [
        WantedTime(each.member_id, minute_number(each.interval.starts), minute_number(each.interval.ends))
        for each in then
    ]
    for other in sorted(shifts_in_the_way(session, wanted), key=lambda each: (each.member_id, each.starts)):
        if other.id in touched:
            continue
        there = Interval(minute_instant(other.starts), minute_instant(other.ends))
        new = next(
            each.interval
            for each in then
            if each.member_id == other.member_id and each.interval.overlaps(there)
        )
        raise _overlap(places, other.member_id, new, there)


def _overlap(places: Places, member_id: int, new: Interval, there: Interval) -> ShiftOverlaps:
    return ShiftOverlaps(
        f"{places.who(member_id)}: the shift {new.in_words} would overlap their shift {there.in_words}:"
        " choose other times, or leave that day out.",
        field="cells",
    )


def write(session: Session, steps: Sequence[Step]) -> list[Written]:
    """Send the steps to the database. What goes makes room first, then what moves, then what is new.

    What the database itself does not let stand leaves as its named refusal.
    """
    steps = _without_rings(steps)
    removed = [step.before for step in steps if step.before is not None and step.after is None]
    changed = [(step.before, step.after) for step in steps if step.before and step.after]
    added = [step for step in steps if step.before is None]
    with refusing(session):
        going = [each.id for each in removed]
        going_away = going + [now.id for now, then in changed if now.standing.away != then.away]
        for some in batches(sorted(going_away)):
            session.execute(delete(AWAY).where(AWAY.c.shift_id.in_(some)))
        for some in batches(sorted(going)):
            session.execute(delete(SHIFTS).where(SHIFTS.c.id.in_(some)))
        if changed:
            session.execute(_CHANGE, [_changed(now, then) for now, then in changed])
        keys = _add(session, added)
        away = [
            row for now, then in changed if now.standing.away != then.away for row in _away_rows(now.id, then)
        ]
        away += [
            row for step in added if step.after for row in _away_rows(keys[_known(step.after)], step.after)
        ]
        if away:
            session.execute(insert(AWAY), away)
    written = []
    for step in steps:
        if step.after is None and step.before is not None:
            written.append(Written(step, step.before.id, None))
        elif step.before is not None:
            written.append(Written(step, step.before.id, step.before.version + 1))
        elif step.after is not None:
            written.append(Written(step, keys[_known(step.after)], step.version))
    return written


_CHANGE = (
    update(SHIFTS)
    .where(SHIFTS.c.id == bindparam("shift_id"))
    .values(
        unit_id=bindparam("unit_id"),
        role=bindparam("role"),
        on_date=bindparam("on_date"),
        starts_at=bindparam("starts_at"),
        ends_at=bindparam("ends_at"),
        minutes=bindparam("minutes"),
        is_team_named=bindparam("is_team_named"),
        version=SHIFTS.c.version + 1,
    )
)


def _without_rings(steps: Sequence[Step]) -> list[Step]:
    """The steps in an order in which no shift ever overlaps; what cannot be ordered goes and comes back."""
    order: list[Step] = [step for step in steps if step.before is None or step.after is None]
    moving: dict[int, dict[int, Step]] = {}
    for step in steps:
        if step.before is not None and step.after is not None:
            moving.setdefault(step.member_id, {})[step.before.id] = step
    for several in moving.values():
        now = {key: step.before.standing.interval for key, step in several.items() if step.before}
        then = {key: step.after.interval for key, step in several.items() if step.after}
        free, ring = moves_in_order(now, then)
        order += [several[key] for key in free]
        for key in ring:
            before = several[key].before
            version = before.version + 1 if before is not None else 1
            order.append(replace(several[key], after=None))
            order.append(replace(several[key], before=None, key=key, version=version))
    return order


def _values(then: ShiftState) -> dict[str, Any]:
    return {
        "unit_id": then.unit_id,
        "role": then.role,
        "on_date": then.day,
        "starts_at": then.interval.starts,
        "ends_at": then.interval.ends,
        "minutes": then.interval.minutes,
        "is_team_named": then.is_team_named,
    }


def _changed(now: Held, then: ShiftState) -> dict[str, Any]:
    return {"shift_id": now.id, **_values(then)}


def _known(standing: ShiftState) -> tuple[int, datetime]:
    """What a shift is known by beside its key."""
    return standing.member_id, standing.interval.starts


def _add(session: Session, added: Sequence[Step]) -> dict[tuple[int, datetime], int]:
    """Add shifts; the key of each by member and start. One that comes back gets its key again if free."""
    wanted = [step.key for step in added if step.key is not None]
    taken: set[int] = set()
    for some in batches(sorted(wanted)):
        taken.update(session.scalars(select(Shift.id).where(Shift.id.in_(some))))
    rows = [
        (step.key, {"member_id": step.after.member_id, "version": step.version, **_values(step.after)})
        for step in added
        if step.after is not None
    ]
    returning = [{"id": key, **row} for key, row in rows if key is not None and key not in taken]
    new = [row for key, row in rows if key is None or key in taken]
    for several in (returning, new):
        if several:
            session.execute(insert(SHIFTS), several)
    found: dict[tuple[int, datetime], int] = {}
    for some in batches(sorted({row["member_id"] for _, row in rows})):
        asked = select(Shift.member_id, Shift.starts_at, Shift.id).where(
            Shift.member_id.in_(some),
            Shift.on_date.between(min(r["on_date"] for _, r in rows), max(r["on_date"] for _, r in rows)),
        )
        found.update({(member_id, starts): key for member_id, starts, key in session.execute(asked)})
    return found


def _away_rows(shift_id: int, then: ShiftState) -> Iterable[dict[str, Any]]:
    for each in then.away:
        yield {
            "shift_id": shift_id,
            "starts_at": each.interval.starts,
            "ends_at": each.interval.ends,
            "minutes": each.interval.minutes,
            "reason_id": each.reason_id,
            "note": each.note,
            "version": 1,
        }
