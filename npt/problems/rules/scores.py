"""The quality of a problem record, S + 2A + R + 2A': analysis and assessment count double.

As in the guidance of the Tilley Award of 2009, with marks from 0 to 5; the words beside the marks are ours.
"""

from dataclasses import astuple, dataclass

from npt.kit.refusals import Refusal

HIGHEST_MARK = 5

#: What each mark means, from 0 to 5, by stage.
MARK_WORDS: dict[str, tuple[str, ...]] = {
    "scanning": (
        "nothing shows that there is a problem",
        "a complaint, and no sign that it recurs",
        "it recurs, by one source alone",
        "two sources agree; who is harmed is vague",
        "two sources, who is harmed, and why this one",
        "precise behaviour, place, time and harm, with residents’ own account",
    ),
    "analysis": (
        "none",
        "the problem said again in other words",
        "one side of the triangle looked at",
        "all three sides looked at, without a cause that was tested",
        "a cause tested against what speaks against it",
        "tested causes, what was tried before, and what residents and partners know",
    ),
    "response": (
        "none",
        "what is always done, whatever the cause",
        "something new, without a link to the analysis",
        "linked to a cause, by the police alone",
        "linked to causes, with partners, owners and days",
        "acts on causes to last, with residents taking part and a measure set before",
    ),
    "assessment": (
        "none",
        "an opinion that it helped",
        "a count after, without one before",
        "before and after in windows that can be compared",
        "also what happened elsewhere and around, cost and lessons",
        "also whoever raised it was asked, and what did not work is said",
    ),
}


class BadMark(Refusal):
    """A mark below 0 or above 5."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of the four stages. BadMark."""

    scanning: int
    analysis: int
    response: int
    assessment: int

    #: the best total
    BEST = 6 * HIGHEST_MARK

    def __post_init__(self) -> None:
        for name, mark in zip(self.__dataclass_fields__, astuple(self), strict=True):
            if not 0 <= mark <= HIGHEST_MARK:
                raise BadMark(f"Give a mark from 0 to {HIGHEST_MARK}.", field=name)

    @property
    def total(self) -> int:
        """The score, from 0 to 30."""
        return self.scanning + 2 * self.analysis + self.response + 2 * self.assessment
