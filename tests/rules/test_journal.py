"""The law of the journal: what an entry's hash is made of."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from npt.journal.rules import BEGINNING, Verdict, canonical, entry_hash

AT = datetime(2026, 11, 16, 9, 30, 0, 250, tzinfo=UTC)
ENTRY = {
    "sequence": 2,
    "at": AT,
    "account_id": 7,
    "act": "duty.record",
    "change": "added",
    "record_type": "away",
    "record_id": None,
    "record_count": 3,
    "details": "{}",
    "previous_hash": "a" * 64,
}


def test_the_hash_is_of_the_one_before_and_all_fields_as_anybody_can_add_up_with_other_means() -> None:
    fields = {name: value for name, value in ENTRY.items() if name != "previous_hash"}
    fields["at"] = "2026-11-16T09:30:00.000250Z"
    text = "a" * 64 + json.dumps(fields, sort_keys=True, separators=(",", ":"))
    assert entry_hash("a" * 64, ENTRY) == hashlib.sha256(text.encode()).hexdigest()


def test_the_same_entry_after_another_has_another_hash() -> None:
    assert entry_hash("a" * 64, ENTRY) != entry_hash(BEGINNING, ENTRY)


@pytest.mark.parametrize("field", [name for name in ENTRY if name != "previous_hash"])
def test_every_field_is_in_the_hash(field: str) -> None:
    altered = {**ENTRY, field: "another"}
    assert entry_hash("a" * 64, altered) != entry_hash("a" * 64, ENTRY)


def test_one_value_has_one_spelling() -> None:
    assert canonical({"b": 1, "a": "é"}) == '{"a":"\\u00e9","b":1}'


def test_a_whole_journal_says_how_many_entries_it_has() -> None:
    assert Verdict(12_345, None).explanation == "The journal is whole: 12,345 entries."
