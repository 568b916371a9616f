"""Which rows are whose."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, select

from npt.journal.rules import PersonKey
from npt.store.personal import ITSELF, mark_of, trail_of


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
