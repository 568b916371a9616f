"""Keeping what was done to a unit's shifts as one act, so that it can be taken back in one go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from npt.journal.many import add_rows
from npt.kit.clock import day_in_words, local_day
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions.open_ends_and_losses import open_ends
from npt.shifts.actions.shift_writes import write
from npt.shifts.actions.steps import Step
from npt.shifts.models import AWAY_CHANGES, SHIFT_CHANGES, Act
from npt.shifts.rules import AwayState, ShiftState
from npt.store.many import Stored
from npt.store.types import minute_number

SUMMARY_LENGTH = 200
#: Members whom a summary names; the others are counted.
NAMED = 3

_SHIFT_CHANGE = (
    "act_id",
    "shift_id",
    "member_id",
    "before_version",
    *(f"before_{name}" for name in ("starts_at", "ends_at", "unit_id", "role", "is_team_named")),
    *(f"after_{name}" for name in ("starts_at", "ends_at", "unit_id", "role", "is_team_named")),
)
_AWAY_CHANGE = (
    "act_id",
    "shift_id",
    "member_id",
    *(f"before_{name}" for name in ("starts_at", "ends_at", "reason_id", "note")),
    *(f"after_{name}" for name in ("starts_at", "ends_at", "reason_id", "note")),
)


class CannotUndo(Refusal):
    """An act that was taken back already, or whose records somebody has changed since."""


def keep_day_act(session: Session, stamp: Stamp, unit: Unit, steps: Sequence[Step], summary: str) -> Act:
    """Write steps that change only time away, and keep what they did to it as one act."""
    write(session, steps)
    act = _act(session, stamp, unit, steps, summary)
    _keep_away(session, act, [(step.before.id, step) for step in steps if step.before is not None], False)
    return act


def keep_roster_act(session: Session, stamp: Stamp, unit: Unit, steps: Sequence[Step], summary: str) -> Act:
    """Write the steps, and keep each shift whole, before and after, as one act."""
    keyed = list(zip(write(session, steps), steps, strict=True))
    open_ends(session, (start for step in steps for start in step.away_started))
    act = _act(session, stamp, unit, steps, summary)
    rows = [
        (
            act.id,
            key,
            step.member_id,
            None if step.before is None else step.before.version,
            *_shift_columns(None if step.before is None else step.before.state),
            *_shift_columns(step.after),
        )
        for key, step in keyed
    ]
    add_rows(session, SHIFT_CHANGES, _SHIFT_CHANGE, rows)
    _keep_away(session, act, keyed, True)
    return act


def _act(session: Session, stamp: Stamp, unit: Unit, steps: Sequence[Step], summary: str) -> Act:
    days = [day for step in steps for day in step.days]
    act = Act(
        unit_id=unit.id,
        first_on=min(days),
        last_on=max(days),
        account_id=stamp.account_id,
        done_at=stamp.now,
        summary=summary[:SUMMARY_LENGTH],
    )
    session.add(act)
    session.flush()
    return act


def _keep_away(session: Session, act: Act, keyed: Sequence[tuple[int, Step]], is_whole: bool) -> None:
    rows = [
        (act.id, key, step.member_id, *_away_columns(was), *_away_columns(then))
        for key, step in keyed
        for was, then in step.away_changes
        if is_whole or was != then
    ]
    add_rows(session, AWAY_CHANGES, _AWAY_CHANGE, rows)


def _shift_columns(state: ShiftState | None) -> tuple[Stored, ...]:
    if state is None:
        return (None,) * 5
    starts, ends = minute_number(state.interval.starts), minute_number(state.interval.ends)
    return starts, ends, state.unit_id, state.role.value, state.is_team_named


def _away_columns(state: AwayState | None) -> tuple[Stored, ...]:
    if state is None:
        return (None,) * 4
    starts, ends = minute_number(state.interval.starts), minute_number(state.interval.ends)
    return starts, ends, state.reason_id, state.note


def summary_naming(names: Iterable[str], words: Callable[[str], str]) -> str:
    """What was done, in `words`, which are given whom it is about: by name as far as a summary has room."""
    whom = list(dict.fromkeys(names))
    for most in range(NAMED, 0, -1):
        summary = words(names_in_words(whom, most))
        if len(summary) <= SUMMARY_LENGTH:
            return summary
    return words("1 member" if len(whom) == 1 else f"{len(whom)} members")


def names_in_words(names: Sequence[str], most: int = NAMED) -> str:
    """The first names, and how many others: "Ann Lee, Bea Obi, Cy Day and 2 others"."""
    others = len(names) - most
    if others > 0:
        return f"{', '.join(names[:most])} and {'1 other' if others == 1 else f'{others} others'}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def times_in_words(intervals: Sequence[Interval], day: date) -> str:
    """The times in words when all are the same: "14:00 to 18:00"; else "different times".

    Of a night's shift of `day` they may be on the morning after: "01:00 to 03:00 on 5 May 2026".
    """
    first = intervals[0]
    if any(interval != first for interval in intervals):
        return "different times"
    starts_on = local_day(first.starts)
    words = first.times_in_words
    return words if starts_on == day else f"{words} on {day_in_words(starts_on)}"
