"""Recording who was taken off duty: for one member or many at once, correcting it, and removing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.duty.actions.holding import HeldShift, StaleDay, count_change, held_shifts, shifts_of_day
from npt.duty.invariants import AWAY_APART, AWAY_INSIDE
from npt.duty.models import AWAY, AWAY_CHANGES, Act, Away
from npt.duty.queries import GridAway, ReasonLine, away_in, day_grid, reasons
from npt.duty.rules import (
    AwayOutsideShift,
    AwayOverlaps,
    AwayTime,
    check_away,
    check_note,
    check_open,
    interval_of,
)
from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.store.constraints import refuse_on, refusing

NOTE_LENGTH = 1000


class NothingChosen(Refusal):
    """Time away was to be recorded for nobody."""


class UnknownReason(Refusal):
    """A reason was given that there is not."""


class NoteTooLong(Refusal):
    """A note of more than 1,000 characters."""


for _constraint in (AWAY_APART, "uq_away_shift_id_starts_at"):
    refuse_on(
        _constraint,
        lambda: AwayOverlaps(
            "Somebody else has just recorded time away at that time: open the day again and compare the two.",
            field="starts",
        ),
    )
refuse_on(
    AWAY_INSIDE,
    lambda: AwayOutsideShift(
        "Time away must lie inside its shift: open the day again to see the shift as it is now.",
        field="starts",
    ),
)


@dataclass(frozen=True, slots=True)
class AwayEntry:
    """From when to when the member of a shift is away."""

    shift_id: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class _Recorded:
    """Time away as it stands in the tables, before or after a change."""

    interval: Interval
    reason_id: int
    note: str | None


@dataclass(frozen=True, slots=True)
class _Change:
    """What an act did in one shift: nothing before is an addition, nothing after a removal."""

    shift_id: int
    before: _Recorded | None
    after: _Recorded | None


def record_away(
    session: Session,
    *,
    by: int,
    now: datetime,
    unit: Unit,
    day: date,
    entries: Sequence[AwayEntry],
    reason: str,
    note: str | None,
    expected: Mapping[int, int],
) -> Act:
    """Record time away for one member or many at once, all for the same reason (its code), as one act.

    `expected` gives the version of each shift that the person saw; those that the entries do not touch may
    have changed meanwhile. NothingChosen, UnknownReason, ReasonClosed, NoteMissing, NoteTooLong, StaleDay;
    with the member's name, NoLength, EndsBeforeItStarts, AwayOutsideShift, AwayOverlaps,
    AbstractionDuringAbsence.
    """
    if not entries:
        raise NothingChosen("Nobody is chosen: choose at least one member.", field="members")
    chosen = _reason(session, reason)
    note = checked_note(chosen, note)
    check_open(chosen.name, chosen.closed_on, day)
    # A shift that the form did not show has no version: 0 is never one, so the entry is stale.
    seen = {entry.shift_id: expected.get(entry.shift_id, 0) for entry in entries}
    held = shifts_of_day(session, unit, day, seen)
    stands = {shift_id: [away.away_time for away in shift.away] for shift_id, shift in held.items()}
    added: list[tuple[int, Interval]] = []
    for entry in entries:
        with held[entry.shift_id].named():
            interval = interval_of(entry.starts, entry.ends)
            new = AwayTime(interval, chosen.code, chosen.kind)
            check_away(held[entry.shift_id].interval, stands[entry.shift_id], new)
        stands[entry.shift_id].append(new)
        added.append((entry.shift_id, interval))
    with refusing(session):
        session.execute(
            insert(AWAY),
            [
                {
                    "shift_id": shift_id,
                    "starts_at": interval.starts,
                    "ends_at": interval.ends,
                    "minutes": interval.minutes,
                    "reason_id": chosen.id,
                    "note": note,
                }
                for shift_id, interval in added
            ],
        )
        count_change(session, unit, day, list(held.values()))
        changes = [
            _Change(shift_id, None, _Recorded(interval, chosen.id, note)) for shift_id, interval in added
        ]
        members = {held[shift_id].member_id for shift_id, _ in added}
        whom = "1 member" if len(members) == 1 else f"{len(members)} members"
        summary = f"{chosen.name} for {whom}, {_times([interval for _, interval in added])}"
        return _act(session, by, now, unit, day, summary, changes)


def correct_away(
    session: Session,
    *,
    by: int,
    now: datetime,
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
    shift, before = _held_away(session, unit, day, away_id, expected_version)
    chosen = _reason(session, reason)
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
        count_change(session, unit, day, [shift])
        change = _Change(
            shift.id,
            _Recorded(before.interval, before.reason_id, before.note),
            _Recorded(interval, chosen.id, note),
        )
        summary = f"{chosen.name} corrected, {_times([interval])}"
        return _act(session, by, now, unit, day, summary, [change])


def remove_away(
    session: Session, *, by: int, now: datetime, unit: Unit, day: date, away_id: int, expected_version: int
) -> Act:
    """Remove time away that was recorded by mistake. As one act. StaleDay when it was changed meanwhile."""
    shift, before = _held_away(session, unit, day, away_id, expected_version)
    with refusing(session):
        session.delete(session.get_one(Away, away_id, populate_existing=True))
        session.flush()
        count_change(session, unit, day, [shift])
        summary = f"{before.reason_name} removed, {_times([before.interval])}"
        change = _Change(shift.id, _Recorded(before.interval, before.reason_id, before.note), None)
        return _act(session, by, now, unit, day, summary, [change])


def _held_away(
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


def _reason(session: Session, code: str) -> ReasonLine:
    for reason in reasons(session):
        if reason.code == code:
            return reason
    raise UnknownReason(f"There is no reason “{code[:40]}”: choose one of the list.", field="reason")


def checked_note(reason: ReasonLine, note: str | None) -> str | None:
    """The note as it is kept, an empty one as None. NoteMissing, NoteTooLong."""
    kept = (note or "").strip() or None
    check_note(reason.name, reason.needs_note, kept)
    if kept is not None and len(kept) > NOTE_LENGTH:
        raise NoteTooLong(
            f"The note has {len(kept):,} characters: use {NOTE_LENGTH:,} at most.", field="note"
        )
    return kept


def _act(
    session: Session, by: int, now: datetime, unit: Unit, day: date, summary: str, changes: list[_Change]
) -> Act:
    act = Act(unit_id=unit.id, on_date=day, account_id=by, done_at=now, summary=summary)
    session.add(act)
    session.flush()
    session.execute(
        insert(AWAY_CHANGES),
        [
            {
                "act_id": act.id,
                "shift_id": change.shift_id,
                **_columns("before", change.before),
                **_columns("after", change.after),
            }
            for change in changes
        ],
    )
    return act


def _columns(when: str, recorded: _Recorded | None) -> dict[str, object]:
    return {
        f"{when}_starts_at": recorded and recorded.interval.starts,
        f"{when}_ends_at": recorded and recorded.interval.ends,
        f"{when}_reason_id": recorded and recorded.reason_id,
        f"{when}_note": recorded and recorded.note,
    }


def _times(intervals: Sequence[Interval]) -> str:
    """The times in words when all are the same: "14:00 to 18:00"; else "different times"."""
    first = intervals[0]
    if any(interval != first for interval in intervals):
        return "different times"
    return f"{clock_in_words(first.starts)} to {clock_in_words(first.ends)}"
