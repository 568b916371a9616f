"""What may be said of a contact or a patrol: reference, instants, ethnicity, words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import uuid4

from npt.communities.rules import NOT_STATED, CodeSystem, EthnicGroup
from npt.kit.clock import moment_in_words
from npt.kit.refusals import Refusal

LONGEST_WORDS = 1000
LONGEST_STREET = 120
LONGEST_REFERENCE = 40
#: Somebody sent later than this after it was typed had no signal. Ours.
SENT_LATE_AFTER = timedelta(hours=1)
#: A phone whose clock runs ahead a little is not refused. Ours.
_CLOCK_AHEAD = timedelta(minutes=10)
#: How far back a form takes what happened, since a wrong year is easily typed. Ours; files have no limit.
OLDEST = timedelta(days=366)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class BadReference(Refusal):
    """A reference with other characters than letters, digits, dots, underscores and hyphens, or too many."""


class BadInstant(Refusal):
    """Something that is still to come, or too long ago."""


class BadContactText(Refusal):
    """Words that are too many."""


class UnknownGroup(Refusal):
    """An ethnicity that no code stands for."""


class Purpose(Enum):
    """What a reference is of, by its first letter."""

    CONTACT = "c"
    PATROL = "p"

    def new_reference(self) -> str:
        """A reference that nothing has: "c-3f9a2b7c1d04"."""
        return f"{self.value}-{uuid4().hex[:12]}"


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


@dataclass(frozen=True, slots=True)
class Typed:
    """When something was typed, and when it reached us."""

    at: datetime
    received_at: datetime

    @property
    def is_late(self) -> bool:
        """Whether it was sent much later than it was typed, as without a signal."""
        return self.received_at - self.at > SENT_LATE_AFTER


def check_reference(reference: str) -> str:
    """The reference, if it is one. BadReference."""
    if len(reference) > LONGEST_REFERENCE or _REFERENCE.fullmatch(reference) is None:
        raise BadReference(
            f"“{reference[:40]}” is not a reference: use up to {LONGEST_REFERENCE} letters A to Z, digits,"
            " dots, underscores or hyphens, beginning with a letter or digit.",
            field="reference",
        )
    return reference


def check_instant(instant: datetime, now: datetime, field: str) -> datetime:
    """The instant in whole minutes, if it has come. BadInstant.

    One that a clock running a little ahead gives is taken as now.
    """
    if instant > now + _CLOCK_AHEAD:
        raise BadInstant(
            f"{moment_in_words(instant)} is still to come: give a time that has passed.", field=field
        )
    return min(instant, now).replace(second=0, microsecond=0)


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
