"""One map from a violated constraint to the refusal a person reads.

The database, not a check before the insert, decides what may stand: two people who save at once are told
apart here. A feature says `name_violation("uq_shift_member_id_starts_at", …)` next to the table.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.store.base import Base

_REFUSALS: dict[str, Callable[[], Refusal]] = {}


def name_violation(constraint: str, refusal: Callable[[], Refusal]) -> None:
    """Name what a violation of the constraint, unique index or trigger means to people, by its refusal."""
    if constraint in _REFUSALS:
        raise ValueError(f"the constraint {constraint} has its refusal already")
    _REFUSALS[constraint] = refusal


def _unique_name(columns: str) -> str | None:
    """The name of the unique constraint or index over "table.a, table.b": SQLite tells only the columns."""
    pairs = [column.strip().split(".", 1) for column in columns.split(",")]
    table: Table | None = Base.metadata.tables.get(pairs[0][0])
    if table is None:
        return None
    names = {pair[-1] for pair in pairs}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and set(constraint.columns.keys()) == names:
            return str(constraint.name)
    for index in table.indexes:
        if index.unique and set(index.columns.keys()) == names:
            return str(index.name)
    return None


def violated(error: DBAPIError) -> str | None:
    """The name of the constraint that `error` reports, as far as the engine tells."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None and diagnosis.constraint_name:
        return str(diagnosis.constraint_name)
    text = str(error.orig)
    if found := re.search(r"UNIQUE constraint failed: (.+)", text):
        return _unique_name(found[1])
    if found := re.search(r"CHECK constraint failed: (\w+)", text):
        return found[1]
    for name in _REFUSALS:  # a trigger raises the constraint's own name
        if name in text:
            return name
    return None


def refusal_of(error: DBAPIError) -> Refusal | None:
    """The refusal registered for what `error` violated, or None when nobody expected it."""
    name = violated(error)
    return _REFUSALS[name]() if name in _REFUSALS else None


@contextmanager
def refusing(session: Session) -> Iterator[None]:
    """Send the pending changes of `session`; a violated constraint leaves as its named refusal."""
    try:
        yield
        session.flush()
    except IntegrityError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error
