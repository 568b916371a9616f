"""The work that waited while members were taken off, on the page of a day. No cause is told."""

from dataclasses import dataclass
from typing import Any

from npt.access.rules import Permission
from npt.shifts.queries import DayGrid, GridRow
from npt.shifts.rules import ReasonKind
from npt.webkit.filters import day
from npt.webkit.visit import Visit
from npt.work.models import Action
from npt.work.queries import waited_on
from npt.work.views.door import action_address

#: So many actions of a member are named.
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """A member who was taken off, and their work that was due that day or overdue."""

    name: str
    #: what, when it was due, and where it stands
    actions: list[tuple[str, str, str]]
    further: int


def work_that_waited(visit: Visit[Any], grid: DayGrid) -> list[WaitedFor]:
    """Who was taken off neighbourhood duty, with the work of theirs that waited and that one may see.

    A statement, where anybody was taken off.
    """
    off = {row.member_id: row.name for row in grid.rows if _is_taken_off(row)}
    waited = waited_on(visit.session, off, grid.day)
    told = []
    for member_id, name in off.items():
        seen = [
            each for each in waited.get(member_id, ()) if visit.may(Permission.SEE_ACTIONS, each.unit.path)
        ]
        if seen:
            told.append(
                WaitedFor(name, [_named(each) for each in seen[:_MOST_NAMED]], len(seen[_MOST_NAMED:]))
            )
    return told


def _is_taken_off(row: GridRow) -> bool:
    return any(away.kind is ReasonKind.ABSTRACTION for shift in row.shifts for away in shift.away)


def _named(action: Action) -> tuple[str, str, str]:
    return action.what, f"due {day(action.due_on)}", action_address(action)
