"""A rate as it was signed off, beside the one that the records give now."""

from dataclasses import dataclass
from datetime import date

from npt.kit.shares import Share


@dataclass(frozen=True, slots=True)
class SignedRate:
    """The minutes of a rate when its month was signed off, in which edition, and on which day."""

    abstracted: int | None
    denominator: int | None
    edition: int
    signed_on: date

    @property
    def rate(self) -> Share:
        """The rate that was signed; not known without duty."""
        return Share(self.abstracted or 0, self.denominator or 0)

    def is_still(self, abstracted: int, denominator: int) -> bool:
        """Whether these minutes are those that were signed; without duty there are none."""
        return (self.abstracted or 0, self.denominator or 0) == (abstracted, denominator)
