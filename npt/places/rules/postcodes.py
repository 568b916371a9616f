"""Postcodes: one spelling of each, how well its place is known, and when it ended.

The qualities are those of the ONS Postcode Directory: 1 is within the building, 9 without any position.
"""

import re
from datetime import date

from npt.kit.clock import parse_day
from npt.kit.refusals import Refusal

#: The form that all postcodes have: outward code, then a digit and two letters.
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
#: Part of one: what stands before the gap, or that and the beginning of the rest.
_PART = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:[0-9][A-Z]?)?")
_SHAPES = ("AA99--", "AA999--", "A99--", "A999--", "AA9A9--", "A9A9--")
#: What may be meant where a shape has a letter, and where a digit; its last two letters are never mistaken.
_MEANT = {"A": {"0": "O", "1": "I"}, "9": {"O": "0", "I": "1", "L": "1"}, "-": {}}
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


def advice_on_postcode(text: str) -> str:
    """What to do, for somebody who typed part of a postcode, or a letter that looks like a digit; else ""."""
    typed = _squeezed(text)
    meant = next(filter(None, (_as_shaped(typed, shape) for shape in _SHAPES)), "")
    if meant and any(sign.isdecimal() for sign in typed):
        return f"If it is a postcode, check its letters and numbers: did you mean {postcode_words(meant)}?"
    if _PART.fullmatch(typed):
        return "If it is a postcode, type the whole of it, like LU1 2AB."
    return ""


def _as_shaped(typed: str, shape: str) -> str:
    """The text with a letter for a digit, or a digit for a letter, put right; "" if it does not fit."""
    if len(typed) != len(shape):
        return ""
    signs = "".join(_MEANT[kind].get(sign, sign) for sign, kind in zip(typed, shape, strict=True))
    return signs if looks_like_postcode(signs) else ""


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
