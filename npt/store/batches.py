"""Long lists of keys, cut so that one statement can carry each piece."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Key = TypeVar("Key")

#: Keys in one statement: SQLite takes 32,766 parameters and PostgreSQL's protocol 65,535.
BATCH = 5_000


def batches(keys: Iterable[Key], size: int = BATCH) -> Iterator[list[Key]]:
    """`keys` in their order, in lists of `size`, the last one shorter; nothing for no keys."""
    rest = iter(keys)
    while piece := list(islice(rest, size)):
        yield piece
