"""The names of streets, as people type them: abbreviated, with a house number before and a town behind."""

from collections.abc import Iterator
from dataclasses import dataclass

from npt.kit.search_words import search_words

#: How the last words of streets are shortened; the plates and the lists write them out.
_SHORT = {
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "cres": "crescent",
    "gdns": "gardens",
    "gdn": "garden",
    "pl": "place",
    "sq": "square",
    "terr": "terrace",
    "ct": "court",
    "gr": "grove",
    "gn": "green",
    "pk": "park",
    "wlk": "walk",
    "wy": "way",
    "hl": "hill",
}
#: The most words of a name and a town together that are looked at.
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class StreetSought:
    """A street by the beginning of its key, and words of the place that it is in."""

    key: str
    place: tuple[str, ...]


def street_key(name: str) -> str:
    """The name in words as they are searched for: "St. John’s Rd" and "St Johns Road" are the same."""
    return " ".join(_written_out(search_words(name)))


def streets_sought(typed: str) -> Iterator[StreetSought]:
    """What the text may mean, the likeliest first: all of it a street, or its last words the place."""
    before, comma, behind = typed[:200].partition(",")
    words = search_words(before)[:_MOST_WORDS]
    if len(words) > 1 and words[0][0].isdigit():
        words = words[1:]  # the number of a house
    place = tuple(search_words(behind)[:_MOST_WORDS])
    for count in range(len(words), 0, -1):
        if comma and count < len(words):
            return
        yield StreetSought(" ".join(_written_out(words[:count])), (*words[count:], *place))


def _written_out(words: list[str]) -> list[str]:
    """The words with the last, where it is shortened, in full; "St" before a name is a saint's."""
    if len(words) > 1 and words[-1] == "st":
        return [*words[:-1], "street"]
    return [*words[:-1], _SHORT.get(words[-1], words[-1])] if len(words) > 1 else words
