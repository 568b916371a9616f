"""A team's day and its roster: members, shifts, time away, confirmation, and what can be taken back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import BigInteger, Date, bindparam, func, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, posting_in_force
from npt.shifts.models import Confirmation, Shift
from npt.shifts.queries.acts import ActLine, day_acts
from npt.shifts.queries.shifts import SHIFT_COLUMNS, GridShift, away_of, shift_line

# Put together once: a day is what is opened most, and this took as long as the answers.
_UNIT, _DAY = bindparam("unit_id", type_=BigInteger), bindparam("day", type_=Date)
_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
_SHIFTS = (
    select(*SHIFT_COLUMNS, Member.number, Member.name)
    .join(Member, Member.id == Shift.member_id)
    .where(Shift.unit_id == _UNIT, Shift.on_date.between(_FIRST, _LAST))
    .order_by(Shift.id)
)
# In the order of keys: two who hold several cannot wait for each other in a ring.
_HELD = _SHIFTS.with_for_update(of=Shift)
_POSTED = (
    select(Posting, Member.number, Member.name)
    .join(Member, Member.id == Posting.member_id)
    # All of their postings: one elsewhere may count before the one here.
    .where(
        Posting.member_id.in_(
            select(Posting.member_id).where(Posting.unit_id == _UNIT, Posting.holding(_FIRST, _LAST))
        ),
        Posting.holding(_FIRST, _LAST),
    )
    .order_by(Posting.member_id, Posting.starts_on, Posting.id)
)
_CONFIRMED = (
    select(func.coalesce(Account.name, Member.name), Confirmation.confirmed_at, Confirmation.changes_since)
    .outerjoin(Account, Account.id == Confirmation.account_id)
    .outerjoin(Member, Member.id == Confirmation.member_id)
    .where(Confirmation.unit_id == _UNIT, Confirmation.on_date == _DAY)
)

_CHANGED_SINCE = (
    select(func.count())
    .select_from(Confirmation)
    .join(Unit, Unit.id == Confirmation.unit_id)
    .where(bound_within(), Confirmation.on_date.between(_FIRST, _LAST), Confirmation.changes_since > 0)
)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A member with the shifts they have at the unit; none for one who is posted there and not rostered."""

    member_id: int
    number: str
    name: str
    role: PolicingRole
    shifts: tuple[GridShift, ...]

    def on(self, day: date) -> tuple[GridShift, ...]:
        """The member's shifts that start on `day`."""
        return tuple(shift for shift in self.shifts if shift.on_date == day)

    @property
    def minutes(self) -> int:
        """Minutes rostered, of all their shifts here."""
        return sum(shift.minutes for shift in self.shifts)


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts of a unit from `first` to `last`, by member: the inspector first, then by role and name."""

    unit_id: int
    unit_code: str
    unit_name: str
    first: date
    last: date
    rows: tuple[GridRow, ...]


class ConfirmationLine(NamedTuple):
    """Who confirmed a day, and when; and how many changes of shifts and time away it has had since."""

    by_name: str
    confirmed_at: datetime
    changes_since: int


@dataclass(frozen=True, slots=True)
class DayGrid:
    """A unit's day as its supervisor sees it."""

    unit_id: int
    unit_code: str
    unit_name: str
    day: date
    rows: tuple[GridRow, ...]
    confirmation: ConfirmationLine | None
    #: the latest first
    acts: tuple[ActLine, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether a supervisor has confirmed the day."""
        return self.confirmation is not None

    @property
    def shifts(self) -> tuple[GridShift, ...]:
        """Every shift of the day, in the order of the rows."""
        return tuple(shift for row in self.rows for shift in row.shifts)

    @property
    def versions(self) -> dict[int, int]:
        """The version of each shift as shown, which a form carries so that nothing newer is overwritten."""
        return {shift.id: shift.version for shift in self.shifts}

    def shift(self, shift_id: int) -> GridShift | None:
        """The shift of this key, if it is of this day; None otherwise."""
        return next((shift for shift in self.shifts if shift.id == shift_id), None)


def day_grid(session: Session, unit: Unit, day: date, rostered: Sequence[GridRow] | None = None) -> DayGrid:
    """The day of `unit` itself, without the units under it. Five statements, whatever the size.

    Two fewer where those who are `rostered` have been read already.
    """
    found = roster(session, unit, day, day, rostered)
    return DayGrid(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        day=day,
        rows=found.rows,
        confirmation=_confirmation(session, unit.id, day),
        acts=day_acts(session, unit.id, day),
    )


def roster(
    session: Session, unit: Unit, first: date, last: date, rostered: Sequence[GridRow] | None = None
) -> Roster:
    """The shifts of `unit` itself that start from `first` to `last`, with everybody posted there then.

    Three statements, whatever the size; one where those who are `rostered` have been read already.
    """
    there = rostered_from(session, unit, first, last) if rostered is None else rostered
    people = {row.member_id: row for row in there}
    for member_id, number, name, role in _posted(session, unit.id, first, last):
        people.setdefault(member_id, GridRow(member_id, number, name, role, ()))
    return Roster(unit.id, unit.code, unit.name, first, last, _in_order(people.values()))


def rostered_from(
    session: Session, unit: Unit, first: date, last: date, *, is_held: bool = False
) -> tuple[GridRow, ...]:
    """Whoever has a shift at `unit` itself that starts from `first` to `last`. Two statements.

    With `is_held` nobody else can change these shifts until the transaction ends.
    """
    asked = _HELD if is_held else _SHIFTS
    found = session.execute(asked, {"unit_id": unit.id, "first": first, "last": last})
    rows = sorted(found, key=lambda row: row.starts_at)
    away = away_of(session, [row.id for row in rows])
    people: dict[int, tuple[str, str, PolicingRole]] = {}
    shifts: dict[int, list[GridShift]] = {}
    for row in rows:
        people.setdefault(row.member_id, (row.number, row.name, row.role))
        shifts.setdefault(row.member_id, []).append(shift_line(row, away.get(row.id, ())))
    return _in_order(GridRow(key, *people[key], tuple(theirs)) for key, theirs in shifts.items())


def _in_order(rows: Iterable[GridRow]) -> tuple[GridRow, ...]:
    order = {role: place for place, role in enumerate(PolicingRole)}
    return tuple(sorted(rows, key=lambda row: (order[row.role], row.name.casefold(), row.number)))


def _posted(
    session: Session, unit_id: int, first: date, last: date
) -> Iterator[tuple[int, str, str, PolicingRole]]:
    """Who counts at the unit on some day from `first` to `last`: key, number, name, role. One statement."""
    found = session.execute(_POSTED, {"unit_id": unit_id, "first": first, "last": last})
    for member_id, rows in groupby(found, key=lambda row: row[0].member_id):
        held = list(rows)
        postings = [posting for posting, _, _ in held]
        for day in _turning_days(postings, first, last):
            at_unit = [each for each in posting_in_force(postings, day) if each.unit_id == unit_id]
            if at_unit:
                yield member_id, held[0][1], held[0][2], at_unit[0].role
                break


def _turning_days(postings: Iterable[Posting], first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which it can change which posting counts, `first` included."""
    days = {first}
    for posting in postings:
        days.add(posting.starts_on)
        if posting.ends_on is not None:
            days.add(posting.ends_on + timedelta(days=1))
    return sorted(day for day in days if first <= day <= last)


def days_changed_since(session: Session, path: str, month: Month) -> int:
    """How many days of units at `path` and under it were changed after they were confirmed. One statement."""
    days = {"first": month.first, "last": month.last}
    return session.scalar(_CHANGED_SINCE, path_bounds(path) | days) or 0


def _confirmation(session: Session, unit_id: int, day: date) -> ConfirmationLine | None:
    row = session.execute(_CONFIRMED, {"unit_id": unit_id, "day": day}).first()
    return None if row is None else ConfirmationLine._make(row)
