"""Holding the shifts that an entry is about, so that two people on one day lose nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.models import SHIFTS, Shift
from npt.shifts.queries import DayGrid, GridAway, away_of, day_grid
from npt.store.versions import Stale

_HELD = (
    select(
        Shift.id,
        Shift.member_id,
        Shift.unit_id,
        Shift.on_date,
        Shift.starts_at,
        Shift.ends_at,
        Shift.version,
        Member.number,
        Member.name,
    )
    .join(Member, Member.id == Shift.member_id)
    .where(Shift.id.in_(bindparam("shifts", expanding=True)))
    .order_by(Shift.id)
    .with_for_update(of=Shift)
)
_COUNT = (
    update(SHIFTS)
    .where(SHIFTS.c.id == bindparam("shift_id"), SHIFTS.c.version == bindparam("seen"))
    .values(version=SHIFTS.c.version + 1)
)


class StaleDay(Stale):
    """The day was changed after the person opened it; `grid` is the day as it is now."""

    def __init__(self, grid: DayGrid) -> None:
        super().__init__(
            "Somebody else changed this day after you opened it. Nothing of yours was saved:"
            " compare your entry with the day as it is now, and save what is still right."
        )
        self.grid = grid


@dataclass(frozen=True, slots=True)
class HeldShift:
    """A shift that nobody else can change until the transaction ends, and what is recorded in it."""

    id: int
    member_id: int
    unit_id: int
    on_date: date
    interval: Interval
    version: int
    number: str
    name: str
    away: tuple[GridAway, ...] = ()

    @contextmanager
    def named(self) -> Iterator[None]:
        """Put the member's name and number before the message of any refusal in here."""
        try:
            yield
        except Refusal as refusal:
            message = f"{self.name} ({self.number}): {refusal.message}"
            raise type(refusal)(message, field=refusal.field) from None


def held_shifts(session: Session, shift_ids: Collection[int]) -> dict[int, HeldShift]:
    """These shifts by key, as they are now, held until the transaction ends; those that are gone left out.

    In the order of keys: two who hold several cannot wait for each other in a ring.
    """
    rows = session.execute(_HELD, {"shifts": sorted(set(shift_ids))}).all()
    away = away_of(session, [row.id for row in rows])
    return {
        row.id: HeldShift(
            id=row.id,
            member_id=row.member_id,
            unit_id=row.unit_id,
            on_date=row.on_date,
            interval=Interval(row.starts_at, row.ends_at),
            version=row.version,
            number=row.number,
            name=row.name,
            away=away.get(row.id, ()),
        )
        for row in rows
    }


def shifts_of_day(
    session: Session, unit: Unit, day: date, expected: Mapping[int, int]
) -> dict[int, HeldShift]:
    """The shifts whose expected versions are given, held, once they are known to be still as they were seen.

    StaleDay when one of them was changed or removed, or is not of this unit's day.
    """
    held = held_shifts(session, expected)
    for shift_id, version in expected.items():
        shift = held.get(shift_id)
        if shift is None or (shift.unit_id, shift.on_date, shift.version) != (unit.id, day, version):
            raise StaleDay(day_grid(session, unit, day))
    return held


def count_change(session: Session, unit: Unit, day: date, shifts: Sequence[HeldShift]) -> None:
    """Give each of the held shifts its next version. StaleDay when another has been faster after all."""
    seen = [{"shift_id": shift.id, "seen": shift.version} for shift in shifts]
    changed = session.execute(_COUNT, seen)
    if isinstance(changed, CursorResult) and changed.rowcount != len(seen):
        raise StaleDay(day_grid(session, unit, day))
