"""Specialist contacts: whose they are, and beside which communities they are shown."""

from collections.abc import Iterable
from enum import Enum

from npt.communities.rules.communities import CommunityKind, Flag
from npt.kit.refusals import Refusal
from npt.organisation.rules import Level

LONGEST_SUBJECT = 80
LONGEST_WAY = 40
#: Whose specialist contacts there are.
LEVELS_WITH_SPECIALISTS = (Level.FORCE, Level.BCU)


class NotForceOrBcu(Refusal):
    """A specialist contact was to be named for a unit that has none."""


class NoWay(Refusal):
    """A specialist contact whom nobody could reach: neither telephone nor email."""


class Calling(Enum):
    """Something about a community that calls for a specialist: its kind, or one of its flags."""

    ETHNIC = "ethnic"
    FAITH = "faith"
    LANGUAGE = "language"
    AGE = "age"
    HOUSING = "housing"
    BUSINESS = "business"
    PLACE = "place"
    INTEREST = "interest"
    VULNERABLE = "vulnerable"
    EMERGING = "emerging"
    HARD_TO_REACH = "hard-to-reach"

    @property
    def wording(self) -> str:
        """What calls, in words: "faith communities", "vulnerable communities"."""
        return _WORDING[self]

    @classmethod
    def of(cls, kind: CommunityKind, flags: Iterable[Flag]) -> set["Calling"]:
        """All that calls for somebody in a community of this kind with these flags."""
        return {cls(kind.value), *(cls(flag.value) for flag in flags)}


_WORDING = {
    Calling.ETHNIC: "ethnic and national communities",
    Calling.FAITH: "faith communities",
    Calling.LANGUAGE: "communities of a language",
    Calling.AGE: "age groups",
    Calling.HOUSING: "communities by housing",
    Calling.BUSINESS: "businesses",
    Calling.PLACE: "communities of a place",
    Calling.INTEREST: "communities of a shared interest",
    **{Calling(flag.value): f"{flag.wording} communities" for flag in Flag},
}
