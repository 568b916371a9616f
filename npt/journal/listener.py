"""The one listener that writes the journal: it sees every change of the unit of work and every statement that
changes rows, and chains them to the journal in the same transaction, as the last thing before the commit.

A session says who acts, and in doing what, by `session.info["actor"] = (account_id, act)`;
`session.info["act"]` says the act in better words. A model says what of it is personal (`personal`: kept as
keyed digests), what is secret (`secret`: not kept at all), and whether it is journalled at all
(`is_journaled = False` when not), and whether whoever runs the product is to see each change in the log as
well (`is_watched = True`).

Not seen, and therefore not to be used: `session.connection().execute` (`npt.journal.many` tells what it
adds), `bulk_insert_mappings`, `bulk_save_objects`, a text() that begins with WITH, and rows that the database
itself removes (ON DELETE CASCADE).
"""

import hashlib
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Insert,
    Result,
    Table,
    TextClause,
    Update,
    UpdateBase,
    inspect,
    select,
)
from sqlalchemy.orm import InstanceState, Mapper, ORMExecuteState, Session, SessionTransaction

from npt.accounts.rules import keyed_digest
from npt.journal.actions import append
from npt.journal.rules import SECRET, Change, ChangeKind, canonical, personal_digest
from npt.kit import events
from npt.store.base import Base
from npt.store.listening import listen

_LONGEST_STATEMENT = 2000
#: The option of a statement whose records are noted one by one; see `npt.journal.many`.
NOTED = "npt_noted"
_TEXT_CHANGE = re.compile(
    r'\s*(?P<verb>insert|replace|update|delete)(?:\s+or\s+\w+)?(?:\s+into|\s+from)?\s+"?(?P<table>\w+)',
    re.IGNORECASE,
)
_KIND_OF_VERB = {
    "insert": ChangeKind.ADDED,
    "replace": ChangeKind.ADDED,
    "update": ChangeKind.CHANGED,
    "delete": ChangeKind.REMOVED,
}

_secret = ""
#: Where a session keeps what is to be told once it is committed.
_WATCHED = "journal_watched"


@dataclass
class _Pending:
    """What a session has changed in the transaction it is in."""

    changes: list[Change] = field(default_factory=list)
    #: how many changes there were when each savepoint began
    savepoints: WeakKeyDictionary[SessionTransaction, int] = field(default_factory=WeakKeyDictionary)
    #: values about to be overwritten that the unit of work had not loaded
    overwritten: dict[InstanceState[Any], dict[str, Any]] = field(default_factory=dict)


def register(secret: str) -> None:
    """Listen on every session from now on. Calling it again changes only the secret that keys the digests."""
    global _secret
    _secret = secret
    for target, name, listener in (
        (Mapper, "before_update", _read_before_update),
        (Mapper, "before_delete", _read_before_delete),
        (Mapper, "after_insert", _note_added),
        (Mapper, "after_update", _note_changed),
        (Mapper, "after_delete", _note_removed),
        (Session, "do_orm_execute", _note_statement),
        (Session, "after_transaction_create", _mark_savepoint),
        (Session, "after_soft_rollback", _drop_rolled_back),
        (Session, "after_transaction_end", _forget_ended),
        (Session, "before_commit", _write),
        (Session, "after_commit", _tell),
    ):
        listen(target, name, listener)


# What the unit of work writes -------------------------------------------------------------------------------


