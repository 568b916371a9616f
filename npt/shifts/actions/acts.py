"""Keeping what was done to a unit's shifts as one act, so that it can be taken back in one go."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from npt.journal.many import add_rows
from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.actions.shift_writes import Step, write
from npt.shifts.models import AWAY_CHANGES, SHIFT_CHANGES, Act
from npt.shifts.rules import AwayState, ShiftState
from npt.store.many import Stored
from npt.store.types import minute_number

SUMMARY_LENGTH = 200

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


def times_in_words(intervals: Sequence[Interval]) -> str:
    """The times in words when all are the same: "14:00 to 18:00"; else "different times"."""
    first = intervals[0]
    if any(interval != first for interval in intervals):
        return "different times"
    return f"{clock_in_words(first.starts)} to {clock_in_words(first.ends)}"
