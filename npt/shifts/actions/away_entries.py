"""Recording who was taken off duty: for one member or many at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions.acts import keep_day_act, summary_naming, times_in_words
from npt.shifts.actions.held_shifts import HeldShift, shifts_of_day
from npt.shifts.actions.open_ends_and_losses import Lost, keep_loss, open_ends
from npt.shifts.actions.steps import Step
from npt.shifts.invariants import AWAY_APART, AWAY_INSIDE
from npt.shifts.models import Act
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import (
    AwayOutsideShift,
    AwayOverlaps,
    AwayState,
    AwayTime,
    check_away,
    check_loss,
    check_note,
    check_open,
    interval_of,
)
from npt.store.constraints import name_violation, refusing

NOTE_LENGTH = 1000
#: The most that reasons by their names take of a summary; one of them always has room.
_LONGEST_REASONS = 80


class NothingChosen(Refusal):
    """Time away was to be recorded for nobody."""


class UnknownReason(Refusal):
    """A reason was given that there is not."""


class NoteTooLong(Refusal):
    """A note of more than 1,000 characters."""


for _constraint in (AWAY_APART, "uq_away_shift_id_starts_at"):
    name_violation(
        _constraint,
        lambda: AwayOverlaps(
            "Somebody else has just recorded time away at that time: open the day again and compare the two.",
            field="starts",
        ),
    )
name_violation(
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
class ReasonedEntry(AwayEntry):
    """The same with why; `is_end_open`: the end stands for “not known yet”."""

    reason: ReasonLine
    note: str | None
    is_end_open: bool = False


def record_away(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    day: date,
    entries: Sequence[AwayEntry],
    reason: str,
    note: str | None,
    expected: Mapping[int, int],
    is_end_open: bool = False,
    lost: Lost | None = None,
    known: Iterable[ReasonLine] | None = None,
    held: Mapping[int, HeldShift] | None = None,
) -> Act:
    """Record time away for one member or many at once, all for the same reason (its code), as one act.

    `expected` gives the version of each shift that the person saw; those that the entries do not touch may
    have changed meanwhile. `is_end_open`: the ends, those of the shifts, stand for “not known yet”. `lost`:
    what the neighbourhood lost by it, kept once, with the first entry. `known`: the reasons, and `held`:
    the shifts, where they have been read, and held, already.

    NothingChosen, UnknownReason, ReasonClosed, NoteMissing, NoteTooLong, WordsMissing, StaleDay; with the
    member's name, NoLength, EndsBeforeItStarts, AwayOutsideShift, AwayOverlaps, AbstractionDuringAbsence.
    """
    if not entries:
        raise NothingChosen("No one is chosen: choose at least one member.", field="members")
    chosen = reason_coded(session, reason, known)
    note = checked_note(chosen, note)
    return record_entries(
        session,
        stamp=stamp,
        unit=unit,
        day=day,
        entries=[
            ReasonedEntry(entry.shift_id, entry.starts, entry.ends, chosen, note, is_end_open)
            for entry in entries
        ],
        expected=expected,
        lost=lost,
        held=held,
    )


def record_entries(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    day: date,
    entries: Sequence[ReasonedEntry],
    expected: Mapping[int, int],
    lost: Lost | None = None,
    origin: str = "",
    held: Mapping[int, HeldShift] | None = None,
) -> Act:
    """Record entries that each have their own reason and note, already checked, as one act.

    `origin` follows the act's summary: ", copied". Refuses as `record_away` does.
    """
    for reason in {entry.reason.id: entry.reason for entry in entries}.values():
        check_open(reason.name, reason.closed_on, day)
    if lost is not None:
        check_loss(lost.kind, lost.words)
    # A shift that the form did not show has no version: 0 is never one, so the entry is stale.
    seen = {entry.shift_id: expected.get(entry.shift_id, 0) for entry in entries}
    there = shifts_of_day(session, unit, day, seen, held)
    stands = {shift_id: [away.away_time for away in shift.away] for shift_id, shift in there.items()}
    new: dict[int, list[AwayState]] = {}
    starts: list[tuple[int, datetime]] = []
    for entry in entries:
        shift = there[entry.shift_id]
        with shift.named():
            interval = interval_of(entry.starts, entry.ends)
            time = AwayTime(interval, entry.reason.code, entry.reason.kind)
            check_away(shift.interval, stands[shift.id], time)
        stands[shift.id].append(time)
        new.setdefault(shift.id, []).append(AwayState(interval, entry.reason.id, entry.note))
        starts.append((shift.member_id, interval.starts))
    steps = [
        Step(there[key], replace(there[key].state, away=(*there[key].state.away, *added)))
        for key, added in new.items()
    ]
    act = keep_day_act(session, stamp, unit, steps, _summary(entries, there, day, origin))
    with refusing(session):
        is_open = [key for key, entry in zip(starts, entries, strict=True) if entry.is_end_open]
        open_ends(session, starts, is_open)
        if lost is not None:
            keep_loss(session, stamp=stamp, member_id=starts[0][0], starts=starts[0][1], lost=lost)
    return act


def _summary(
    entries: Sequence[ReasonedEntry], shifts: Mapping[int, HeldShift], day: date, origin: str
) -> str:
    reasons = {entry.reason.name: None for entry in entries}
    what = " and ".join(reasons)
    if len(reasons) > 2 or len(what) > _LONGEST_REASONS:
        what = f"{len(reasons)} reasons"
    if all(entry.is_end_open for entry in entries):
        times = f"from {clock_in_words(entries[0].starts)}, end not known yet"
    else:
        times = times_in_words([Interval(entry.starts, entry.ends) for entry in entries], day)
    names = (shifts[entry.shift_id].name for entry in entries)
    return summary_naming(names, lambda whom: f"{what} recorded for {whom}, {times}{origin}")


def reason_coded(session: Session, code: str, known: Iterable[ReasonLine] | None = None) -> ReasonLine:
    """The reason of this code, of those `known` or of all there are. UnknownReason."""
    for reason in reasons(session) if known is None else known:
        if reason.code == code:
            return reason
    raise UnknownReason(f"There is no reason “{code[:40]}”: choose one from the list.", field="reason")


def checked_note(reason: ReasonLine, note: str | None) -> str | None:
    """The note as it is kept, an empty one as None. NoteMissing, NoteTooLong."""
    kept = (note or "").strip() or None
    check_note(reason.name, reason.needs_note, kept)
    if kept is not None and len(kept) > NOTE_LENGTH:
        raise NoteTooLong(
            f"The note has {len(kept):,} characters: use {NOTE_LENGTH:,} at most.", field="note"
        )
    return kept