def _read_before_update(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    state = inspect(target)
    unknown = [key for key, history in _histories(mapper, state) if history.added and not history.deleted]
    _read_stored(mapper, connection, state, unknown)


def _read_before_delete(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    state = inspect(target)
    unknown = [
        key for key, history in _histories(mapper, state) if not history.deleted and not history.unchanged
    ]
    _read_stored(mapper, connection, state, unknown)


def _read_stored(
    mapper: Mapper[Any], connection: Connection, state: InstanceState[Any], unknown: list[str]
) -> None:
    """Read from the table what the session never loaded of a record, before it is gone."""
    if not unknown or not _is_journaled(mapper.class_) or state.identity is None:
        return
    columns = [mapper.attrs[key].columns[0] for key in unknown]
    here = [column == value for column, value in zip(mapper.primary_key, state.identity, strict=True)]
    row = connection.execute(select(*columns).where(*here)).one_or_none()
    if row is not None:
        _pending_of(state).overwritten[state] = dict(zip(unknown, row, strict=True))


def _note_added(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    state = inspect(target)
    values = {key: state.dict.get(key) for key, _ in _histories(mapper, state)}
    _note(
        mapper, state, ChangeKind.ADDED, {key: (None, new) for key, new in values.items() if new is not None}
    )


def _note_changed(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    state = inspect(target)
    stored = _pending_of(state).overwritten.pop(state, {})
    changes: dict[str, tuple[object, object]] = {}
    for key, history in _histories(mapper, state):
        if history.has_changes():
            old = history.deleted[0] if history.deleted else stored.get(key)
            new = history.added[0] if history.added else None
            if old != new:
                changes[key] = (old, new)
    if changes:
        _note(mapper, state, ChangeKind.CHANGED, changes)


def _note_removed(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    state = inspect(target)
    stored = _pending_of(state).overwritten.pop(state, {})
    changes: dict[str, tuple[object, object]] = {}
    for key, history in _histories(mapper, state):
        known = [*history.deleted, *history.unchanged] or [stored.get(key)]
        if known[0] is not None:
            changes[key] = (known[0], None)
    _note(mapper, state, ChangeKind.REMOVED, changes)


def _histories(mapper: Mapper[Any], state: InstanceState[Any]) -> list[tuple[str, Any]]:
    return [(attribute.key, state.attrs[attribute.key].history) for attribute in mapper.column_attrs]


def _note(
    mapper: Mapper[Any],
    state: InstanceState[Any],
    kind: ChangeKind,
    changes: Mapping[str, tuple[object, object]],
) -> None:
    if not _is_journaled(mapper.class_):
        return
    record_type = str(mapper.local_table.description)
    keys = mapper.primary_key_from_instance(state.obj())
    record_id = keys[0] if len(keys) == 1 and isinstance(keys[0], int) else None
    shown = {key: _shown(mapper.class_, record_type, key, pair) for key, pair in changes.items()}
    if record_id is None:  # a record whose key is more than a number says its key in the details
        names = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
        shown = {**{name: [key, key] for name, key in zip(names, keys, strict=True)}, **shown}
    _pending_of(state).changes.append(Change(kind, record_type, record_id, 1, canonical(shown)))


def _shown(model: type[Any], record_type: str, key: str, pair: tuple[object, object]) -> list[object]:
    if key in getattr(model, "secret", ()):
        return [None if value is None else SECRET for value in pair]
    if key in getattr(model, "personal", ()):
        return [personal_digest(_secret, record_type, key, value) for value in pair]
    return list(pair)


def _is_journaled(model: type[Any] | None) -> bool:
    return bool(getattr(model, "is_journaled", True))


# What a statement changes -----------------------------------------------------------------------------------


def _note_statement(executed: ORMExecuteState) -> Result[Any] | None:
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
    model = _model_of(table)
    if not _is_journaled(model):
        return None
    result = executed.invoke_statement(execution_options={"preserve_rowcount": True})
    count, result = _counted(executed, result)
    if count:
        details = canonical(_described(executed, getattr(model, "secret", frozenset())))
        _pending(executed.session).changes.append(Change(kind, table, None, count, details))
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


def _described(executed: ORMExecuteState, secret: Collection[str]) -> dict[str, object]:
    """A statement without its values: the names of its fields or its text, and a keyed digest of them all."""
    statement, given = executed.statement, executed.parameters
    if isinstance(statement, TextClause):  # its text may hold values
        return {"values": _values_digest(canonical([statement.text, given]))}
    if given:
        rows = [given] if isinstance(given, Mapping) else given
        digest = hashlib.sha256()
        for row in rows:
            digest.update(canonical({name: row[name] for name in row if name not in secret}).encode())
        return {"fields": sorted(map(str, rows[0])), "values": _values_digest(digest.hexdigest())}
    if not isinstance(statement, UpdateBase):
        raise TypeError("only a statement that changes rows is described")
    compiled = statement.compile(dialect=executed.session.get_bind().dialect)
    values = {name: value for name, value in compiled.params.items() if name not in secret}
    return {"statement": str(compiled)[:_LONGEST_STATEMENT], "values": _values_digest(canonical(values))}


def note_rows_added(session: Session, table: Table, names: Collection[str], count: int, digest: str) -> None:
    """Note rows that were added by a statement that is not seen here: how many, the fields, and their digest.

    ValueError for a table with secrets, of which not even a digest is kept.
    """
    model = _model_of(table.name)
    if getattr(model, "secret", None):
        raise ValueError(f"{table.name} has secrets: let the unit of work write it")
    if _is_journaled(model):
        details = canonical({"fields": sorted(names), "values": _values_digest(digest)})
        _pending(session).changes.append(Change(ChangeKind.ADDED, table.name, None, count, details))


def note_record(
    session: Session, table: Table, record_id: int, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Note one record that a statement changed or (nothing `after`) removed, as the unit of work would."""
    model = _model_of(table.name)
    kind = ChangeKind.CHANGED if after else ChangeKind.REMOVED
    pairs = {name: (before[name], after.get(name)) for name in before if before[name] != after.get(name)}
    if model is not None and _is_journaled(model) and pairs:
        shown = {name: _shown(model, table.name, name, pair) for name, pair in pairs.items()}
        _pending(session).changes.append(Change(kind, table.name, record_id, 1, canonical(shown)))


@cache
def _watched_tables() -> frozenset[str]:
    watched = (each for each in Base.registry.mappers if getattr(each.class_, "is_watched", False))
    return frozenset(str(mapper.local_table.description) for mapper in watched)


def _values_digest(text: str) -> str:
    return "hmac:" + keyed_digest(_secret, "journal statement", text)


def _model_of(table: str) -> type[Any] | None:
    return next(
        (mapper.class_ for mapper in Base.registry.mappers if mapper.local_table.description == table), None
    )


# From the session to the journal ----------------------------------------------------------------------------


def _pending(session: Session) -> _Pending:
    pending: _Pending = session.info.setdefault("journal", _Pending())
    return pending


def _pending_of(state: InstanceState[Any]) -> _Pending:
    if state.session is None:
        raise RuntimeError("a record is being written outside any session")
    return _pending(state.session)


def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        pending = _pending(session)
        pending.savepoints[transaction] = len(pending.changes)


def _drop_rolled_back(session: Session, previous: SessionTransaction) -> None:
    """Forget what a rollback undid: all of it, or what came after the savepoint that it went back to."""
    undone: SessionTransaction | None = previous
    while undone is not None and not undone.nested:  # the transaction of a flush lies inside another
        undone = undone.parent
    pending = _pending(session)
    pending.overwritten.clear()
    del pending.changes[pending.savepoints.get(undone, 0) if undone is not None else 0 :]


def _forget_ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("journal", None)


def _write(session: Session) -> None:
    """Before the commit of a whole transaction (a savepoint's changes wait for it): chain what it changed."""
    if session.in_nested_transaction():
        return
    session.flush()
    session.info.pop(_WATCHED, None)
    pending = _pending(session)
    if pending.changes:
        account_id, act = session.info.get("actor", (None, "command line"))
        changes, pending.changes = pending.changes, []
        append(session, changes, account_id=account_id, act=session.info.get("act", act))
        watched = [(change, account_id) for change in changes if change.record_type in _watched_tables()]
        if watched:
            session.info[_WATCHED] = watched


def _tell(session: Session) -> None:
    """After the commit: tell whoever watches the log of what was changed. No name or text is among it."""
    for change, account_id in session.info.pop(_WATCHED, []):
        events.note(
            f"{change.record_type} {change.kind.value}",
            level=logging.INFO,
            by=account_id,
            record=change.record_id,
            details=change.details,
        )
