"""The quality of a problem record, S + 2A + R + 2A': analysis and assessment count double.

As in the guidance of the Tilley Award of 2009, with marks from 0 to 5; the words beside the marks are ours.
"""

from dataclasses import astuple, dataclass

from npt.kit.refusals import Refusal

HIGHEST_MARK = 5


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
