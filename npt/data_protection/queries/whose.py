"""Which rows are whose."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from npt.data_protection.kinds import kinds
from npt.journal.rules import PersonKey
from npt.store.personal import ITSELF, mark_of, models_by_table, person_tables


def whose(model: type[Any], keys: Collection[PersonKey]) -> ColumnElement[bool] | None:
    """The condition that a row of this table is one of these people's; None where none can be."""
    conditions = [*_by_key(model, keys), *_by_address(model, keys)]
    return or_(*conditions) if conditions else None


def _by_key(model: type[Any], keys: Collection[PersonKey]) -> Iterator[ColumnElement[bool]]:
    """That the row is a person, or points at one, or at a row that is somebody's."""
    mark, rows = mark_of(model), model.__table__
    if mark.whose is None:
        return
    column = rows.c[mark.whose]
    target = rows if mark.whose == ITSELF else next(iter(column.foreign_keys)).column.table
    if target.name not in person_tables():
        if (condition := whose(models_by_table()[target.name], keys)) is not None:
            yield column.in_(select(target.c.id).where(condition))
    elif ids := [key.id for key in keys if key.table == target.name]:
        yield column.in_(ids)


def _by_address(model: type[Any], keys: Collection[PersonKey]) -> Iterator[ColumnElement[bool]]:
    """That the row is nobody's by its key, and has a person's email address."""
    mark, rows = mark_of(model), model.__table__
    if mark.address is None or mark.whose is None:
        return
    for kind in kinds().values():
        ids = [key.id for key in keys if key.table == kind.table]
        if kind.email is not None and ids:
            theirs = select(kind.rows.c[kind.email]).where(kind.rows.c.id.in_(ids))
            yield rows.c[mark.whose].is_(None) & rows.c[mark.address].in_(theirs)
