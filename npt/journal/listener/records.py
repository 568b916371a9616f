"""What the unit of work writes, record by record."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import InstanceState, Mapper

from npt.journal.listener.kept_values import is_journaled, noted, owner
from npt.journal.listener.pending import pending_of
from npt.journal.rules import ChangeKind, PersonKey


def read_before_update(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Read, while they still stand, the values about to be overwritten that nobody has loaded."""
    state = inspect(target)
    unknown = [key for key, history in _histories(mapper, state) if history.added and not history.deleted]
    _read_stored(mapper, connection, state, unknown)


def read_before_delete(mapper: Mapper[Any], connection: Connection, target: object) -> None:
    """Read, while they still stand, the values about to go that nobody has loaded."""
    state = inspect(target)
    unknown = [
        key for key, history in _histories(mapper, state) if not history.deleted and not history.unchanged
    ]
    _read_stored(mapper, connection, state, unknown)
    pending = pending_of(state)
    whose = _owner(mapper, state, state.dict | pending.overwritten.get(state, {}))
    if whose is not None:
        pending.owners[state] = whose


def _read_stored(
    mapper: Mapper[Any], connection: Connection, state: InstanceState[Any], unknown: list[str]
) -> None:
    """Read from the table what the session never loaded of a record, before it is gone."""
    if not unknown or not is_journaled(mapper.class_) or state.identity is None:
        return
    columns = [mapper.attrs[key].columns[0] for key in unknown]
    here = [column == value for column, value in zip(mapper.primary_key, state.identity, strict=True)]
    row = connection.execute(select(*columns).where(*here)).one_or_none()
    if row is not None:
        pending_of(state).overwritten[state] = dict(zip(unknown, row, strict=True))


def note_added(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    """Note a new record and each value it has."""
    state = inspect(target)
    values = {key: state.dict.get(key) for key, _ in _histories(mapper, state)}
    changes = {key: (None, new) for key, new in values.items() if new is not None}
    _note(mapper, state, ChangeKind.ADDED, changes, _owner(mapper, state, changes))


def note_changed(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    """Note which values of a record changed, and from what."""
    state = inspect(target)
    stored = pending_of(state).overwritten.pop(state, {})
    changes: dict[str, tuple[object, object]] = {}
    for key, history in _histories(mapper, state):
        if history.has_changes():
            old = history.deleted[0] if history.deleted else stored.get(key)
            new = history.added[0] if history.added else None
            if old != new:
                changes[key] = (old, new)
    if changes:
        _note(mapper, state, ChangeKind.CHANGED, changes, _owner(mapper, state, changes))


def note_removed(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    """Note a record that went, and each value it had."""
    state = inspect(target)
    stored = pending_of(state).overwritten.pop(state, {})
    changes: dict[str, tuple[object, object]] = {}
    for key, history in _histories(mapper, state):
        known = [*history.deleted, *history.unchanged] or [stored.get(key)]
        if known[0] is not None:
            changes[key] = (known[0], None)
    _note(mapper, state, ChangeKind.REMOVED, changes, pending_of(state).owners.pop(state, None))


def _histories(mapper: Mapper[Any], state: InstanceState[Any]) -> list[tuple[str, Any]]:
    return [(attribute.key, state.attrs[attribute.key].history) for attribute in mapper.column_attrs]


def _note(
    mapper: Mapper[Any],
    state: InstanceState[Any],
    kind: ChangeKind,
    changes: Mapping[str, tuple[object, object]],
    whose: PersonKey | None,
) -> None:
    if not is_journaled(mapper.class_):
        return
    record_id = _record_id(mapper, state)
    if record_id is None:  # a record whose key is more than a number says its key in the details
        names = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
        keys = mapper.primary_key_from_instance(state.obj())
        changes = {**{name: (key, key) for name, key in zip(names, keys, strict=True)}, **changes}
    pending_of(state).changes.append(noted(mapper.class_, kind, record_id, changes, whose))


def _record_id(mapper: Mapper[Any], state: InstanceState[Any]) -> int | None:
    keys = mapper.primary_key_from_instance(state.obj())
    return keys[0] if len(keys) == 1 and isinstance(keys[0], int) else None


def _owner(mapper: Mapper[Any], state: InstanceState[Any], changed: Mapping[str, object]) -> PersonKey | None:
    """Whose the record is, which stands in its table at this moment, where what changed is personal."""
    if state.session is None or not is_journaled(mapper.class_):
        return None
    return owner(state.session, mapper.class_, _record_id(mapper, state), state.dict, changed)
