"""Postcodes: one spelling of each, how well its place is known, and when it ended.

The qualities are those of the ONS Postcode Directory: 1 is within the building, 9 without any position.
"""

import re
from datetime import date

from npt.kit.clock import parse_day
from npt.kit.refusals import Refusal

#: The form that all postcodes have: outward code, then a digit and two letters.
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_GAPS = re.compile(r"[\s\u00a0.\-]+")

#: The place is only about right.
COARSE_QUALITIES = range(5, 9)
#: There is no place.
NO_POSITION = 9


class BadPostcode(Refusal):
    """A text that is no postcode."""


def looks_like_postcode(text: str) -> bool:
    """Whether somebody who types this means a postcode."""
    return _POSTCODE.fullmatch(_squeezed(text)) is not None


def compact_postcode(text: str) -> str:
    """The postcode in capitals without blanks, whatever its spacing and case: "LU12AB". BadPostcode."""
    squeezed = _squeezed(text)
    if _POSTCODE.fullmatch(squeezed) is None:
        raise BadPostcode(f"“{text[:20]}” is not a postcode: write it like LU1 2AB.", field="postcode")
    return squeezed


def postcode_words(compact: str) -> str:
    """A postcode as people write it: "LU1 2AB"."""
    return f"{compact[:-3]} {compact[-3:]}"


def postcode_number(compact: str) -> int:
    """A whole number that is the postcode's alone."""
    return int(compact, 36) * 8 + len(compact)


def read_ending(text: str) -> date:
    """The day from which a postcode is no longer in use: a day, or the month that directories give.

    ValueError.
    """
    if found := re.fullmatch(r"([0-9]{4})-?([0-9]{2})", text):
        return parse_day(f"{found[1]}-{found[2]}-01")
    return parse_day(text)


def _squeezed(text: str) -> str:
    return _GAPS.sub("", text[:40]).upper()
