"""Numbers as people write them, and what a comma in one means.

A comma is never passed over. Between groups of three digits of a whole number it parts thousands: "1,200". In
a number that may have decimals it is the decimal comma: "0,5" is a half. Where such a number could be meant
either way, as "1,200" could, it is refused rather than guessed. In files, which are stricter, any is refused.
"""

import re
from decimal import Decimal

#: The longest text that is looked at: Python takes seconds over a number of a million digits.
LONGEST = 20

_WHOLE = re.compile("[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)")
_POINT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_COMMA = re.compile("[+-]?[0-9]*,[0-9]+")
# No thousands begin with a nought, so “0,500” is a half.
_EITHER = re.compile("[+-]?[1-9][0-9]{0,2},[0-9]{3}")
# More groups, or a point after them, leave no doubt that they are thousands.
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]*|(?:,[0-9]{3}){2,})")


class TwoReadings(ValueError):
    """A number whose comma may part thousands or begin the decimals; the message says how to write it."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” can be read in two ways: write {without_comma(text)}")


def read_whole(text: str) -> int:
    """A whole number: "1200", "1,200", "-3". ValueError for anything else."""
    number = _tidy(text)
    if not _WHOLE.fullmatch(number):
        raise ValueError(f"“{number}” is not a whole number: write it like 12")
    return int(number.replace(",", ""))


def read_decimal(text: str) -> Decimal:
    """A number that may have decimals: "0.5", "0,5", "1,200.5". TwoReadings for "1,200".

    ValueError for anything else: a plain number only, where Decimal itself would take "1e309" and "NaN".
    """
    number = _tidy(text)
    if _EITHER.fullmatch(number):
        raise TwoReadings(number)
    if _THOUSANDS.fullmatch(number):
        return Decimal(number.replace(",", ""))
    if _POINT.fullmatch(number) or _COMMA.fullmatch(number):
        return Decimal(number.replace(",", "."))
    raise ValueError(f"“{number}” is not a number: write it like 0.5")


def without_comma(text: str) -> str:
    """How to write a number with one comma so that nobody can misread it: "0.5"; "1200 or 1.2"."""
    with_point = text.replace(",", ".")
    if not _EITHER.fullmatch(text):
        return with_point
    return f"{text.replace(',', '')} or {with_point.rstrip('0').rstrip('.')}"


def _tidy(text: str) -> str:
    """The text without outer blanks, its minus the one of a keyboard. ValueError for a long one."""
    text = text.strip().replace("\u2212", "-")
    if len(text) > LONGEST:
        raise ValueError(f"“{text[:LONGEST]}…” is too long for a number")
    return text
