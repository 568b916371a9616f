"""The answer of whoever raised a priority: who is asked, how often, and how a priority ends.

The outcomes are the design's. Three attempts on different days, by two ways where two are known, come before
somebody counts as not reached; a second refusal may be overruled by an inspector, with a reason.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from npt.kit.clock import local_day
from npt.kit.refusals import Refusal

FEWEST_ATTEMPTS = 3
REFUSALS_TO_OVERRULE = 2


class NotYet(Refusal):
    """A priority was to be closed before enough was tried."""


class ReasonMissing(Refusal):
    """Something was said that needs a reason, without one."""


class OriginatorKind(Enum):
    """Who, or what, raised a priority."""

    RESIDENT = "resident"
    KIN = "kin"
    MEETING = "meeting"
    SURVEY = "survey"
    CALL = "call"
    PARTNER = "partner"
    OFFICER = "officer"

    @property
    def wording(self) -> str:
        """The kind as people read it."""
        return _KINDS[self]

    @property
    def is_of_the_team(self) -> bool:
        """Whether the team itself raised it, so that there is nobody to ask."""
        return self is OriginatorKind.OFFICER


_KINDS = {
    OriginatorKind.RESIDENT: "A resident",
    OriginatorKind.KIN: "A key individual",
    OriginatorKind.MEETING: "A public meeting",
    OriginatorKind.SURVEY: "A survey",
    OriginatorKind.CALL: "A caller",
    OriginatorKind.PARTNER: "A partner agency",
    OriginatorKind.OFFICER: "The team itself",
}


class Way(Enum):
    """A way to ask somebody."""

    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in-person"

    @property
    def wording(self) -> str:
        """The way as people read it."""
        return _WAYS[self]


_WAYS = {Way.EMAIL: "By email", Way.PHONE: "By phone", Way.IN_PERSON: "In person or at a meeting"}


class Recorded(Enum):
    """What came of asking somebody, as an officer records it."""

    SOLVED = "solved"
    NOT_SOLVED = "not-solved"
    NOT_REACHED = "not-reached"
    GIVEN_UP = "given-up"
    DIED = "died"
    TAKEN_BACK = "taken-back"

    @property
    def wording(self) -> str:
        """What came of it, as people read it."""
        return _RECORDED[self]

    @property
    def is_answer(self) -> bool:
        """Whether somebody answered."""
        return self in (Recorded.SOLVED, Recorded.NOT_SOLVED)


_RECORDED = {
    Recorded.SOLVED: "They say that it is solved",
    Recorded.NOT_SOLVED: "They say that it is not solved",
    Recorded.NOT_REACHED: "They were not reached this time",
    Recorded.GIVEN_UP: "They cannot be reached: close it",
    Recorded.DIED: "They have died",
    Recorded.TAKEN_BACK: "The team takes the question back: it is not solved",
}


class Ending(Enum):
    """How a priority ended."""

    ACCEPTED = "accepted"
    OVERRULED = "refused"
    NOT_REACHED = "not-reached"
    NO_WAY = "no-way"
    NOBODY_TO_ASK = "nobody-to-ask"
    GONE = "died-or-erased"
    NOT_CHOSEN = "no-longer-chosen"

    @property
    def wording(self) -> str:
        """The ending as people read it."""
        return _ENDINGS[self]

    @property
    def is_without_acceptance(self) -> bool:
        """Whether the team calls it solved and whoever raised it has not said so."""
        return self not in (Ending.ACCEPTED, Ending.NOT_CHOSEN)


_ENDINGS = {
    Ending.ACCEPTED: "Accepted by whoever raised it",
    Ending.OVERRULED: "Closed against whoever raised it",
    Ending.NOT_REACHED: "Whoever raised it was not reached",
    Ending.NO_WAY: "Whoever raised it left no way to be reached",
    Ending.NOBODY_TO_ASK: "Nobody to ask: the team raised it",
    Ending.GONE: "Whoever raised it has died, or asked to be forgotten",
    Ending.NOT_CHOSEN: "No longer chosen",
}


class Answered(Enum):
    """How one round of asking ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_REACHED = "not-reached"
    NO_WAY = "no-way"
    NOBODY_TO_ASK = "nobody-to-ask"
    GONE = "died-or-erased"
    TAKEN_BACK = "taken-back"
    OVERTAKEN = "overtaken"

    @property
    def wording(self) -> str:
        """How it ended, as people read it."""
        return _ANSWERED[self]


_ANSWERED = {
    Answered.ACCEPTED: "Accepted",
    Answered.REFUSED: "Refused: not solved",
    Answered.NOT_REACHED: "Not reached",
    Answered.NO_WAY: "No way to be reached",
    Answered.NOBODY_TO_ASK: "Nobody to ask",
    Answered.GONE: "Died, or asked to be forgotten",
    Answered.TAKEN_BACK: "Taken back by the team",
    Answered.OVERTAKEN: "Ended without an answer",
}


@dataclass(frozen=True, slots=True)
class Whom:
    """Whoever raised a priority, as far as it matters for asking."""

    kind: OriginatorKind
    ways: Collection[Way]
    #: whether they have died, or were erased
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """That somebody was asked and has not answered."""

    way: Way
    at: datetime


def ending_at_once(whom: Whom | None) -> Ending | None:
    """How a priority ends that the team calls solved and about which nobody can be asked; None: they are."""
    if whom is None or whom.kind.is_of_the_team:
        return Ending.NOBODY_TO_ASK
    if whom.is_gone:
        return Ending.GONE
    return None if whom.ways else Ending.NO_WAY


def lacking_attempts(attempts: Sequence[Attempt], ways: Collection[Way]) -> str:
    """What is still to be tried before somebody counts as not reached, in words; "" where it was enough."""
    days = {local_day(each.at) for each in attempts}
    tried = {each.way for each in attempts}
    missing = FEWEST_ATTEMPTS - len(days)
    parts = []
    if missing > 0:
        parts.append(f"try {missing} more {'day' if missing == 1 else 'days'}")
    others = [each for each in Way if each in set(ways) - tried]
    if len(tried) < 2 <= len(set(ways)) and others:
        parts.append(f"also try {' or '.join(each.wording.lower() for each in others)}")
    return ", and ".join(parts)


def check_not_reached(attempts: Sequence[Attempt], ways: Collection[Way]) -> None:
    """Refuse (NotYet) to call somebody not reached whom too little was done to reach."""
    lacking = lacking_attempts(attempts, ways)
    if lacking:
        raise NotYet(
            f"Not enough was tried to reach them: {lacking}. Three attempts on different days are needed, by"
            " two ways where two are known.",
            field="recorded",
        )


def check_overruled(refusals: int, reason: str) -> None:
    """Refuse (NotYet, ReasonMissing) to close a priority against whoever raised it."""
    if refusals < REFUSALS_TO_OVERRULE:
        raise NotYet(
            "It may be closed against whoever raised it only after their second refusal: do what they ask"
            " for, and ask them again."
        )
    if not reason.strip():
        raise ReasonMissing("Say why it is closed all the same.", field="reason")
