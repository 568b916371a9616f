"""The law of erasure: by what an erased person is known again, and how their name gives way in words."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from npt.journal.rules import PersonKey
from npt.kit.clock import day_in_words, local_day
from npt.kit.digests import keyed_digest
from npt.kit.refusals import Refusal
from npt.kit.search_words import search_words


class UnknownPerson(Refusal):
    """Nobody in the records is known by what was given."""


class AlreadyErased(Refusal):
    """The person was erased before; there is nothing to do, and nothing was done."""


class StillHere(Refusal):
    """Somebody was to be erased who still works or signs in here."""


class LastAdministrator(Refusal):
    """The last administrator of a unit was to be erased."""


@dataclass(frozen=True)
class Person:
    """Somebody in the records: by what they were found, and every row that is them."""

    #: of the row that was asked for
    key: PersonKey
    #: their rows, the one that was asked for first: a member's account is the same person
    keys: tuple[PersonKey, ...]
    #: what they are called in words: "member 4711"
    said: str


@dataclass
class Outcome:
    """What was erased, by table and in words, and what somebody has to read."""

    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    #: texts that hold the last name alone, or the name of two people, by table
    to_read: dict[str, int] = field(default_factory=dict)
    #: what those were called who are erased: nowhere kept
    namings: list["Naming"] = field(default_factory=list, repr=False)

    def add(self, table: str, what: str, count: int) -> None:
        """Count so many more rows of a table."""
        if count:
            self.rows[table, what] = self.rows.get((table, what), 0) + count

    def left(self, table: str, count: int) -> None:
        """Count so many more texts that somebody has to read."""
        if count:
            self.to_read[table] = self.to_read.get(table, 0) + count

    def merge(self, other: "Outcome") -> None:
        """Count what another run erased as well."""
        for (table, what), count in other.rows.items():
            self.add(table, what, count)
        for table, count in other.to_read.items():
            self.left(table, count)
        self.namings += other.namings

    def look_again(self, later: "Outcome | None") -> None:
        """Count what a later look for the same names found; what it left to read is all there is to read."""
        if later is not None:
            self.merge(replace(later, to_read={}))
            self.to_read = later.to_read


def reference_digest(secret: str, table: str, reference: str) -> str:
    """What the list of erasures keeps of a number or an address."""
    return keyed_digest(secret, f"erasure {table}", reference)


def key_mark(secret: str) -> str:
    """Tells one secret key from another, and nothing else."""
    return keyed_digest(secret, "erasure key", "")[:16]


def erased_in_words(reference: str, erased_at: datetime) -> str:
    """That somebody was erased, and when."""
    return f"{reference} was erased on {day_in_words(local_day(erased_at))}"


def pseudonym(noun: str, record_id: int, *, is_reference: bool) -> str:
    """What stands in the place of a name, or of what people are asked for by."""
    return f"erased-{record_id}" if is_reference else f"Erased {noun} {record_id}"


def months_before(day: date, months: int) -> date:
    """The day so many months before, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Names in words ---------------------------------------------------------------------------------------------

#: What stands before a number that is somebody's; a bare number may be a time, or a count.
_BEFORE_A_NUMBER = (
    r"(?:PCSO|PC|PS|SC|Sgt|Sergeant|Insp|Inspector|constable|officer|member|number|no\.?|members/)"
)
#: A number of digits alone is somebody's by itself from this length.
_SURE_DIGITS = 5


#: What is typed for one another: a telephone makes curly apostrophes of straight ones.
_APOSTROPHES, _HYPHENS = "'’‘ʼ`´", "-‐‑–"
#: For any of these another sign may stand in a text.
TYPED_OTHERWISE = frozenset(_APOSTROPHES + _HYPHENS)


@dataclass(frozen=True)
class Naming:
    """How a person is named in words, and what takes the place of it."""

    name: str
    references: tuple[str, ...]
    pseudonym: str
    #: somebody else has the same name: words that have it may mean either
    has_namesake: bool = False

    @property
    def last_name(self) -> str | None:
        """The last word of the name, where there is more than one and it is no initial."""
        words = self.name.split()
        return words[-1] if len(words) > 1 and len(words[-1]) > 2 else None

    @property
    def sought(self) -> tuple[str, ...]:
        """Pieces of text of which one at least stands in every text that names the person."""
        return tuple(dict.fromkeys(each for each in (self.last_name or self.name, *self.references) if each))

    def replaced(self, text: str, longest: int | None = None) -> str:
        """The text with the pseudonym for every name of the person, cut to what its column takes."""
        patterns = [_reference(each) for each in self.references if each]
        if not self.has_namesake:
            patterns = [*_names(self.name), *patterns]
        for pattern in patterns:
            text = re.sub(pattern, self._with_what_stood_before, text, flags=re.IGNORECASE)
        return text if longest is None else text[:longest]

    def _with_what_stood_before(self, found: re.Match[str]) -> str:
        return f"{found['before']}{self.pseudonym}"

    def has_to_be_read(self, text: str) -> bool:
        """Whether a text, after that, may still mean them: only a reader can tell."""
        rest = self.last_name or (self.name if self.has_namesake else None)
        return rest is not None and re.search(_whole(_letters(rest)), text, re.IGNORECASE) is not None


def _names(name: str) -> Sequence[str]:
    words = name.split()
    if not words:
        return []
    found = [r"\s+".join(map(_letters, words))]
    if len(words) > 1:
        first, last = _letters(words[0]), _letters(words[-1])
        initial = _letters(words[0][0]) if words[0][0].isalpha() else first
        found += [rf"{last},\s*{first}", rf"{initial}\.?\s+{last}"]
    return [_whole(each) for each in found]


def _letters(name: str) -> str:
    """What finds a name however it was typed: with another apostrophe or hyphen, or without its accents."""
    return "".join(map(_letter, name))


def _letter(sign: str) -> str:
    for alike in (_APOSTROPHES, _HYPHENS):
        if sign in alike:
            return f"[{re.escape(alike)}]"
    plain = "" if sign.isascii() else "".join(search_words(sign))
    return f"[{re.escape(sign + plain)}]" if len(plain) == 1 else re.escape(sign)


def _reference(reference: str) -> str:
    escaped = re.escape(reference)
    if reference.isdecimal() and len(reference) < _SURE_DIGITS:
        return rf"(?P<before>(?<!\w){_BEFORE_A_NUMBER}\s*){escaped}(?!\w)"
    return _whole(escaped)


def _whole(pattern: str) -> str:
    return rf"(?P<before>)(?<![\w]){pattern}(?![\w])"


_WORD = re.compile(r"[\w'’-]+")
#: Words of the longest name that is looked for.
_LONGEST_NAME = 5


def without_names(text: str, names: frozenset[str], instead: str) -> str:
    """The text with `instead` for every one of these names: words in lower case with single blanks.

    It takes as long for thousands of names as for one.
    """
    words = list(_WORD.finditer(text))
    said, end, place = list[str](), 0, 0
    while place < len(words):
        for count in range(min(_LONGEST_NAME, len(words) - place), 1, -1):
            some = words[place : place + count]
            if " ".join(word[0] for word in some).casefold() in names:
                said += [text[end : some[0].start()], instead]
                end, place = some[-1].end(), place + count
                break
        else:
            place += 1
    return "".join([*said, text[end:]])
