"""Putting time away right: other values, its end once the member is back, or nothing at all."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.kit.clock import clock_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions.away_entries import checked_note, reason_coded
from npt.shifts.actions.day_acts import Change, Recorded, keep_act, times_in_words
from npt.shifts.actions.locking import HeldShift, StaleDay, count_change, held_shifts
from npt.shifts.actions.open_ends_and_losses import follow_start
from npt.shifts.models import Act, Away
from npt.shifts.queries import GridAway, away_in, day_grid
from npt.shifts.rules import AwayTime, check_away, check_open, ended, interval_of, is_running
from npt.store.constraints import refusing


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
    with refusing(session):
        away = session.get_one(Away, away_id, populate_existing=True)
        away.starts_at, away.ends_at, away.minutes = interval.starts, interval.ends, interval.minutes
        away.reason_id, away.note = chosen.id, note
        session.flush()
        follow_start(session, shift.member_id, before.interval.starts, interval.starts)
        count_change(session, unit, day, [shift])
        change = Change(
            shift.id,
            Recorded(before.interval, before.reason_id, before.note),
            Recorded(interval, chosen.id, note),
        )
        summary = f"{chosen.name} corrected, {times_in_words([interval])}"
        return keep_act(session, stamp, unit, day, summary, [change])


def remove_away(
    session: Session, *, stamp: Stamp, unit: Unit, day: date, away_id: int, expected_version: int
) -> Act:
    """Remove time away that was recorded by mistake. As one act. StaleDay when it was changed meanwhile."""
    shift, before = held_away(session, unit, day, away_id, expected_version)
    with refusing(session):
        session.delete(session.get_one(Away, away_id, populate_existing=True))
        session.flush()
        count_change(session, unit, day, [shift])
        summary = f"{before.reason_name} removed, {times_in_words([before.interval])}"
        change = Change(shift.id, Recorded(before.interval, before.reason_id, before.note), None)
        return keep_act(session, stamp, unit, day, summary, [change])


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
    with refusing(session):
        away = session.get_one(Away, away_id, populate_existing=True)
        away.ends_at, away.minutes = interval.ends, interval.minutes
        session.flush()
        count_change(session, unit, day, [shift])
        was, now_is = (Recorded(each, before.reason_id, before.note) for each in (before.interval, interval))
        summary = f"{before.reason_name} ended for 1 member, {times_in_words([interval])}"
        return keep_act(session, stamp, unit, day, summary, [Change(shift.id, was, now_is)])


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
