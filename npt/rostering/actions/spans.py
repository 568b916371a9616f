"""Leave, sickness and other absence over a span of days, recorded in one go."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.clock import days_in_words
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.rostering.actions.block_acts import Done, keep
from npt.rostering.actions.blocks import Block, NothingChosen, NothingToChange, cell_of
from npt.rostering.actions.changes import RecordAbsence
from npt.rostering.rules import LONGEST_STRETCH, Cell
from npt.shifts.actions import HeldShift, Places, StretchTooLong
from npt.shifts.actions.held_shifts import held_where
from npt.shifts.models import Shift


def record_span(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    member_ids: Collection[int],
    first: date,
    last: date,
    reason: str,
    note: str | None,
) -> Done:
    """Record these members of `unit` absent for the whole of every shift from `first` to `last`, as one act.

    It takes the place of other absences; days without a shift have nothing to be absent from, and a shift
    that is rostered later is not absent by itself. NothingChosen, StretchTooLong, NothingToChange (no shift
    in the span, or all absent so already); else as `RecordAbsence` refuses.
    """
    if not member_ids:
        raise NothingChosen("No one is chosen: choose a member.", field="members")
    if not 0 <= (last - first).days < LONGEST_STRETCH:
        raise StretchTooLong(
            f"An absence lasts 1 to {LONGEST_STRETCH} days at a time: give a last day on or after the first,"
            " at most a year later.",
            field="last",
        )
    found = held_where(
        session,
        Shift.unit_id == unit.id,
        Shift.member_id.in_(sorted(member_ids)),
        Shift.on_date.between(first, last),
    )
    places = Places(session, unit)
    places.meet((member_id, None) for member_id in sorted(member_ids))
    cells: dict[Cell, list[HeldShift]] = {}
    for shift in found:
        cells.setdefault(cell_of(shift), []).append(shift)
    steps = RecordAbsence(reason, note).steps(Block(session, unit, cells, places))
    if not steps:
        raise NothingToChange(_nothing(bool(found), first, last), field="first")
    title = f"Absence from {days_in_words(first, last)}"
    return keep(session, stamp=stamp, unit=unit, steps=steps, places=places, title=title)


def _nothing(has_shifts: bool, first: date, last: date) -> str:
    days = f"from {days_in_words(first, last)}"
    if has_shifts:
        return f"Every shift {days} is already recorded like that: there is nothing to save."
    return f"There is no shift {days} to be absent from: check the days, or roster the shifts first."
