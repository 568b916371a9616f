"""What may be said of a contact or a patrol: ethnicity, words, streets."""

import re

from npt.communities.rules import NOT_STATED, CodeSystem, EthnicGroup
from npt.kit.refusals import Refusal

LONGEST_WORDS = 1000
LONGEST_STREET = 120


class BadContactText(Refusal):
    """Words that are too many."""


class UnknownGroup(Refusal):
    """An ethnicity that no code stands for."""


#: Codes of both systems, the five groups, and "not stated": what may be recorded of somebody who was asked.
ETHNICITIES = tuple(
    dict.fromkeys(
        [
            *(group.value for group in EthnicGroup),
            *(code for system in CodeSystem for code in system.codes),
            NOT_STATED,
        ]
    )
)


def check_ethnicity(code: str | None) -> None:
    """Refuse (UnknownGroup) what is no code, no group, and not "not stated"; None is "not asked"."""
    if code is not None and code not in ETHNICITIES:
        raise UnknownGroup(
            f"“{code[:20]}” is no code: give W, M, A, B or O, a code of 18+1 or 16+1, or NS for somebody who"
            " did not say. Leave it out where nobody asked.",
            field="ethnicity",
        )


def check_words(words: str | None, limit: int, field: str) -> str | None:
    """The words, None where there are none. BadContactText for too many."""
    found = (words or "").strip()
    if len(found) > limit:
        raise BadContactText(f"It has {len(found):,} characters: use {limit:,} at most.", field=field)
    return found or None


_HOUSE_NUMBER = re.compile(
    r"(?:(?:flat|apt|unit|no\.?)\s*)?[0-9]+\s?[a-z]?(?:\s?[-/,&]\s?[0-9]+[a-z]?)*[,\s]+", re.IGNORECASE
)


def street_of(typed: str | None) -> str | None:
    """A street as it is kept, without the number of a house: that would say who lives there."""
    if typed is None:
        return None
    street = typed
    while (found := _HOUSE_NUMBER.match(street)) is not None:
        street = street[found.end() :]
    return street.strip() or None
