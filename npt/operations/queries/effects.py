"""What an operation does to the month of each team it takes from: headroom before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.counting.queries import (
    DatedDefinition,
    HeadroomEntry,
    headroom_after,
    headrooms_by_unit,
)
from npt.counting.rules import Headroom, HeadroomChange
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.shifts.rules import AwayTime, ReasonKind

#: A team, by its key, in a month.
TeamInMonth = tuple[int, Month]


@dataclass(frozen=True, slots=True)
class Take:
    """A member of a team who is taken (or let go) for a time that lies in a shift starting on `shift_on`."""

    unit_id: int
    unit_code: str
    unit_name: str
    role: PolicingRole
    shift_on: date
    interval: Interval


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """The month of a team before and after: only the groups from which somebody is taken or let go."""

    unit_code: str
    unit_name: str
    month: Month
    changes: Mapping[RoleGroup, HeadroomChange]

    @property
    def breaks_target(self) -> bool:
        """Whether a group that is within its target before is over it afterwards."""
        return any(change.breaks_target for change in self.changes.values())


def effects(
    session: Session,
    path: str,
    takes: Sequence[Take],
    *,
    reason: str,
    today: date,
    definition: DatedDefinition,
    let_go: Sequence[Take] = (),
) -> tuple[TeamMonth, ...]:
    """What taking some for the reason (its code) and letting others go does to the month of each team.

    All of them belong to units at or under `path`. In the order of teams' codes and months; roles without a
    target change nothing. Two statements; none when nobody is taken or let go.
    """
    both = [*takes, *let_go]
    if not both:
        return ()
    months = [Month.of(each.shift_on) for each in both]
    rooms = headrooms_by_unit(session, path, min(months), max(months), today=today, definition=definition)
    teams = {(each.unit_id, Month.of(each.shift_on)): each for each in both}
    found: list[TeamMonth] = []
    for key, team in teams.items():
        before = rooms.get(key, {group: Headroom(group.target, 0, 0, 0) for group in RoleGroup})
        changes = headroom_after(
            before,
            _entries(takes, key, reason),
            definition=definition,
            today=today,
            taken_out=_entries(let_go, key, reason),
        )
        touched = {group_of(each.role) for each in both if (each.unit_id, Month.of(each.shift_on)) == key}
        shown = {group: change for group, change in changes.items() if group in touched}
        if shown:
            found.append(TeamMonth(team.unit_code, team.unit_name, key[1], shown))
    return tuple(sorted(found, key=lambda each: (each.unit_code, each.month)))


def _entries(takes: Iterable[Take], key: TeamInMonth, reason: str) -> list[HeadroomEntry]:
    return [
        HeadroomEntry(each.role, each.shift_on, AwayTime(each.interval, reason, ReasonKind.ABSTRACTION))
        for each in takes
        if (each.unit_id, Month.of(each.shift_on)) == key
    ]
