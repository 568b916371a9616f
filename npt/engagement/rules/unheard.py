"""Who has not been heard: communities and streets, for how long, and which of them come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.search_words import search_words

#: A community with no contact for longer than this has not been heard. Ours.
COMMUNITY_SILENT_AFTER = timedelta(days=90)
#: A street without contact or patrol for longer than this, unless the reader says otherwise. Ours.
STREET_SILENT_AFTER = 60
MOST_DAYS = 730
#: How much a day of silence weighs by priority class: class 1 has the highest demand. Ours.
_WEIGHTS = {1: 4, 2: 3, 3: 2, 4: 1}
#: Nothing is on record: as if it were silent since this many days.
NEVER = MOST_DAYS


def weight_of(priority_class: int | None) -> int:
    """How much a day of silence weighs in a neighbourhood; one without a class weighs least."""
    return _WEIGHTS.get(priority_class or 4, 1)


@dataclass(frozen=True, slots=True)
class Silence:
    """A street or a community, when somebody was last there, and how much its silence weighs."""

    last: date | None
    priority_class: int | None = None

    def days(self, today: date) -> int | None:
        """Days since then; None where nothing is on record."""
        return None if self.last is None else (today - self.last).days

    def is_longer_than(self, days: int, today: date) -> bool:
        """Whether nothing was heard for longer than so many days."""
        since = self.days(today)
        return since is None or since > days

    def rank(self, today: date) -> int:
        """What silences are put in order by, the heaviest first: days by priority class."""
        since = self.days(today)
        return -(NEVER if since is None else min(since, NEVER)) * weight_of(self.priority_class)


def named_in(key: str, notes: Iterable[tuple[str, date]]) -> date | None:
    """The latest day of the notes that name the street of this key; None where none does."""
    found = [on for words, on in notes if f" {key} " in f" {words} "]
    return max(found, default=None)


def plain_words(note: str) -> str:
    """A note as streets are looked for in it."""
    return " ".join(search_words(note))
