"""Fields that hold text: lines, paragraphs, email addresses and passwords."""

import re
import unicodedata
from typing import Any

from npt.webkit.fields.control import Control

# Marks that turn round the text after them, so that what is read is not what is stored. Ordinary
# right-to-left letters are welcome and need none of them.
DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def clean_line(text: str) -> str:
    """One line of text, ready to keep: composed (NFC), outer space gone, tabs and line ends made spaces.

    ValueError, with a message to show, for a character that cannot be kept.
    """
    line = _LINE_ENDS.sub("\n", text).replace("\n", " ").replace("\t", " ")
    return _checked(unicodedata.normalize("NFC", line).strip(), allowed="")


def clean_paragraphs(text: str) -> str:
    """Text of several lines, ready to keep; line ends become "\\n". ValueError as in ``clean_line``."""
    return _checked(unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).strip(), allowed="\n\t")


def _checked(text: str, allowed: str) -> str:
    if DIRECTION_MARKS.search(text):
        raise ValueError("must not hold hidden marks that turn the text round: type it again by hand")
    for character in text:
        # Cc: control characters, NUL among them. Cs: half of a pair, which no encoding can write. Zl, Zp:
        # line ends that are no line ends to most programs; a password alone still has them here.
        if character not in allowed and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            raise ValueError(
                f"must not hold the invisible control character U+{ord(character):04X}: type it again by hand"
            )
    return text


class TextField(Control[str]):
    """One line of text of at most ``limit`` characters."""

    holds_words = True

    def __init__(self, label: str, *, limit: int, autocomplete: str = "", **control: Any) -> None:
        super().__init__(label, **control)
        self.limit = limit
        self.autocomplete = autocomplete

    def parse(self, typed: list[str]) -> str:
        """The cleaned text. ValueError when it is too long or holds a character that cannot be kept."""
        try:
            text = self.clean(typed[0])
        except ValueError as refused:
            raise ValueError(f"{self.noun} {refused}.") from None
        if len(text) > self.limit:
            raise ValueError(f"{self.noun} must be {self.limit:,} characters or fewer: it has {len(text):,}.")
        return text

    def clean(self, text: str) -> str:
        """The text as it is kept."""
        return clean_line(text)

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), **({"autocomplete": self.autocomplete} if self.autocomplete else {})}


#: From so many characters on, how many are left is shown only when three quarters are used. Ours.
_LONG = 500


class TextAreaField(TextField):
    """Text of several lines, with a count of the characters left."""

    component = "character-count"

    def __init__(self, label: str, *, limit: int, rows: int = 4, **control: Any) -> None:
        super().__init__(label, limit=limit, **control)
        self.rows = rows

    def clean(self, text: str) -> str:
        """The text as it is kept."""
        return clean_paragraphs(text)

    def reading(self, value: str) -> str:
        """The lines, one behind the other."""
        return "; ".join(line for line in value.splitlines() if line.strip())

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        counting = {"threshold": 75} if self.limit >= _LONG else {}
        return {**super().parameters(), "rows": self.rows, "maxlength": self.limit, **counting}


class EmailField(TextField):
    """An email address, checked for its shape only: whether it works is known when a message arrives."""

    def __init__(self, label: str, **control: Any) -> None:
        # 254 is the longest address that mail can carry (RFC 5321, erratum 1690).
        super().__init__(label, **{"limit": 254, "autocomplete": "email", **control})

    def parse(self, typed: list[str]) -> str:
        """The address. ValueError when it cannot be one."""
        text = super().parse(typed)
        if not re.fullmatch(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+", text):
            raise ValueError(f"{self.noun} must be an email address, like name@example.police.uk.")
        return text

    @property
    def text(self) -> str:
        """What the control shows. Not a book: the page to sign in shows anybody what they typed."""
        return super().text[:1000]

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**super().parameters(), "type": "email", "spellcheck": False}


class PasswordField(TextField):
    """A password: kept exactly as typed, and never shown again."""

    component = "password-input"

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{"limit": 200, "autocomplete": "current-password", **control})

    def clean(self, text: str) -> str:
        """The text as it is kept: nothing is trimmed, since a space may be meant."""
        return _checked(text, allowed="")

    @property
    def text(self) -> str:
        """Nothing: a password is never sent back to the page."""
        return ""
