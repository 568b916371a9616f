"""Keeping what was done to a day as one act, so that it can be taken back in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.duty.models import AWAY_CHANGES, Act
from npt.kit.clock import clock_in_words
from npt.kit.intervals import Interval
from npt.organisation.models import Unit


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
    session: Session, by: int, now: datetime, unit: Unit, day: date, summary: str, changes: Sequence[Change]
) -> Act:
    """Keep the changes as one act of the account `by`, and send it to the database."""
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


def _columns(when: str, recorded: Recorded | None) -> dict[str, object]:
    return {
        f"{when}_starts_at": recorded and recorded.interval.starts,
        f"{when}_ends_at": recorded and recorded.interval.ends,
        f"{when}_reason_id": recorded and recorded.reason_id,
        f"{when}_note": recorded and recorded.note,
    }


def times_in_words(intervals: Sequence[Interval]) -> str:
    """The times in words when all are the same: "14:00 to 18:00"; else "different times"."""
    first = intervals[0]
    if any(interval != first for interval in intervals):
        return "different times"
    return f"{clock_in_words(first.starts)} to {clock_in_words(first.ends)}"
