"""Taking back an act: what it added goes, what it removed returns, what it changed is as it was."""

from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from npt.kit.clock import minutes_between
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.reporting.actions.reports import reopen_reports
from npt.shifts.actions.day_acts import CannotUndo
from npt.shifts.actions.locking import HeldShift, count_change, held_shifts
from npt.shifts.actions.open_ends_and_losses import follow_start, forget
from npt.shifts.models import AWAY, Act, AwayChange
from npt.shifts.queries import GridAway, act_in, reasons, stands_as_left
from npt.shifts.rules import AwayTime, check_all_away
from npt.store.constraints import refusing


def undo(session: Session, *, now: datetime, unit: Unit, act_id: int) -> Act:
    """Take back an act on a day of `unit`: exactly what was recorded before it is recorded again.

    CannotUndo, and nothing is changed, when it was taken back already, when somebody has since changed what
    it left behind, or when what it removed no longer fits.
    """
    act = act_in(session, unit, act_id)
    if act is None:
        raise CannotUndo("There is nothing here to undo: open the day again and look at what it offers.")
    held = held_shifts(session, [change.shift_id for change in act.changes])
    # Read again what a second press of the button may have done while this one waited for the shifts.
    session.refresh(act, ["undone_at"])
    if act.undone_at is not None:
        raise CannotUndo("This was undone already: open the day again to see it as it is.")
    for change in act.changes:
        shift = held.get(change.shift_id)
        if shift is None or shift.unit_id != unit.id or not stands_as_left(shift.away, change):
            raise CannotUndo(
                "Somebody has changed these records since, so they stay as they are:"
                " open the day again and correct each by hand."
            )
    _check_fits(session, act, held)
    with refusing(session):
        # What goes makes room first.
        for change in sorted(act.changes, key=lambda each: each.before_starts_at is not None):
            _take_back(session, held[change.shift_id], change, act)
        reopen_reports(session, act)
        count_change(session, unit, act.on_date, list(held.values()))
        act.undone_at = now
    return act


def _left_behind(shift: HeldShift, change: AwayChange) -> GridAway | None:
    """The time away that the change left in its shift; None when it removed some."""
    return next((away for away in shift.away if away.interval.starts == change.after_starts_at), None)


def _check_fits(session: Session, act: Act, held: dict[int, HeldShift]) -> None:
    """Refuse (CannotUndo) where what returns would stand outside its shift or beside something newer."""
    known = {reason.id: reason for reason in reasons(session)}
    for shift in held.values():
        changes = [change for change in act.changes if change.shift_id == shift.id]
        going = {_left_behind(shift, change) for change in changes}
        then = [away.away_time for away in shift.away if away not in going]
        for change in changes:
            if change.before_starts_at and change.before_ends_at and change.before_reason_id:
                reason = known[change.before_reason_id]
                interval = Interval(change.before_starts_at, change.before_ends_at)
                then.append(AwayTime(interval, reason.code, reason.kind))
        try:
            check_all_away(shift.interval, then)
        except Refusal as refusal:
            raise CannotUndo(
                f"{shift.name} ({shift.number}): what was there before no longer fits. {refusal.message}"
            ) from None


def _take_back(session: Session, shift: HeldShift, change: AwayChange, act: Act) -> None:
    left = _left_behind(shift, change)
    if change.before_starts_at is None or change.before_ends_at is None:
        if left is not None:
            session.execute(delete(AWAY).where(AWAY.c.id == left.id))
            forget(session, (shift.member_id, left.interval.starts), by=act.account_id, at=act.done_at)
        return
    before = {
        "starts_at": change.before_starts_at,
        "ends_at": change.before_ends_at,
        "minutes": minutes_between(change.before_starts_at, change.before_ends_at),
        "reason_id": change.before_reason_id,
        "note": change.before_note,
    }
    if left is None:
        session.execute(insert(AWAY).values(shift_id=shift.id, **before))
    else:
        again = update(AWAY).where(AWAY.c.id == left.id).values(version=AWAY.c.version + 1, **before)
        session.execute(again)
        follow_start(session, shift.member_id, left.interval.starts, change.before_starts_at)
