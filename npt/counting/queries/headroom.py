"""How much more may be abstracted in a month, before an entry and after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from npt.counting.queries.definitions import DatedDefinition
from npt.counting.rollup.read import whole_sums
from npt.counting.rollup.sums import MonthSum, period_sums, periods
from npt.counting.rules import Headroom, HeadroomChange
from npt.kit.months import Month
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.shifts.rules import AwayTime


@dataclass(frozen=True, slots=True)
class HeadroomEntry:
    """Time away about to be saved (or taken out): in a shift of whom, on which day."""

    role: PolicingRole
    on_date: date
    away: AwayTime


def headrooms(
    session: Session, path: str, month: Month, *, today: date, definition: DatedDefinition
) -> dict[RoleGroup, Headroom]:
    """The headroom of each group of roles, of the unit at `path` with all under it, in minutes.

    What is recorded up to `today`, that day included, is used; what is recorded for later days is planned.
    Two statements; only a month that is partly over is added up from its shifts.
    """
    if month.first <= today < month.last:
        parts = periods(month, month, [*definition.changes, today + timedelta(days=1)])
        sums = period_sums(session, path, parts)
    else:
        sums = whole_sums(session, [path], month, month)
    return _by_group(sums, today, definition)


def headrooms_by_unit(
    session: Session, path: str, first: Month, last: Month, *, today: date, definition: DatedDefinition
) -> dict[tuple[int, Month], dict[RoleGroup, Headroom]]:
    """As `headrooms`, of each single unit at and under `path`, by its key, in each month.

    Units and months without a shift are left out. Two statements, whatever the size.
    """
    parts = periods(first, last, [*definition.changes, today + timedelta(days=1)])
    of_unit: dict[tuple[int, Month], list[MonthSum]] = {}
    for part in period_sums(session, path, parts):
        of_unit.setdefault((part.unit_id, part.month), []).append(part)
    return {key: _by_group(sums, today, definition) for key, sums in of_unit.items()}


def _by_group(
    sums: Iterable[MonthSum], today: date, definition: DatedDefinition
) -> dict[RoleGroup, Headroom]:
    of_group: dict[RoleGroup, list[MonthSum]] = {group: [] for group in RoleGroup}
    for part in sums:
        group = group_of(part.role)
        if group is not None:
            of_group[group].append(part)
    return {
        group: Headroom(
            target=group.target,
            denominator=definition.rate(parts).denominator,
            used=definition.rate(part for part in parts if part.last <= today).abstracted,
            planned=definition.rate(part for part in parts if part.last > today).abstracted,
        )
        for group, parts in of_group.items()
    }


def headroom(
    session: Session, path: str, group: RoleGroup, month: Month, *, today: date, definition: DatedDefinition
) -> Headroom:
    """The headroom of one group; see `headrooms`."""
    return headrooms(session, path, month, today=today, definition=definition)[group]


def headroom_after(
    before: Mapping[RoleGroup, Headroom],
    entries: Iterable[HeadroomEntry],
    *,
    definition: DatedDefinition,
    today: date,
    taken_out: Iterable[HeadroomEntry] = (),
) -> dict[RoleGroup, HeadroomChange]:
    """What saving `entries`, and taking out `taken_out`, does to each group's headroom. Asks no database.

    All of them lie in the month of `before`, in shifts that it counts already. Roles without a target change
    nothing.
    """
    after = dict(before)
    for entry in entries:
        group = group_of(entry.role)
        if group is not None:
            after[group] = _with(after[group], entry, definition, today)
    for entry in taken_out:
        group = group_of(entry.role)
        if group is not None:
            room = after[group]
            grown = _with(room, entry, definition, today)
            # What adding it would have changed, taken away instead.
            after[group] = Headroom(
                target=room.target,
                denominator=2 * room.denominator - grown.denominator,
                used=2 * room.used - grown.used,
                planned=2 * room.planned - grown.planned,
            )
    return {group: HeadroomChange(before[group], after[group]) for group in before}


def _with(room: Headroom, entry: HeadroomEntry, definition: DatedDefinition, today: date) -> Headroom:
    return room.after(entry.away, definition.on(entry.on_date), is_planned=entry.on_date > today)
