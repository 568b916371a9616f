"""Which records are gone, or changed, because somebody was erased: for whoever keeps their numbers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.models import Erasure
from npt.journal.models import Entry
from npt.journal.rules import ChangeKind
from npt.store.batches import batches
from npt.store.personal import mark_of, models_by_table


def erased_records(session: Session, table: str, ids: Collection[int], *, since: datetime) -> frozenset[int]:
    """Those of these records of a table that erasure took, or whose person was erased, since an instant.

    A row that is a person stands on the list of erasures. One that goes with its person, or when its time is
    over, is removed with others by one statement: it is gone, no entry of the journal removed it alone, and
    one removed several of its kind. Nobody's name is read.
    """
    found: set[int] = set()
    model = models_by_table().get(table)
    if model is None or not ids:
        return frozenset()
    for some in batches(sorted(ids)):
        found.update(
            session.scalars(
                select(Erasure.record_id).where(
                    Erasure.person_table == table, Erasure.record_id.in_(some), Erasure.erased_at >= since
                )
            )
        )
    mark = mark_of(model)
    if not (mark.goes or mark.kept.since is not None):
        return frozenset(found)
    removed = (Entry.record_type == table, Entry.change == ChangeKind.REMOVED.value, Entry.at >= since)
    if session.scalar(select(Entry.sequence).where(*removed, Entry.record_id.is_(None)).limit(1)) is None:
        return frozenset(found)
    rows = model.__table__
    for some in batches(sorted(ids)):
        there = session.scalars(select(rows.c.id).where(rows.c.id.in_(some)))
        alone = session.scalars(select(Entry.record_id).where(*removed, Entry.record_id.in_(some)))
        found.update(set(some) - set(there) - set(alone))
    return frozenset(found)
