"""Keeping what was done to a day as one act, so that it can be taken back in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.journal.many import add_rows
from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.shifts.models import AWAY_CHANGES, Act
from npt.store.many import Stored
from npt.store.types import minute_number

#: The columns of new time away, as `npt.journal.many` takes them: its minutes as `stored_minutes` gives them.
NEW_AWAY = ("shift_id", "starts_at", "ends_at", "minutes", "reason_id", "note", "version")
_CHANGE = (
    "act_id",
    "shift_id",
    *(f"before_{name}" for name in ("starts_at", "ends_at", "reason_id", "note")),
    *(f"after_{name}" for name in ("starts_at", "ends_at", "reason_id", "note")),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Time away as it stands in the tables, before or after a change."""

    interval: Interval
    reason_id: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did in one shift: nothing before is an addition, nothing after a removal."""

    shift_id: int
    before: Recorded | None
    after: Recorded | None


def keep_act(
    session: Session, stamp: Stamp, unit: Unit, day: date, summary: str, changes: Sequence[Change]
) -> Act:
    """Keep the changes as one act of the account `by`, and send it to the database."""
    act = Act(unit_id=unit.id, on_date=day, account_id=stamp.account_id, done_at=stamp.now, summary=summary)
    session.add(act)
    session.flush()
    rows = [
        (act.id, change.shift_id, *_columns(change.before), *_columns(change.after)) for change in changes
    ]
    add_rows(session, AWAY_CHANGES, _CHANGE, rows)
    return act


def stored_minutes(interval: Interval) -> tuple[int, int, int]:
    """Start, end and length of time away as its table stores them: in minutes, the first two since 1970."""
    return minute_number(interval.starts), minute_number(interval.ends), interval.minutes


def _columns(recorded: Recorded | None) -> tuple[Stored, ...]:
    if recorded is None:
        return None, None, None, None
    starts, ends, _ = stored_minutes(recorded.interval)
    return starts, ends, recorded.reason_id, recorded.note


def times_in_words(intervals: Sequence[Interval]) -> str:
    """The times in words when all are the same: "14:00 to 18:00"; else "different times"."""
    first = intervals[0]
    if any(interval != first for interval in intervals):
        return "different times"
    return f"{clock_in_words(first.starts)} to {clock_in_words(first.ends)}"


class CannotUndo(Refusal):
    """An act that was taken back already, or whose records somebody has changed since."""
