"""The rows of a person: which they are, and what erasure does to them by one statement a table."""

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Table, and_, case, delete, or_, select, update
from sqlalchemy.orm import Session

from npt.data_protection.rules import Outcome
from npt.journal.rules import PersonKey
from npt.store.personal import ERASED_WORDS, ITSELF, Fate, mark_of, models_by_table, trail_of


def whose(model: type[Any], keys: Collection[PersonKey]) -> ColumnElement[bool] | None:
    """The condition that a row of this table is one of these people's; None where none can be."""
    trail = trail_of(model)
    if not trail:
        return None
    ids = [key.id for key in keys if key.table == trail[-1].table.name]
    if not ids:
        return None
    steps = list(trail[:1] if mark_of(model).whose == ITSELF else trail[:-1])
    condition: ColumnElement[bool] = steps[-1].in_(ids)
    for step in reversed(steps[:-1]):
        target = next(iter(step.foreign_keys)).column.table
        condition = step.in_(select(target.c.id).where(condition))
    return condition


def delete_rows(session: Session, keys: Collection[PersonKey], outcome: Outcome) -> None:
    """Delete what erasure deletes of these people."""
    for name, model in models_by_table().items():
        if mark_of(model).goes and (condition := whose(model, keys)) is not None:
            done = session.execute(delete(model.__table__).where(condition))
            outcome.add(name, "deleted", cast(CursorResult[Any], done).rowcount)


def empty_words(session: Session, keys: Collection[PersonKey], outcome: Outcome) -> None:
    """Put the fixed word in the place of the free text of these people's rows."""
    for name, model in models_by_table().items():
        mark, rows = mark_of(model), cast(Table, model.__table__)
        columns = [rows.c[column] for column, fate in mark.holds.items() if fate is Fate.FREE_TEXT]
        if mark.goes or not columns or (condition := whose(model, keys)) is None:
            continue
        written = [and_(column.is_not(None), column != ERASED_WORDS) for column in columns]
        values: dict[str, Any] = {
            column.name: case((column.is_(None), None), else_=ERASED_WORDS) for column in columns
        }
        done = session.execute(
            update(rows).where(condition, or_(*written)).values(values | next_version(rows))
        )
        outcome.add(name, "words erased", cast(CursorResult[Any], done).rowcount)


def next_version(rows: Table) -> dict[str, Any]:
    """Who has an old form of the row open is told that it changed."""
    return {"version": rows.c.version + 1} if "version" in rows.c else {}
