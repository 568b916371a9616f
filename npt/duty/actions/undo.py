"""Taking back an act: what it added goes, what it removed returns, what it changed is as it was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.reporting.actions.reports import reopen_reports
from npt.shifts.actions import CannotUndo, HeldShift, Places, Step
from npt.shifts.actions.held_shifts import held_shifts
from npt.shifts.actions.open_ends_and_losses import follow_start, forget
from npt.shifts.actions.shift_writes import write
from npt.shifts.actions.steps import check_room
from npt.shifts.models import AWAY_CHANGES, SHIFT_CHANGES, Act, AwayChange, ShiftChange
from npt.shifts.queries import act_in, reasons, stands_as_left
from npt.shifts.rules import AwayState, AwayTime, ShiftState, check_all_away


def undo(session: Session, *, now: datetime, unit: Unit, act_id: int) -> Act:
    """Take back an act on a day or the roster of `unit`: everything stands again exactly as it did before it.

    CannotUndo, and nothing is changed, when it was taken back already, when somebody has since changed what
    it left behind, or when what it removed no longer fits.
    """
    act = act_in(session, unit, act_id)
    if act is None:
        raise CannotUndo("There is nothing to undo: open the page again to see what can be undone.")
    shift_ids = {each.shift_id for each in act.shift_changes} | {each.shift_id for each in act.away_changes}
    held = held_shifts(session, shift_ids)
    # Read again what a second press of the button may have done while this one waited: for the shifts, or
    # for the act itself, which may have left none to wait for.
    session.refresh(act, ["undone_at"], with_for_update=True)
    if act.undone_at is not None:
        raise CannotUndo("This was undone already: open the page again to see it as it is.")
    if not stands_as_left(session, act):
        raise CannotUndo(
            "Somebody has changed these records since, so they stay as they are:"
            " open the page again and correct each by hand."
        )
    steps = _steps_back(act, held)
    _check_away(session, steps, held)
    if act.shift_changes:
        _check_shifts(session, steps)
    _rename(session, act, steps, write(session, steps))
    for change in act.away_changes:
        _follow(session, act, change)
    reopen_reports(session, act)
    act.undone_at = now
    session.flush()
    return act


def _steps_back(act: Act, held: Mapping[int, HeldShift]) -> list[Step]:
    """The steps that take the act back, for each shift that it kept whole or changed the time away of.

    A shift that it added may have the key of one that it removed, in which there was no time away.
    """
    steps = []
    of_shift: dict[int, list[AwayChange]] = {}
    for change in act.away_changes:
        of_shift.setdefault(change.shift_id, []).append(change)
    for whole in act.shift_changes:
        if whole.after_starts_at is None:
            later = (whole.before_version or 0) + 1
            steps.append(Step(None, _before(whole, ()), whole.shift_id, later))
        else:
            now = held[whole.shift_id]
            away = _away_before(now.state.away, of_shift.pop(now.id, ()))
            steps.append(Step(now, _before(whole, away)))
    for shift_id, changes in of_shift.items():
        now = held[shift_id]
        steps.append(Step(now, replace(now.state, away=_away_before(now.state.away, changes))))
    return steps


def _before(change: ShiftChange, away: tuple[AwayState, ...]) -> ShiftState | None:
    starts, ends, unit_id, role = (
        change.before_starts_at,
        change.before_ends_at,
        change.before_unit_id,
        change.before_role,
    )
    if starts is None or ends is None or unit_id is None or role is None:
        return None
    is_named = change.before_is_team_named is True
    return ShiftState(change.member_id, Interval(starts, ends), unit_id, role, is_named, away)


def _away_before(now: Iterable[AwayState], changes: Sequence[AwayChange]) -> tuple[AwayState, ...]:
    """The time away of a shift as it was before the changes; what is none of theirs stays."""
    by_start = {each.interval.starts: each for each in now}
    left = {change.after_starts_at for change in changes}
    then = [each for start, each in by_start.items() if start not in left]
    for change in changes:
        if change.before_starts_at and change.before_ends_at and change.before_reason_id:
            stands = by_start.get(change.after_starts_at) if change.after_starts_at else None
            interval = Interval(change.before_starts_at, change.before_ends_at)
            key = stands.id if stands is not None else None
            then.append(AwayState(interval, change.before_reason_id, change.before_note, key))
    return tuple(sorted(then, key=lambda each: each.interval))


def _check_away(session: Session, steps: Sequence[Step], held: dict[int, HeldShift]) -> None:
    """Refuse (CannotUndo) where time away that returns would stand outside its shift or beside something."""
    known = {reason.id: reason for reason in reasons(session)}
    for step in steps:
        if step.before is None or step.after is None:
            continue
        away = [
            AwayTime(each.interval, known[each.reason_id].code, known[each.reason_id].kind)
            for each in step.after.away
        ]
        try:
            check_all_away(step.after.interval, away)
        except Refusal as refusal:
            who = f"{step.before.name} ({step.before.number})"
            raise CannotUndo(f"{who}: what was there before no longer fits. {refusal.message}") from None


def _check_shifts(session: Session, steps: Sequence[Step]) -> None:
    """Refuse (CannotUndo) where a shift that returns would stand on another, or count elsewhere than then."""
    places = Places(session)
    places.meet((step.member_id, step.after.unit_id if step.after else None) for step in steps)
    try:
        for step in steps:
            if step.after is not None:
                _check_place(step.after, places)
        check_room(session, steps, places)
    except CannotUndo:
        raise
    except Refusal as refusal:
        raise CannotUndo(f"What was there before no longer fits. {refusal.message}") from None


def _check_place(then: ShiftState, places: Places) -> None:
    if places.of(then.member_id, then.day, then.unit_id if then.is_team_named else None) != (
        then.unit_id,
        then.role,
    ):
        raise CannotUndo(
            f"{places.who(then.member_id)} has another posting now than when this was done, so the shift"
            " would count elsewhere: correct the roster by hand."
        )


def _rename(session: Session, act: Act, steps: Sequence[Step], keys: Sequence[int]) -> None:
    """Let the acts before this one know a shift that came back under another key, so that they can follow."""
    for step, key in zip(steps, keys, strict=True):
        if step.key in (None, key):
            continue
        for table in (SHIFT_CHANGES, AWAY_CHANGES):
            earlier = table.c.act_id < act.id, table.c.shift_id == step.key
            session.execute(update(table).where(*earlier).values(shift_id=key))


def _follow(session: Session, act: Act, change: AwayChange) -> None:
    """Let what follows time away go with it to where it was, or go where nothing returns."""
    before, after = change.before_starts_at, change.after_starts_at
    if after is None:
        return
    if before is not None:
        follow_start(session, change.member_id, after, before)
    elif not any(each.before_starts_at == after for each in act.away_changes):
        forget(session, (change.member_id, after), by=act.account_id, at=act.done_at)
