"""A part of a list, as a database is asked for it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
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
    # As a whole: to count instead of its columns would take a join that it names apart
    # (findings/a_count_takes_a_join_apart.sh).
    total = session.scalar(select(func.count()).select_from(asked.order_by(None).subquery()))
    rows = session.execute(asked.limit(page.size).offset(page.offset)).all()
    return Part(rows, total or 0, page, sorting)


def paged_up_to(
    session: Session,
    asked: Select[*AnyRow],
    page: Page,
    sorting: Sorting = OWN_ORDER,
    *,
    most: int,
    counted: Select[*AnyRow] | None = None,
) -> tuple[Part[Row[*AnyRow]], bool]:
    """The same of a list that goes no further than its first rows, and whether there are more.

    It costs no more to look into a million. A file has them all. `counted`: another statement of as many
    rows, which costs less, in an order in which the first are soon found. One statement where all rows stand
    on the first page, else two.
    """
    rows = session.execute(asked.limit(page.size + 1).offset(page.offset)).all()
    shown, is_last = rows[: page.size], len(rows) <= page.size
    if is_last and (shown or page.number == 1):
        total = page.offset + len(shown)
    else:
        some = (asked.order_by(None) if counted is None else counted).limit(most + 1).subquery()
        total = session.scalar(select(func.count()).select_from(some)) or 0
    is_whole = page == Page.whole()
    return Part(shown, total if is_whole else min(total, most), page, sorting), total > most and not is_whole


def read_up_to(
    session: Session, asked: Select[*AnyRow], page: Page, sorting: Sorting = OWN_ORDER, *, most: int
) -> tuple[Part[Row[*AnyRow]], bool]:
    """As `paged_up_to`, by one statement that reads them all: for few rows, which cost more to find."""
    if page == Page.whole():
        rows = session.execute(asked).all()
        return Part(rows, len(rows), page, sorting), False
    rows = session.execute(asked.limit(most + 1)).all()
    return Part(page.of(rows[:most]), min(len(rows), most), page, sorting), len(rows) > most


def found_and_paged(
    session: Session, asked: Select[*AnyRow], page: Page, sorting: Sorting = OWN_ORDER
) -> Part[Row[*AnyRow]]:
    """As `paged`, by one statement that gives every row: for keys that cost far more to find than to read."""
    rows = session.execute(asked).all()
    return Part(rows[page.offset : page.offset + page.size], len(rows), page, sorting)


def sorted_by(sorting: Sorting, columns: Mapping[str, Sortable]) -> list[ColumnElement[Any]]:
    """What a statement is ordered by before the order that its list has of itself; what is not known last."""
    if not sorting.name:
        return []
    column = columns[sorting.name]
    return [(column.desc() if sorting.is_descending else column.asc()).nulls_last()]
