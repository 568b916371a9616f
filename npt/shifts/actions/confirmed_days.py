"""Counting what is changed on a day after a supervisor has confirmed it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from npt.journal.listener import NOTED
from npt.shifts.models import CONFIRMATIONS

#: A unit, by its key, on a day.
UnitDay = tuple[int, date]

_COUNT = (
    update(CONFIRMATIONS)
    .where(CONFIRMATIONS.c.unit_id == bindparam("of_unit"), CONFIRMATIONS.c.on_date == bindparam("of_day"))
    .values(changes_since=CONFIRMATIONS.c.changes_since + bindparam("count"))
)


def count_changes(session: Session, changes: Iterable[UnitDay]) -> None:
    """Add to each unit's day, if it is confirmed, how often it stands in `changes`: once a shift changed.

    One statement. The journal, which has the changes themselves, says nothing of their number.
    """
    given = [
        {"of_unit": unit_id, "of_day": day, "count": count}
        for (unit_id, day), count in sorted(Counter(changes).items())
    ]
    if given:
        session.execute(_COUNT, given, execution_options={NOTED: True})
