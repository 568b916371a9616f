"""The terms of a text and of a search: parted, folded and stemmed here, so that a database only finds them.

Engines part words by rules of their own, which follow their version and the locale of the database. So a text
is turned into terms once, when it is written, and a search by the same function; what is stored are plain
ASCII words that no engine takes apart or folds again. Ours:

- an apostrophe parts nothing: "O'Brien" is one word, and "school's" stems like "schools"
- a hyphen parts a word that is found in one piece as well: "anti-social", "antisocial" and "anti social"
- a slash parts: "drink/drugs" are two words
- a postcode is one word whether or not it is typed in one: "SW1A 1AA", "sw1a1aa"; its first half is one, too
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from snowballstemmer import stemmer

from npt.kit.search_words import plain

#: The most words of a search that count; the others are left out.
MOST_WORDS = 20
#: Letters of a term; more of a longer one are not looked at.
_LONGEST = 60
#: These stand everywhere, and tell nothing.
_EVERYWHERE = (
    "a an and are as at be been but by for from had has have he her his i if in into is it its of on or she"
    " so that the their them then there these they this to was we were will with"
)
_TELLS_NOTHING = frozenset(_EVERYWHERE.split())
#: Beginnings that people write in one with the word, by a hyphen or apart.
_BEGINNINGS = ("anti", "cyber", "multi", "non")
_HYPHENS = "-\u2010\u2012\u2013\u2014\u2212"
_POSTCODE = r"(?P<out>[a-z]{1,2}[0-9][a-z0-9]?) ?(?P<into>[0-9][a-z]{2})(?![^\W_])"
_WORD = rf"(?P<word>[^\W_]+(?:[{_HYPHENS}][^\W_]+)*)"
_TOLD = re.compile(rf"(?<![^\W_])(?:{_POSTCODE}|{_WORD})")
_stem = stemmer("english").stemWord

#: A search: of each of its words, the ways in which it may be written, each as the terms that it takes.
SoughtTerms = tuple[tuple[tuple[str, ...], ...], ...]


def terms_of(text: str) -> set[str]:
    """The terms by which a text is found."""
    found: set[str] = set()
    before = ""
    for told in _TOLD.finditer(plain(text)):
        found.update(_written(told))
        word = told["word"] or ""
        if before in _BEGINNINGS:
            found.add(_term(before + word))
        before = word
    return found - {""}


def terms_sought(text: str) -> SoughtTerms:
    """What a search asks for: each word in one of its ways. Empty where there is no word in it."""
    asked = dict.fromkeys(ways for told in _TOLD.finditer(plain(text)) if (ways := _ways(told)))
    return tuple(asked)[:MOST_WORDS]


def fits(sought: SoughtTerms, terms: set[str] | frozenset[str]) -> bool:
    """Whether a text with these terms has every word sought."""
    return bool(sought) and all(any(terms.issuperset(way) for way in ways) for ways in sought)


def _written(told: re.Match[str]) -> Iterator[str]:
    """All terms of what stands in a text."""
    if told["out"]:
        yield from (_term(told["out"]), _term(told["into"]), _term(told["out"] + told["into"]))
        return
    parts = _parts(told)
    yield from map(_term, parts)
    if _is_one_word(parts):
        yield _term("".join(parts))
    for part in parts:
        for beginning in _BEGINNINGS:
            if part.startswith(beginning) and len(part) > len(beginning) + 2:
                yield from (_term(beginning), _term(part.removeprefix(beginning)))


def _ways(told: re.Match[str]) -> tuple[tuple[str, ...], ...]:
    """The ways in which a word of a search may be written; none where it stands everywhere."""
    if told["out"]:
        return ((_term(told["out"] + told["into"]),),)
    parts = _parts(told)
    apart = tuple(dict.fromkeys(term for term in map(_term, parts) if term))
    joined = _term("".join(parts)) if _is_one_word(parts) else ""
    return tuple(dict.fromkeys(way for way in (apart, (joined,) if joined else ()) if way))


def _parts(told: re.Match[str]) -> list[str]:
    return re.split(f"[{_HYPHENS}]", told["word"])


def _is_one_word(parts: list[str]) -> bool:
    """Whether what hyphens part may be written in one: not where two numbers stand beside each other."""
    return len(parts) > 1 and not any(one.isdigit() and other.isdigit() for one, other in pairwise(parts))


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    """The term of a folded word; "" for one that stands everywhere."""
    if word in _TELLS_NOTHING:
        return ""
    stemmed: str = _stem(word[:_LONGEST])
    # Letters that an engine may not know, or take for none, are written as the numbers of their bytes.
    return stemmed if stemmed.isascii() else f"0x{unicodedata.normalize('NFC', stemmed).encode().hex()}"
