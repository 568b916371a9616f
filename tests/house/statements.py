"""The statements that a page sends to the database, and those that it sends once for each line."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from npt.webkit.extensions import db

CURE = (
    "the page asks once for each of something: ask once for all of them in queries.py, by a join or an IN\n"
)


@contextmanager
def statements_of(app: Flask) -> Iterator[Counter[str]]:
    """Counts the statements sent within, by their text."""
    sent: Counter[str] = Counter()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent[" ".join(statement.split())] += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def growth(small: Counter[str], large: Counter[str]) -> str:
    """What was sent more often in the larger world, with the cure; empty when no more was sent."""
    if large.total() <= small.total():
        return ""
    more = large - small
    lines = [f"{times} more: {statement}" for statement, times in more.most_common()]
    return f"{small.total()} statements, then {large.total()}: {CURE}" + "\n".join(lines)
