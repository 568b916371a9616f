"""The grid that is changed, in words: members, days, and a box to tick for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from npt.duty.views.day_table import is_off
from npt.kit.clock import clock_in_words
from npt.kit.holidays import holiday_on
from npt.kit.intervals import Interval, union_minutes
from npt.rostering.forms import BlockForm
from npt.rostering.queries import Elsewhere
from npt.rostering.rules import Cell, Days
from npt.shifts.queries import GridRow, GridShift, Roster
from npt.shifts.rules import ReasonKind
from npt.webkit.filters import WEEKDAYS, day_short, hours


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day at the head of the grid."""

    value: str
    weekday: str
    number: str
    words: str
    is_today: bool
    is_weekend: bool
    is_ticked: bool
    #: the public holiday on it, or empty
    holiday: str
    on_duty: int


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """A shift in a cell; `note` says what of it is spent away, or for whom it is."""

    times: str
    note: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class CellShown:
    """A member's day: the box to tick, what it is called aloud, and the shifts in it."""

    value: str
    name: str
    is_ticked: bool
    is_weekend: bool
    shifts: tuple[ShiftShown, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A member over all the days."""

    member_id: int
    member: str
    role: str
    number: str
    is_ticked: bool
    cells: tuple[CellShown, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class GridShown:
    """The whole grid."""

    days: tuple[DayShown, ...]
    lines: tuple[LineShown, ...]


def versions_of(roster: Roster) -> dict[Cell, dict[int, int]]:
    """The version of each shift of the roster by its key, by cell."""
    found: dict[Cell, dict[int, int]] = {}
    for row in roster.rows:
        for shift in row.shifts:
            found.setdefault(Cell(row.member_id, shift.on_date), {})[shift.id] = shift.version
    return found


def grid_shown(
    roster: Roster, days: Days, elsewhere: Sequence[Elsewhere], form: BlockForm, today: date
) -> GridShown:
    """The grid of `roster`, with what is ticked in `form`."""
    abroad: dict[Cell, list[Elsewhere]] = {}
    for each in elsewhere:
        abroad.setdefault(Cell(each.member_id, each.on_date), []).append(each)
    ticked = form.days.ticked
    return GridShown(
        tuple(
            DayShown(
                value=day.isoformat(),
                weekday=WEEKDAYS[day.weekday()][:3],
                number=str(day.day),
                words=day_short(day),
                is_today=day == today,
                is_weekend=day.weekday() >= 5,
                is_ticked=day.isoformat() in ticked,
                holiday=holiday_on(day) or "",
                on_duty=sum(any(not is_off(shift) for shift in row.on(day)) for row in roster.rows),
            )
            for day in days
        ),
        tuple(_line(row, days, abroad, form) for row in roster.rows),
    )


def _line(row: GridRow, days: Days, abroad: Mapping[Cell, Sequence[Elsewhere]], form: BlockForm) -> LineShown:
    by_day: dict[date, list[GridShift]] = {}
    for shift in row.shifts:
        by_day.setdefault(shift.on_date, []).append(shift)
    cells = []
    ticked = form.cells.ticked
    for day in days:
        value = f"{row.member_id}.{day.isoformat()}"
        shifts = [_shift(shift) for shift in by_day.get(day, ())]
        shifts += [
            ShiftShown(short(each.interval), f"for {each.unit_name}", True)
            for each in abroad.get(Cell(row.member_id, day), ())
        ]
        cells.append(
            CellShown(
                value, f"{row.name}, {day_short(day)}", value in ticked, day.weekday() >= 5, tuple(shifts)
            )
        )
    return LineShown(
        member_id=row.member_id,
        member=row.name,
        role=row.role.wording,
        number=row.number,
        is_ticked=str(row.member_id) in form.members.ticked,
        cells=tuple(cells),
        hours=hours(sum(shift.minutes for shift in row.shifts)),
    )


def _shift(shift: GridShift) -> ShiftShown:
    if is_off(shift):
        return ShiftShown(short(shift.interval), shift.away[0].reason_name, True)
    absent = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSENCE)
    elsewhere = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSTRACTION)
    words = [f"absent {hours(absent)}"] if absent else []
    words += [f"away {hours(elsewhere)}"] if elsewhere else []
    return ShiftShown(short(shift.interval), ", ".join(words), False)


def short(interval: Interval) -> str:
    """The local times of a shift, as a cell has room for: "07:00–15:00"."""
    return f"{clock_in_words(interval.starts)}–{clock_in_words(interval.ends)}"
