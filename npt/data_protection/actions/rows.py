"""What erasure does to the rows of people, by one statement a table."""

from collections.abc import Collection, Iterator
from typing import Any, cast

from sqlalchemy import CursorResult, Table, case, delete, or_, update
from sqlalchemy.orm import Session

from npt.data_protection.queries import whose
from npt.data_protection.rules import Outcome
from npt.journal.rules import PersonKey
from npt.store.base import Base
from npt.store.personal import ERASED_WORDS, ITSELF, Fate, mark_of, models_by_table


def in_order_of_deletion() -> Iterator[tuple[str, type[Any]]]:
    """Every table with its model, those that point at others before them."""
    models = models_by_table()
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in models:
            yield table.name, models[table.name]


def delete_rows(session: Session, keys: Collection[PersonKey], outcome: Outcome) -> None:
    """Delete what erasure deletes of these people."""
    for name, model in in_order_of_deletion():
        if mark_of(model).goes and (condition := whose(model, keys)) is not None:
            done = session.execute(delete(model.__table__).where(condition))
            outcome.add(name, "deleted", cast(CursorResult[Any], done).rowcount)


def empty_words(session: Session, keys: Collection[PersonKey], outcome: Outcome) -> None:
    """Put the fixed word, or nothing where that may be, in the place of what these people's rows say."""
    for name, model in models_by_table().items():
        mark, rows = mark_of(model), cast(Table, model.__table__)
        held = {rows.c[each]: fate for each, fate in mark.holds.items() if fate is not Fate.KEPT}
        is_other = mark.whose != ITSELF
        columns = {column: fate for column, fate in held.items() if is_other or fate is Fate.FREE_TEXT}
        if mark.goes or not columns or (condition := whose(model, keys)) is None:
            continue
        left = {column: None if fate is Fate.EMPTIED else ERASED_WORDS for column, fate in columns.items()}
        told = [column.is_not(None) & column.is_distinct_from(value) for column, value in left.items()]
        values: dict[str, Any] = {
            column.name: case((column.is_(None), None), else_=value) for column, value in left.items()
        }
        done = session.execute(update(rows).where(condition, or_(*told)).values(values | next_version(rows)))
        outcome.add(name, "words erased", cast(CursorResult[Any], done).rowcount)


def next_version(rows: Table) -> dict[str, Any]:
    """Who has an old form of the row open is told that it changed."""
    return {"version": rows.c.version + 1} if "version" in rows.c else {}
