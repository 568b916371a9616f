"""A part of a list, as a database is asked for it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func
from sqlalchemy.orm import QueryableAttribute, Session

from npt.kit.paging import OWN_ORDER, Page, Part, Sorting

AnyRow = tuple[Any, ...]
Sortable = ColumnElement[Any] | QueryableAttribute[Any]


def paged(
    session: Session, asked: Select[*AnyRow], page: Page, sorting: Sorting = OWN_ORDER
) -> Part[Row[*AnyRow]]:
    """The rows of one page of `asked`, which has its order and groups nothing, and how many there are in all.

    Two statements; no rows past the end.
    """
    total = session.scalar(asked.with_only_columns(func.count(), maintain_column_froms=True).order_by(None))
    rows = session.execute(asked.limit(page.size).offset(page.offset)).all()
    return Part(rows, total or 0, page, sorting)


def sorted_by(sorting: Sorting, columns: Mapping[str, Sortable]) -> list[ColumnElement[Any]]:
    """What a statement is ordered by before the order that its list has of itself; what is not known last."""
    if not sorting.name:
        return []
    column = columns[sorting.name]
    return [(column.desc() if sorting.is_descending else column.asc()).nulls_last()]
