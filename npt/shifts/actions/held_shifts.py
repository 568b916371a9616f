"""Holding the shifts that an act is about, so that two people on one day or roster lose nothing."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.models import Shift
from npt.shifts.queries import DayGrid, GridAway, away_of, day_grid
from npt.shifts.rules import AwayState, ShiftState
from npt.store.batches import batches
from npt.store.versions import Stale

# In the order of keys: two who hold several cannot wait for each other in a ring.
_SHIFTS = (
    select(
        Shift.id,
        Shift.version,
        Shift.on_date,
        Shift.member_id,
        Shift.starts_at,
        Shift.ends_at,
        Shift.unit_id,
        Shift.role,
        Shift.is_team_named,
        Member.number,
        Member.name,
    )
    .join(Member, Member.id == Shift.member_id)
    .order_by(Shift.id)
    .with_for_update(of=Shift)
)
# Put together once: the sergeant's save asks it most.
_BY_KEY = _SHIFTS.where(Shift.id.in_(bindparam("shifts", expanding=True)))


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
    """A recorded shift that nobody else can change until the transaction ends."""

    id: int
    version: int
    on_date: date
    state: ShiftState
    number: str
    name: str
    #: the same times away as in `state`, with their reasons in words
    away: tuple[GridAway, ...]

    @property
    def member_id(self) -> int:
        """Whose shift it is."""
        return self.state.member_id

    @property
    def unit_id(self) -> int:
        """The unit for which it counts."""
        return self.state.unit_id

    @property
    def interval(self) -> Interval:
        """From when to when it lasts."""
        return self.state.interval

    @contextmanager
    def named(self) -> Iterator[None]:
        """Put the member's name and number before the message of any refusal in here."""
        try:
            yield
        except Refusal as refusal:
            message = f"{self.name} ({self.number}): {refusal.message}"
            raise type(refusal)(message, field=refusal.field) from None


def held_shifts(session: Session, shift_ids: Collection[int]) -> dict[int, HeldShift]:
    """These shifts by key, as they are now, held until the transaction ends; those that are gone left out."""
    return {
        shift.id: shift
        for some in batches(sorted(set(shift_ids)))
        for shift in _held(session, _BY_KEY, {"shifts": some})
    }


def held_where(session: Session, *conditions: Any) -> list[HeldShift]:
    """The shifts that meet all conditions, held until the transaction ends, in the order of their starts."""
    found = _held(session, _SHIFTS.where(*conditions), {})
    return sorted(found, key=lambda each: each.interval)


def _held(session: Session, asked: Select[*tuple[Any, ...]], given: dict[str, Any]) -> Iterator[HeldShift]:
    rows = session.execute(asked, given).all()
    away = away_of(session, [row.id for row in rows])
    return (_line(row, away.get(row.id, ())) for row in rows)


def _line(row: Row[Any], away: tuple[GridAway, ...]) -> HeldShift:
    state = ShiftState(
        row.member_id,
        Interval(row.starts_at, row.ends_at),
        row.unit_id,
        row.role,
        row.is_team_named,
        tuple(AwayState(each.interval, each.reason_id, each.note, each.id) for each in away),
    )
    return HeldShift(row.id, row.version, row.on_date, state, row.number, row.name, away)


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
