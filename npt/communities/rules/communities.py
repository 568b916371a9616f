"""Communities: their kinds, their flags, and what may be recorded of them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal

LONGEST_NAME = 120
LONGEST_SOURCE = 200
LONGEST_REASON = 500
LONGEST_CODE = 20


class CommunityKind(Enum):
    """What the people of a community have in common."""

    ETHNIC = "ethnic"
    FAITH = "faith"
    LANGUAGE = "language"
    AGE = "age"
    HOUSING = "housing"
    BUSINESS = "business"
    PLACE = "place"
    INTEREST = "interest"

    @property
    def wording(self) -> str:
        """The kind as a list says it."""
        return _KINDS[self]


_KINDS = {
    CommunityKind.ETHNIC: "ethnic or national",
    CommunityKind.FAITH: "faith",
    CommunityKind.LANGUAGE: "language",
    CommunityKind.AGE: "age",
    CommunityKind.HOUSING: "housing",
    CommunityKind.BUSINESS: "business",
    CommunityKind.PLACE: "place",
    CommunityKind.INTEREST: "shared interest",
}


class Flag(Enum):
    """What somebody says of a community. The first two are those of HMIC's first recommendation of 2008."""

    VULNERABLE = "vulnerable"
    EMERGING = "emerging"
    HARD_TO_REACH = "hard-to-reach"

    @property
    def wording(self) -> str:
        """The flag in a sentence: "vulnerable"."""
        return self.value.replace("-", " ")

    @property
    def heading(self) -> str:
        """The flag with which a sentence begins."""
        return self.wording.capitalize()


#: The flags of which a neighbourhood has to say something once in twelve months.
ASKED = (Flag.VULNERABLE, Flag.EMERGING)


class BadShare(Refusal):
    """A share of the population that cannot be."""


class BadText(Refusal):
    """Words that are missing, or too many."""


class InTheFuture(Refusal):
    """A day that is still to come, of something that has to have happened."""


@dataclass(frozen=True, slots=True)
class KnownShare:
    """A community's share of the population in percent, as at a day, and who says so; None for not known."""

    percent: Decimal | None
    as_at: date
    source: str | None


def known_share(
    percent: Decimal | None, as_at: date | None, source: str | None, today: date
) -> KnownShare | None:
    """What was told of a share, of today where no day was; None where nothing was. BadShare, InTheFuture."""
    if percent is None and as_at is None and not source:
        return None
    if as_at is not None:
        check_past(as_at, today, "as_at")
    if percent is not None and not 0 <= percent <= 100:
        raise BadShare(f"A share of {percent}% cannot be: give a percentage from 0 to 100.", field="share")
    if source:
        check_words(source, LONGEST_SOURCE, "source", "")
    return KnownShare(percent, as_at or today, source or None)


def check_past(day: date, today: date, field: str) -> None:
    """Refuse (InTheFuture) a day after today."""
    if day > today:
        raise InTheFuture(f"{day_in_words(day)} is still to come: give today or an earlier day.", field=field)


def check_words(words: str | None, limit: int, field: str, missing: str) -> None:
    """Refuse (BadText) words that are missing, in the words `missing`, or too many."""
    if not (words or "").strip():
        raise BadText(missing, field=field)
    if len(words or "") > limit:
        raise BadText(f"It has {len(words or ''):,} characters: use {limit} at most.", field=field)


#: In files, what stands for somebody who is of none of the communities: no community has it for a code.
NO_COMMUNITY = "none"


def check_community_code(code: str) -> None:
    """Refuse (BadText) the code that stands for no community."""
    if code == NO_COMMUNITY:
        raise BadText(
            f"“{code}” stands for no community in files of contacts: give another code.", field="code"
        )


def code_for(name: str, taken: Collection[str]) -> str:
    """A code for a community of this name that none of those taken is: "polish-shops", "polish-shops-2"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_CODE].strip("-") or "community"
    candidate, number = words, 1
    while candidate in taken or candidate == NO_COMMUNITY:
        number += 1
        ending = f"-{number}"
        candidate = words[: LONGEST_CODE - len(ending)].rstrip("-") + ending
    return candidate
