"""What became of a sealed month since: which records differ from the sealed ones, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from npt.measures.rules import Figure, RecordSeen, is_restated
from npt.seals.rules.content import SealedMeasure


class Fate(Enum):
    """Why a record is another than it was, or not there."""

    CHANGED = "changed"
    ADDED = "added since"
    REMOVED = "removed since"
    ERASED = "lawfully erased"


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """A record that is not as it was sealed: what counted of it, and what counts now."""

    kind: str
    record_id: int
    was: str | None
    now: str | None
    fate: Fate

    @property
    def words(self) -> str:
        """In a line: "problem 4711: was 1 of 1, is 0 of 1"."""
        known = f"{self.kind.replace('_', ' ')} {self.record_id}: {self.fate.value}"
        if self.was is not None and self.now is not None:
            return f"{known}, was {self.was}, is {self.now}"
        return f"{known}, {'is' if self.was is None else 'was'} {self.was if self.now is None else self.now}"


def records_changed(was: Sequence[RecordSeen], now: Sequence[RecordSeen]) -> list[RecordChanged]:
    """What differs between two sets of records, in the order of kinds and numbers."""
    before = {(kind, key): mark for kind, key, mark in was}
    after = {(kind, key): mark for kind, key, mark in now}
    found = []
    for kind, key in sorted(before.keys() | after.keys()):
        one, two = before.get((kind, key)), after.get((kind, key))
        if one != two:
            fate = Fate.ADDED if one is None else Fate.REMOVED if two is None else Fate.CHANGED
            found.append(RecordChanged(kind, key, one, two, fate))
    return found


@dataclass(frozen=True, slots=True)
class Restated:
    """A measure whose figure or records are not those that were signed."""

    measure: SealedMeasure
    now: Figure
    records: tuple[RecordChanged, ...]

    @property
    def is_restated(self) -> bool:
        """Whether the figure itself is another."""
        return is_restated(self.measure.figure, self.now)

    @property
    def is_lawful(self) -> bool:
        """Whether all that differs was erased because the law asks for it."""
        return bool(self.records) and all(each.fate is Fate.ERASED for each in self.records)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sealed edition."""

    #: the seal itself was altered: it is not what its hash was made of
    is_altered: bool
    #: the hash that the records give now
    hash_now: str
    #: the counting of reasons is not what it was
    has_other_counting: bool
    restated: tuple[Restated, ...]

    @property
    def is_same(self) -> bool:
        """Whether the records give what was signed."""
        return not (self.is_altered or self.has_other_counting or self.restated)

    @property
    def is_sound(self) -> bool:
        """Whether nothing needs an answer: the same, or other only for what was lawfully erased."""
        return not (self.is_altered or self.has_other_counting) and all(
            each.is_lawful for each in self.restated
        )
