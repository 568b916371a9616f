"""The written parts of a profile, and what may stand in one."""

from datetime import date
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal

#: In characters. All parts of a profile together are printed on two pages with its figures.
LONGEST_WORDS = 2_000


class BadWords(Refusal):
    """A part without words, or with too many of them."""


class Part(Enum):
    """A part of a profile that people write, in the order of the page."""

    ABOUT = "about"
    CRIME = "crime"
    KEY_LOCATIONS = "key-locations"
    DEMAND_LOCATIONS = "demand-locations"
    SIGNAL_CRIMES = "signal-crimes"

    @property
    def wording(self) -> str:
        """Its heading: "Key locations"."""
        return _WORDING[self][0]

    @property
    def hint(self) -> str:
        """What belongs there."""
        return _WORDING[self][1]


_WORDING = {
    Part.ABOUT: ("The neighbourhood", "What it is like, who lives there, what is changing"),
    Part.CRIME: ("Behind the figures", "What explains crime and anti-social behaviour here"),
    Part.KEY_LOCATIONS: (
        "Key locations",
        "Schools, places of worship, surgeries, shops, halls: where people meet",
    ),
    Part.DEMAND_LOCATIONS: ("Key demand locations", "Where calls come from, when, and why"),
    Part.SIGNAL_CRIMES: ("Signal crimes", "What people here take as a sign that they are not safe"),
}


def check_words(words: str) -> None:
    """Refuse (BadWords) a part that says nothing, or too much."""
    if not words.strip():
        raise BadWords("Write something. To say that there is nothing, write that.", field="words")
    if len(words) > LONGEST_WORDS:
        raise BadWords(
            f"It has {len(words):,} characters: shorten it to {LONGEST_WORDS:,} at most.", field="words"
        )


def joined(there: str, words: str, name: str, closed_on: date) -> str:
    """What a part says once the words of a closed neighbourhood have come to those that are `there`.

    BadWords where that is too long.
    """
    if not there:
        return words
    both = f"{there}\n\nFrom {name}, closed on {day_in_words(closed_on)}:\n{words}"
    if len(both) > LONGEST_WORDS:
        raise BadWords(
            f"Together with what is written there already it would have {len(both):,} characters, more than"
            f" {LONGEST_WORDS:,}: shorten one of the two first."
        )
    return both
