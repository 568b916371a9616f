"""Putting time away right: other values, its end once the member is back, or nothing at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.kit.clock import clock_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions.acts import keep_day_act, summary_naming, times_in_words
from npt.shifts.actions.away_entries import checked_note, reason_coded
from npt.shifts.actions.held_shifts import HeldShift, StaleDay, held_shifts
from npt.shifts.actions.open_ends_and_losses import follow_start
from npt.shifts.actions.steps import Step
from npt.shifts.models import Act
from npt.shifts.queries import GridAway, away_in, day_grid
from npt.shifts.rules import AwayState, AwayTime, check_away, check_open, ended, interval_of, is_running


class NotRunning(Refusal):
    """Somebody was said to be back from something that is over already."""


def correct_away(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    day: date,
    away_id: int,
    expected_version: int,
    starts: datetime,
    ends: datetime,
    reason: str,
    note: str | None,
) -> Act:
    """Correct time away: its times, its reason, its note. As one act.

    StaleDay when it was changed or removed meanwhile; else as `record_away` refuses.
    """
    shift, before = held_away(session, unit, day, away_id, expected_version)
    chosen = reason_coded(session, reason)
    note = checked_note(chosen, note)
    if chosen.id != before.reason_id:  # what is recorded for a reason that has been closed may stay
        check_open(chosen.name, chosen.closed_on, day)
    with shift.named():
        interval = interval_of(starts, ends)
        others = [away.away_time for away in shift.away if away.id != away_id]
        check_away(shift.interval, others, AwayTime(interval, chosen.code, chosen.kind))
    follow_start(session, shift.member_id, before.interval.starts, interval.starts)
    state = AwayState(interval, chosen.id, note, away_id)
    return _keep(session, stamp, unit, shift, before, [state], f"{chosen.name} corrected")


def remove_away(
    session: Session, *, stamp: Stamp, unit: Unit, day: date, away_id: int, expected_version: int
) -> Act:
    """Remove time away that was recorded by mistake. As one act. StaleDay when it was changed meanwhile."""
    shift, before = held_away(session, unit, day, away_id, expected_version)
    return _keep(session, stamp, unit, shift, before, [], f"{before.reason_name} removed")


def come_back(
    session: Session, *, stamp: Stamp, unit: Unit, day: date, away_id: int, expected_version: int
) -> Act:
    """End a running abstraction with the minute of `now`: the member is back. As one act.

    StaleDay when it was changed meanwhile; NotRunning; NotBackYet in the minute in which it began.
    """
    shift, before = held_away(session, unit, day, away_id, expected_version)
    if not is_running(shift.interval, before.interval, is_end_open=before.is_end_open, now=stamp.now):
        raise NotRunning(
            f"{before.reason_name} from {clock_in_words(before.interval.starts)} ended at"
            f" {clock_in_words(before.interval.ends)}: correct the end if that is not right."
        )
    interval = ended(before.interval, stamp.now)
    state = AwayState(interval, before.reason_id, before.note, away_id)
    return _keep(session, stamp, unit, shift, before, [state], f"{before.reason_name} ended")


def _keep(
    session: Session,
    stamp: Stamp,
    unit: Unit,
    shift: HeldShift,
    before: GridAway,
    after: Sequence[AwayState],
    done: str,
) -> Act:
    """Let `after` stand where `before` stood in the shift, as one act: what was `done`, for whom and when."""
    times = times_in_words([after[0].interval if after else before.interval], shift.on_date)
    summary = summary_naming([shift.name], lambda whom: f"{done} for {whom}, {times}")
    others = (away for away in shift.state.away if away.id != before.id)
    step = Step(shift, replace(shift.state, away=(*others, *after)))
    return keep_day_act(session, stamp, unit, [step], summary)


def held_away(
    session: Session, unit: Unit, day: date, away_id: int, expected_version: int
) -> tuple[HeldShift, GridAway]:
    """The time away with its shift held, if it is still as it was seen. StaleDay."""
    found = away_in(session, unit, away_id)
    shift = held_shifts(session, [found.shift_id]).get(found.shift_id) if found is not None else None
    if shift is not None and (shift.unit_id, shift.on_date) == (unit.id, day):
        for away in shift.away:
            if (away.id, away.version) == (away_id, expected_version):
                return shift, away
    raise StaleDay(day_grid(session, unit, day))
