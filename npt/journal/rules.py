"""The law of the journal: what an entry holds and how it is chained to the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from npt.kit.digests import keyed_digest

#: What stands before the first entry.
BEGINNING = "0" * 64
#: What stands for a password hash or a token digest: that it changed is told, what it is never.
SECRET = "(secret)"  # noqa: S105  it stands in a secret's place

#: What stands for words that may name anybody: nobody's salt could be destroyed for them.
WORDS = "(words)"
#: What stands for a field of a person who is erased.
ERASED = "(erased)"

LONGEST_ACT = 80


class PersonKey(NamedTuple):
    """A person in the records: the table that they are a row of, and their key in it."""

    table: str
    id: int


class ChangeKind(Enum):
    """What happened to a record."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    VIEWED = "viewed"


@dataclass(frozen=True)
class Change:
    """One change before it has its place in the chain. `record_id` is None where many changed at once."""

    kind: ChangeKind
    record_type: str
    record_id: int | None
    record_count: int
    #: canonical JSON: field -> [old, new]; of a statement that changed many: its text and its digest
    details: str


@dataclass(frozen=True)
class Head:
    """How far the journal reached: its last entry. Kept away from the database, it shows a missing end."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole journal found."""

    entries: int
    #: the last entry that fits; None when there is none
    head: Head | None
    #: the sequence number at which the chain first breaks; None when it is whole
    broken_at: int | None = None
    why: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits the one before and none is known to be missing."""
        return self.broken_at is None

    @property
    def explanation(self) -> str:
        """The verdict in a sentence, with what to do."""
        if self.broken_at is None:
            return f"The journal is whole: {self.entries:,} entries."
        return (
            f"The journal is broken at entry {self.broken_at:,}: {self.why}. Keep the database as it is, and"
            " compare with the last backup whose journal was whole."
        )


def plain(value: object) -> Any:
    """A value as canonical JSON takes it: instants in UTC, decimals and enums as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return instant_text(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def canonical(value: object) -> str:
    """One spelling of a value: JSON with sorted names, no blanks, ASCII only."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def fields_of(details: str) -> list[str]:
    """The names of the facts that an entry tells of, in their order; of many rows, those of a row."""
    told = json.loads(details)
    names = told["fields"] if isinstance(told.get("fields"), list) else told
    return [name for name in names if name not in {"id", "version", "statement", "values"}]


def instant_text(instant: datetime) -> str:
    """An instant in UTC to the microsecond, always of the same length. ValueError when it is naive."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone: give an aware datetime")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """A value of somebody's, before it is known by which salt its digest is keyed."""

    record_type: str
    field: str
    value: object

    def digest(self, secret: str, salt: str | None) -> str | None:
        """What stands for it: equal values of one person's field have equal digests. None stays None.

        `salt` is the person's own, None when it was destroyed: then nothing tells what the value was.
        """
        if self.value is None:
            return None
        if salt is None:
            return ERASED
        purpose = f"journal {self.record_type}.{self.field} {salt}"
        return "hmac:" + keyed_digest(secret, purpose, canonical(self.value))


@dataclass(frozen=True)
class Noted:
    """A change of one record before its personal values are keyed; `whose` it is, where it has any."""

    kind: ChangeKind
    record_type: str
    record_id: int | None
    #: field -> [old, new]
    fields: Mapping[str, list[object]]
    whose: PersonKey | None

    def keyed(self, secret: str, salts: Mapping[PersonKey, str | None]) -> Change:
        """The change as the journal takes it."""
        salt = salts[self.whose] if self.whose is not None else None
        shown = {
            name: [each.digest(secret, salt) if isinstance(each, PersonalValue) else each for each in pair]
            for name, pair in self.fields.items()
        }
        return Change(self.kind, self.record_type, self.record_id, 1, canonical(shown))


def entry_hash(previous_hash: str, fields: Mapping[str, object]) -> str:
    """SHA-256 over the previous entry's hash and every field of this one but the two hashes."""
    own = {name: value for name, value in fields.items() if name not in {"previous_hash", "hash"}}
    return hashlib.sha256((previous_hash + canonical(own)).encode()).hexdigest()


#: What makes the table append-only, by dialect. The trigger on INSERT closes SQLite's way round the others:
#: INSERT OR REPLACE removes a row without telling them.
JOURNAL_TRIGGERS: dict[str, list[str]] = {
    "sqlite": [
        f"""
        CREATE TRIGGER journal_entry_is_never_{word} BEFORE {event} ON journal_entry{condition}
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only, an entry is never {word}'); END
        """
        for word, event, condition in (
            ("changed", "UPDATE", ""),
            ("removed", "DELETE", ""),
            (
                "replaced",
                "INSERT",
                " WHEN EXISTS (SELECT 1 FROM journal_entry WHERE sequence = NEW.sequence)",
            ),
        )
    ],
    "postgresql": [
        """
        CREATE FUNCTION refuse_to_alter_the_journal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the journal is append-only, an entry is never changed or removed';
        END $$
        """,
        """
        CREATE TRIGGER journal_entry_is_never_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_alter_the_journal()
        """,
    ],
}

#: What takes the triggers away again, before the table itself is dropped.
JOURNAL_TRIGGERS_AWAY: dict[str, list[str]] = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS journal_entry_is_never_{word}" for word in ("changed", "removed", "replaced")
    ],
    "postgresql": [
        "DROP TRIGGER IF EXISTS journal_entry_is_never_altered ON journal_entry",
        "DROP FUNCTION IF EXISTS refuse_to_alter_the_journal()",
    ],
}
