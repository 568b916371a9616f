"""What the journal keeps of a value: itself, a keyed digest, or nothing."""

from typing import Any

from npt.accounts.rules import keyed_digest
from npt.journal.rules import SECRET, personal_digest
from npt.store.base import Base

_secret = ""


def key_digests(secret: str) -> None:
    """Make every digest from now on with this secret."""
    global _secret
    _secret = secret


def as_kept(model: type[Any], record_type: str, key: str, pair: tuple[object, object]) -> list[object]:
    """A value before and after as the journal keeps them."""
    if key in getattr(model, "secret", ()):
        return [None if value is None else SECRET for value in pair]
    if key in getattr(model, "personal", ()):
        return [personal_digest(_secret, record_type, key, value) for value in pair]
    return list(pair)


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
