"""Long lists of keys, cut so that one statement can carry each piece."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

Key = TypeVar("Key")
Record = TypeVar("Record")

#: Keys in one statement: SQLite takes 32,766 parameters and PostgreSQL's protocol 65,535.
BATCH = 5_000


def batches(keys: Iterable[Key], size: int = BATCH) -> Iterator[list[Key]]:
    """`keys` in their order, in lists of `size`, the last one shorter; nothing for no keys."""
    rest = iter(keys)
    while piece := list(islice(rest, size)):
        yield piece


def found_by(
    session: Session, asked: Select[Record], column: InstrumentedAttribute[Key], keys: Iterable[Any]
) -> Iterator[Record]:
    """What the statement finds whose column has one of these values, however many they are."""
    for some in batches(sorted(set(keys))):
        yield from session.scalars(asked.where(column.in_(some)))
