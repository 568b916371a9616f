"""What `npt.journal.many` writes past the unit of work and tells here."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Table
from sqlalchemy.orm import Session

from npt.journal.listener.kept_values import is_journaled, model_of, noted, values_digest
from npt.journal.listener.owners import has_personal, owner_at_hand, owners_of
from npt.journal.listener.pending import pending_in
from npt.journal.rules import Change, ChangeKind, PersonKey, canonical


class RecordChange(NamedTuple):
    """The stored values of a record before a statement and, unless it is removed, after it; by column."""

    record_id: int
    before: Mapping[str, object]
    after: Mapping[str, object]

    @property
    def pairs(self) -> dict[str, tuple[object, object]]:
        """What changed, from what to what."""
        before, after = self.before, self.after
        return {name: (before[name], after.get(name)) for name in before if before[name] != after.get(name)}


def note_rows_added(session: Session, table: Table, names: Collection[str], count: int, digest: str) -> None:
    """Note rows that were added by a statement that is not seen here: how many, the fields, and their digest.

    ValueError for a table with secrets, of which not even a digest is kept.
    """
    model = model_of(table.name)
    if getattr(model, "secret", None):
        raise ValueError(f"{table.name} has secrets: let the unit of work write it")
    if is_journaled(model):
        details = canonical({"fields": sorted(names), "values": values_digest(digest)})
        pending_in(session).changes.append(Change(ChangeKind.ADDED, table.name, None, count, details))


def owners_before(session: Session, table: Table, changes: Sequence[RecordChange]) -> Mapping[int, PersonKey]:
    """Whose the records are whose personal fields a statement is about to change; asked by one statement."""
    model = model_of(table.name)
    if model is None or not is_journaled(model):
        return {}
    asked = [
        each
        for each in changes
        if has_personal(model, (name for name, pair in each.pairs.items() if pair != (None, None)))
    ]
    known = {each.record_id: owner_at_hand(session, model, each.record_id, each.before) for each in asked}
    found = {key: whose for key, whose in known.items() if whose is not None}
    return found | owners_of(session, model, known.keys() - found.keys())


def note_record(
    session: Session, table: Table, change: RecordChange, owners: Mapping[int, PersonKey]
) -> None:
    """Note one record that a statement changed or (nothing `after`) removed, as the unit of work would."""
    model = model_of(table.name)
    kind = ChangeKind.CHANGED if change.after else ChangeKind.REMOVED
    if model is not None and is_journaled(model) and (pairs := change.pairs):
        key = change.record_id
        pending_in(session).changes.append(noted(model, kind, key, pairs, owners.get(key)))
