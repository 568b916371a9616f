"""How much more may be abstracted in a month, before an entry and after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from npt.duty.queries.reasons import DatedDefinition
from npt.duty.queries.roll_up import whole_sums
from npt.duty.queries.sums import period_sums, periods
from npt.duty.rules import AwayTime, Headroom, HeadroomChange
from npt.kit.months import Month
from npt.people.rules import PolicingRole, RoleGroup, group_of


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
    found: dict[RoleGroup, Headroom] = {}
    for group in RoleGroup:
        of_group = [part for part in sums if group_of(part.role) is group]
        found[group] = Headroom(
            target=group.target,
            denominator=definition.rate(of_group).denominator,
            used=definition.rate(part for part in of_group if part.last <= today).abstracted,
            planned=definition.rate(part for part in of_group if part.last > today).abstracted,
        )
    return found


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
