"""Holding the shifts that an act is about, so that two people on one day or roster lose nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models import Shift
from npt.shifts.queries import DayGrid, GridAway, GridRow, away_of, day_grid
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
            "Somebody else changed this day after you opened it. Nothing you entered was saved:"
            " compare your entry with the day as it is now, and save what is still right."
        )
        self.grid = grid


@dataclass(frozen=True, slots=True)
class HeldShift:
    """A recorded shift that nobody else can change until the transaction ends."""

    id: int
    version: int
    on_date: date
    member_id: int
    interval: Interval
    unit_id: int
    role: PolicingRole
    is_team_named: bool
    number: str
    name: str
    away: tuple[GridAway, ...] = ()

    @property
    def state(self) -> ShiftState:
        """How it stands, with the time away in it."""
        away = tuple(AwayState(each.interval, each.reason_id, each.note, each.id) for each in self.away)
        return ShiftState(self.member_id, self.interval, self.unit_id, self.role, self.is_team_named, away)

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
    for row in rows:
        key, version, day, member_id, starts, ends, unit_id, role, is_named, number, name = row
        times, there = Interval(starts, ends), away.get(key, ())
        yield HeldShift(key, version, day, member_id, times, unit_id, role, is_named, number, name, there)


def held_rows(unit: Unit, rows: Iterable[GridRow]) -> dict[int, HeldShift]:
    """The same of a day of `unit` whose rows were read and held (`rostered_from`)."""
    return {
        shift.id: HeldShift(
            shift.id,
            shift.version,
            shift.on_date,
            shift.member_id,
            shift.interval,
            unit.id,
            shift.role,
            shift.is_team_named,
            row.number,
            row.name,
            shift.away,
        )
        for row in rows
        for shift in row.shifts
    }


def shifts_of_day(
    session: Session,
    unit: Unit,
    day: date,
    expected: Mapping[int, int],
    held: Mapping[int, HeldShift] | None = None,
) -> dict[int, HeldShift]:
    """The shifts whose expected versions are given, held, once they are known to be still as they were seen.

    `held`: those that are held already. StaleDay when one of them was changed or removed, or is not of this
    unit's day.
    """
    there = held_shifts(session, expected) if held is None else held
    held = {key: there[key] for key in expected if key in there}
    for shift_id, version in expected.items():
        shift = held.get(shift_id)
        if shift is None or (shift.unit_id, shift.on_date, shift.version) != (unit.id, day, version):
            raise StaleDay(day_grid(session, unit, day))
    return held
