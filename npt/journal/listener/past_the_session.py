"""What `npt.journal.many` writes past the unit of work and tells here."""

from collections.abc import Collection, Mapping

from sqlalchemy import Table
from sqlalchemy.orm import Session

from npt.journal.listener.kept_values import as_kept, is_journaled, model_of, values_digest
from npt.journal.listener.pending import pending_in
from npt.journal.rules import Change, ChangeKind, canonical


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


def note_record(
    session: Session, table: Table, record_id: int, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    """Note one record that a statement changed or (nothing `after`) removed, as the unit of work would."""
    model = model_of(table.name)
    kind = ChangeKind.CHANGED if after else ChangeKind.REMOVED
    pairs = {name: (before[name], after.get(name)) for name in before if before[name] != after.get(name)}
    if model is not None and is_journaled(model) and pairs:
        shown = {name: as_kept(model, table.name, name, pair) for name, pair in pairs.items()}
        pending_in(session).changes.append(Change(kind, table.name, record_id, 1, canonical(shown)))
