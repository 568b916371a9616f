"""What the journal keeps of a value: itself, a keyed digest, or nothing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from npt.journal.listener.owners import has_personal, owner_at_hand, owners_of
from npt.journal.rules import SECRET, WORDS, ChangeKind, Noted, PersonalValue, PersonKey
from npt.kit.digests import keyed_digest
from npt.store.base import Base
from npt.store.personal import mark_of

_secret = ""


def key_digests(secret: str) -> None:
    """Make every digest from now on with this secret."""
    global _secret
    _secret = secret


def secret_of_digests() -> str:
    """What every digest is made with."""
    return _secret


def noted(
    model: type[Any],
    kind: ChangeKind,
    record_id: int | None,
    changes: Mapping[str, tuple[object, object]],
    whose: PersonKey | None,
) -> Noted:
    """A change of a record of `model` as the journal is told of it."""
    record_type = str(model.__table__.name)
    fields = {key: _as_kept(model, record_type, key, pair, whose) for key, pair in changes.items()}
    return Noted(kind, record_type, record_id, fields, whose)


def owner(
    session: Session,
    model: type[Any],
    record_id: int | None,
    row: Mapping[str, Any],
    changed: Mapping[str, Any],
) -> PersonKey | None:
    """Whose the record is, where a field of what changed is personal; None where that is nobody's.

    `row` is what is known of it. The database is asked only where that does not tell.
    """
    if not has_personal(model, (name for name, value in changed.items() if value not in _NOTHING)):
        return None
    found = owner_at_hand(session, model, record_id, row)
    if found is None and record_id is not None:
        found = owners_of(session, model, [record_id]).get(record_id)
    return found


_NOTHING: tuple[object, ...] = (None, (None, None))


def _as_kept(
    model: type[Any], record_type: str, key: str, pair: tuple[object, object], whose: PersonKey | None
) -> list[object]:
    if key in getattr(model, "secret", ()):
        return [None if value is None else SECRET for value in pair]
    if key not in mark_of(model):
        return list(pair)
    if whose is None:
        return [None if value is None else WORDS for value in pair]
    return [PersonalValue(record_type, key, value) for value in pair]


def is_journaled(model: type[Any] | None) -> bool:
    """Whether the journal tells of this model's records; of a table without a model it does."""
    return bool(getattr(model, "is_journaled", True))


def values_digest(text: str) -> str:
    """A keyed digest of values that are not kept themselves."""
    return "hmac:" + keyed_digest(_secret, "journal statement", text)


def model_of(table: str) -> type[Any] | None:
    """The model of a table, by the table's name; None when there is none."""
    return next(
        (mapper.class_ for mapper in Base.registry.mappers if mapper.local_table.description == table), None
    )
