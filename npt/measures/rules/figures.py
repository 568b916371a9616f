"""A figure of a measure: counted, out of how many, or not known."""

from dataclasses import dataclass
from fractions import Fraction

from npt.kit.shares import Share


@dataclass(frozen=True, slots=True)
class Figure:
    """What a measure came to in a unit and month.

    `counted` is a number of things or minutes; `of` what it is a share or a ratio of, None for a plain count.
    Not known is None, never 0, and says why.
    """

    counted: int | None
    of: int | None = None
    why_unknown: str = ""
    #: shifts of confirmed days out of all that it rests on; None where it rests on no duty
    coverage: Share | None = None

    @property
    def value(self) -> Fraction | None:
        """The number that is judged and drawn: a count, or an exact share or ratio; None when not known."""
        if self.counted is None or self.of == 0:
            return None
        return Fraction(self.counted, 1 if self.of is None else self.of)

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return self.counted is not None and self.of != 0


UNKNOWN = Figure(None)
