"""Words as a person searches for them: whatever the case, the accents, the hyphens and the apostrophes.

Both sides go through this one function, so that no database's idea of a word tells (SQLite's LIKE folds only
the letters of English, PostgreSQL's follows the locale it was set up with).
"""

import unicodedata

#: Letters that no decomposition takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
#: What stands inside a word without parting it: O'Brien is obrien.
_INSIDE_WORDS = str.maketrans(dict.fromkeys("'’‘ʼ`´", None))


def plain(text: str) -> str:
    """A text without case, accents and apostrophes: "obrien-smith" for "O’Brien-Smith"."""
    apart = unicodedata.normalize("NFKD", text.translate(_INSIDE_WORDS).casefold())
    apart = apart.casefold().translate(_LETTERS)  # again: what is taken apart may show a capital
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def search_words(text: str) -> list[str]:
    """The words of a text, folded: ["obrien", "smith"] for "O’Brien-Smith"."""
    return "".join(sign if sign.isalnum() else " " for sign in plain(text)).split()


class Sought:
    """What somebody searches for."""

    def __init__(self, text: str) -> None:
        self.words = search_words(text)
        self._joined = "".join(self.words)

    def fits(self, text: str) -> bool:
        """Whether every word sought begins a word of the text, whether it is written in one or apart.

        "sw1a1aa" fits "SW1A 1AA", and "o brien" fits "O’Brien".
        """
        words = search_words(text)
        starts = ["".join(words[number:]) for number in range(len(words))]
        return bool(self.words) and (
            all(any(start.startswith(word) for start in starts) for word in self.words)
            or any(start.startswith(self._joined) for start in starts)
        )
