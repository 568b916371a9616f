"""What the grid that is changed says of its cells: their versions, what is spent away, what is elsewhere."""

from collections.abc import Iterable
from datetime import date

from npt.duty.views.day_table import is_off
from npt.kit.intervals import union_minutes
from npt.rostering.queries import Elsewhere
from npt.rostering.rules import Cell
from npt.shifts.queries import GridShift, Roster
from npt.shifts.rules import ReasonKind
from npt.webkit.filters import hours


def versions_of(roster: Roster) -> dict[Cell, dict[int, int]]:
    """The version of each shift of the roster by its key, by cell."""
    found: dict[Cell, dict[int, int]] = {}
    for row in roster.rows:
        for shift in row.shifts:
            found.setdefault(Cell(row.member_id, shift.on_date), {})[shift.id] = shift.version
    return found


def by_cell(elsewhere: Iterable[Elsewhere]) -> dict[tuple[int, date], list[Elsewhere]]:
    """The shifts for other units by member and day."""
    found: dict[tuple[int, date], list[Elsewhere]] = {}
    for each in elsewhere:
        found.setdefault((each.member_id, each.on_date), []).append(each)
    return found


def note_of(shift: GridShift) -> str:
    """What of a shift is spent away, as a cell has room for: "Leave", "absent 2 h, away 1 h"."""
    if is_off(shift):
        return shift.away[0].reason_name
    absent = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSENCE)
    elsewhere = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSTRACTION)
    words = [f"absent {hours(absent)}"] if absent else []
    words += [f"away {hours(elsewhere)}"] if elsewhere else []
    return ", ".join(words)
