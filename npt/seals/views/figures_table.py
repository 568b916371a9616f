"""The figures that were signed, and those that the records give now, as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from npt.measures.rules import Figure, is_restated
from npt.measures.wording import figure_in_words, made_of, target_in_words
from npt.seals.rules import Content, SealedLimits, SealedMeasure
from npt.webkit.listing import Column, Columns, Table


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A signed measure beside its figure now; None for what is not counted again, but kept as it was seen."""

    measure: SealedMeasure
    now: Figure | None

    @property
    def is_restated(self) -> bool:
        """Whether the records give another figure now."""
        return self.now is not None and is_restated(self.measure.figure, self.now)

    @property
    def now_in_words(self) -> str:
        """The figure now, with what it means."""
        if self.now is None:
            return "kept as it was seen"
        words = figure_in_words(self.measure.live, self.now)
        return f"{words}, restated since sign-off" if self.is_restated else words


def _limits(limits: SealedLimits) -> str:
    if limits.low is None or limits.high is None:
        return "none"
    return "drawn, on trial" if limits.is_trial else "drawn"


def _made(line: FigureLine, figure: Figure | None) -> str:
    """What a share is made of, where it is restated: both may be rounded to the same."""
    return made_of(line.measure.live, figure) if line.is_restated and figure is not None else ""


def _signed(line: FigureLine) -> str:
    return figure_in_words(line.measure.live, line.measure.figure)


_COLUMNS: Columns[FigureLine] = (
    Column("Measure", lambda line: line.measure.name),
    Column("Signed off", _signed, is_number=True, below=lambda line: _made(line, line.measure.figure)),
    Column(
        "Now",
        lambda line: line.now_in_words,
        below=lambda line: _made(line, line.now),
        tone=lambda line: "bad" if line.is_restated else "",
    ),
    Column("Target", lambda line: target_in_words(line.measure.live, line.measure.goal)),
    Column("Limits", lambda line: _limits(line.measure.limits)),
)


def figures_table(caption: str, sealed: Content, now: Content, *, name: str = "") -> Table[FigureLine]:
    """Every measure that was signed, in the order of the review."""
    known = {code: each.figure for code, each in now.by_code.items()}
    return Table(caption, _COLUMNS, lines_of(sealed, known), file=name)


def lines_of(sealed: Content, now: Mapping[str, Figure]) -> Sequence[FigureLine]:
    """The measures that were signed, each with its figure now."""
    return [
        FigureLine(each, now.get(each.code) if each.is_recomputable else None) for each in sealed.measures
    ]
