"""What became of a sealed edition: the records again, and which of them are others now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from npt.counting.queries import definition_coded
from npt.data_protection.queries import erased_records
from npt.measures.rules import is_restated
from npt.seals.models import Seal
from npt.seals.queries.content import content_now, content_of
from npt.seals.rules import (
    Content,
    Fate,
    RecordChanged,
    Restated,
    Verdict,
    records_changed,
)


def verdict_on(session: Session, seal: Seal, today: date) -> Verdict:
    """Whether the records still give what was sealed; if not, which measure and which records are others.

    Nothing personal is read: records are known by kind and number, what counts of them by its mark.
    LookupError for a definition that is gone, which none can be.
    """
    sealed = content_of(session, seal)
    definition = definition_coded(session, seal.definition)
    if definition is None:
        raise LookupError(f"the definition {seal.definition} is gone")
    now = content_now(session, seal.unit, seal.month, definition=definition, today=today)
    again = sealed.with_records_of(now)
    return Verdict(
        is_altered=sealed.hash != seal.hash,
        hash_now=again.hash,
        has_other_counting=sealed.counting.stands != again.counting.stands
        or sealed.counting.puts_absence_back != again.counting.puts_absence_back,
        restated=tuple(_restated(session, seal, sealed, again)),
    )


def _restated(session: Session, seal: Seal, sealed: Content, again: Content) -> Iterator[Restated]:
    now = again.by_code
    for measure in sealed.measures:
        if measure.is_recomputable:
            found = now[measure.code]
            changed = records_changed(measure.records, found.records)
            if changed or is_restated(measure.figure, found.figure):
                yield Restated(measure, found.figure, tuple(_with_fate(session, seal, changed)))


def _with_fate(session: Session, seal: Seal, changed: Sequence[RecordChanged]) -> Iterator[RecordChanged]:
    """The same, those told that were lawfully erased since."""
    gone: dict[str, list[int]] = {}
    for each in changed:
        if each.was is not None:
            gone.setdefault(each.kind, []).append(each.record_id)
    erased = {kind: erased_records(session, kind, keys, since=seal.signed_at) for kind, keys in gone.items()}
    for each in changed:
        is_erased = each.record_id in erased.get(each.kind, ())
        yield replace(each, fate=Fate.ERASED) if is_erased else each
