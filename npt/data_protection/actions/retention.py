"""Erasing what has served its time: rows by their tables' periods, people some months after they left."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import CursorResult, Date, Table, delete
from sqlalchemy.orm import Session

from npt.data_protection.actions.applying import Applied, apply_erasures
from npt.data_protection.actions.forgetting import erase, erase_rows
from npt.data_protection.actions.rows import in_order_of_deletion
from npt.data_protection.kinds import kinds
from npt.data_protection.queries import erased_people, is_erased, kept_for, person_of, still_here
from npt.data_protection.rules import Outcome, months_before
from npt.journal.rules import PersonKey
from npt.store.personal import mark_of


def retain(
    session: Session,
    *,
    today: date,
    now: datetime,
    months: int,
    months_of: Mapping[str, int] = MappingProxyType({}),
) -> Iterator[Outcome]:
    """Erase what has served its time, part by part and person by person: what came of each part.

    People `months` after they left, those of some tables by `months_of`, or as long as their kind says; those
    who are still needed wait. Whoever takes the outcomes may commit after each, and begins to write again
    before the next. Safe to do every day, and after it was broken off.
    """
    outcome = Outcome()
    _delete_old_rows(session, now, outcome)
    applied: Applied = apply_erasures(session, now=now)
    outcome.merge(applied.outcome)
    yield outcome
    for kind in kinds().values():
        days = kind.kept_for_days
        before = (
            months_before(today, months_of.get(kind.table, months))
            if days is None
            else today - timedelta(days=days)
        )
        for record_id in sorted(kind.gone_before(session, before)):
            key = PersonKey(kind.table, record_id)
            if not is_erased(session, key):
                person = person_of(session, key)
                if not (kept_for(session, person, today) or still_here(session, person, today)):
                    yield erase(session, person, now=now)
    outcome = Outcome()
    erase_rows(session, tuple(erased_people(session)), outcome)  # what was saved while they were erased
    yield outcome


def _delete_old_rows(session: Session, now: datetime, outcome: Outcome) -> None:
    for name, model in in_order_of_deletion():
        kept, rows = mark_of(model).kept, cast(Table, model.__table__)
        if kept.since is not None and kept.period is not None:
            column = rows.c[kept.since]
            end: Any = now - kept.period
            done = session.execute(
                delete(rows).where(column < (end.date() if isinstance(column.type, Date) else end))
            )
            outcome.add(name, "deleted, their time is over", cast(CursorResult[Any], done).rowcount)
