"""A figure as it was signed off with its month, beside the one that the records give now."""

from dataclasses import dataclass
from datetime import date

from npt.measures.rules.figures import Figure


@dataclass(frozen=True, slots=True)
class SignedFigure:
    """A figure as it stands in the latest edition of its month, and on which local day that was signed."""

    figure: Figure
    edition: int
    signed_on: date
    #: whether the records give it again; else it is kept as it was seen
    is_recomputable: bool

    def is_restated_by(self, now: Figure) -> bool:
        """Whether the records give another figure now than the one that was signed."""
        return self.is_recomputable and is_restated(self.figure, now)


def is_restated(signed: Figure, now: Figure) -> bool:
    """Whether a figure is another than the one that was signed."""
    return (signed.counted, signed.of) != (now.counted, now.of)
