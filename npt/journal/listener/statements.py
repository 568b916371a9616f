"""What a statement changes: how many rows, of what, and a digest of its values."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Delete, Insert, Result, TextClause, Update, UpdateBase
from sqlalchemy.orm import ORMExecuteState

from npt.journal.listener.kept_values import is_journaled, model_of, values_digest
from npt.journal.listener.pending import pending_in
from npt.journal.rules import WORDS, Change, ChangeKind, canonical
from npt.store.personal import mark_of

_LONGEST_STATEMENT = 2000
_TEXT_CHANGE = re.compile(
    r'\s*(?P<verb>insert|replace|update|delete)(?:\s+or\s+\w+)?(?:\s+into|\s+from)?\s+"?(?P<table>\w+)',
    re.IGNORECASE,
)
#: What SQLAlchemy puts behind the name of a column where it stands more than once.
_NUMBERED = re.compile(r"_\d+$")
_KIND_OF_VERB = {
    "insert": ChangeKind.ADDED,
    "replace": ChangeKind.ADDED,
    "update": ChangeKind.CHANGED,
    "delete": ChangeKind.REMOVED,
}
#: The option of a statement whose records are noted one by one; see `npt.journal.many`.
NOTED = "npt_noted"


def note_statement(executed: ORMExecuteState) -> Result[Any] | None:
    """Run an INSERT, UPDATE or DELETE and note how many rows it touched, and of what."""
    statement = executed.statement
    if executed.execution_options.get(NOTED):
        return None
    if isinstance(statement, TextClause):
        found = _TEXT_CHANGE.match(statement.text)
        if found is None:
            return None
        kind, table = _KIND_OF_VERB[found["verb"].lower()], found["table"]
    elif isinstance(statement, Insert | Update | Delete):
        kind, table = _kind_of(statement), str(statement.table.description)
    else:
        return None
    model = model_of(table)
    if not is_journaled(model):
        return None
    result = executed.invoke_statement(execution_options={"preserve_rowcount": True})
    count, result = _counted(executed, result)
    if count:
        details = canonical(_described(executed, model))
        pending_in(executed.session).changes.append(Change(kind, table, None, count, details))
    return result


def _kind_of(statement: UpdateBase) -> ChangeKind:
    if isinstance(statement, Insert):
        return ChangeKind.ADDED
    return ChangeKind.CHANGED if isinstance(statement, Update) else ChangeKind.REMOVED


def _counted(executed: ORMExecuteState, result: Result[Any]) -> tuple[int, Result[Any]]:
    """How many rows the statement touched, and its result, which may have been read for that."""
    if isinstance(executed.parameters, list):
        return len(executed.parameters), result
    statement = executed.statement
    if isinstance(result, CursorResult):
        has_rows = result.returns_rows
    else:
        has_rows = isinstance(statement, UpdateBase) and bool(statement.returning_column_descriptions)
    if has_rows:
        frozen = result.freeze()
        return len(frozen.data), frozen()
    return max(getattr(result, "rowcount", 1), 0), result


def _described(executed: ORMExecuteState, model: type[Any] | None) -> dict[str, object]:
    """A statement without its values: the names of its fields or its text, and a keyed digest of the values.

    Neither secrets nor personal values are among those: no person's salt keys one of many people.
    """
    statement, given = executed.statement, executed.parameters
    left_out = {*getattr(model, "secret", ()), *mark_of(model).holds}
    if isinstance(statement, TextClause):  # its text may hold values
        told = WORDS if left_out else values_digest(canonical([statement.text, given]))
        return {"values": told}
    if given:
        rows = [given] if isinstance(given, Mapping) else given
        digest = hashlib.sha256()
        for row in rows:
            digest.update(canonical({name: row[name] for name in row if name not in left_out}).encode())
        return {"fields": sorted(map(str, rows[0])), "values": values_digest(digest.hexdigest())}
    if not isinstance(statement, UpdateBase):
        raise TypeError("only a statement that changes rows is described")
    compiled = statement.compile(dialect=executed.session.get_bind().dialect)
    values = {
        name: value for name, value in compiled.params.items() if _NUMBERED.sub("", name) not in left_out
    }
    return {"statement": str(compiled)[:_LONGEST_STATEMENT], "values": values_digest(canonical(values))}
