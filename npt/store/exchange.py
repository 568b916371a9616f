"""What a feature says of the files it reads and writes, so that one command can import or export any of them.

An import is all or nothing: every row is looked at, every bad one is reported with its line and its cure, and
only when there is none does the caller commit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.kit.stamps import Stamp
from npt.sheets.columns import Shape
from npt.sheets.reading import Row, Table


@dataclass(frozen=True)
class RowProblem:
    """A row that cannot be taken: its line, the column to blame if it is one, what is wrong, what to do."""

    line: int
    column: str | None
    message: str


@dataclass
class Saved:
    """How many records were added, changed, and there already with the same values."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, more: "Saved") -> None:
        """Add what was saved after that."""
        self.added += more.added
        self.changed += more.changed
        self.unchanged += more.unchanged


#: Told the place of a bad one among those wanted, and why it is refused.
Tell = Callable[[int, Refusal], None]


@dataclass
class Outcome(Saved):
    """What an import did, or would have done: counts of records, and every problem found."""

    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)

    def tell(self, line: int, column: str | None, message: str) -> None:
        """Note that the row at `line` cannot be taken."""
        self.problems.append(RowProblem(line, column, message))


@dataclass(frozen=True)
class ImportOrder:
    """How an import is to be done: may rows change existing records, by whom, when, who hears of progress."""

    may_update: bool
    now: datetime
    today: date
    #: the account that imports; None for the command line
    account_id: int | None = None
    #: told how many further rows have been dealt with
    progress: Callable[[int], None] = lambda rows: None
    #: what is doubtful is taken in all the same, and told as a warning
    is_forced: bool = False

    @property
    def stamp(self) -> Stamp:
        """Who changes something, and when."""
        return Stamp(self.account_id, self.now)


@dataclass(frozen=True)
class Import:
    """One kind of file in: its columns, and the function that saves its rows through the feature's actions.

    `save(session, chunks, order) -> Outcome`: chunks of rows in file order; never commits; reports every
    problem it can find rather than the first; leaves nothing half done when the caller rolls back.
    """

    shape: Shape
    save: Callable[[Session, Iterable[Sequence[Row]], ImportOrder], Outcome]
    #: reads a file that is no sheet
    read: Callable[[Path], Iterable[Table]] | None = None
    #: it has doubts that an import may be told to pass over
    can_be_forced: bool = False


@dataclass(frozen=True)
class ExportOrder:
    """What is to be taken out: all at or under `path` (all there is, without one), in `month` if dated."""

    path: str | None
    month: Month | None
    #: the day it is, for what stands as at a day
    today: date | None = None

    def covers(self, span: Span) -> bool:
        """Whether what holds on these days is asked for: all there is, without a month."""
        return self.month is None or span.overlaps(Span(self.month.first, self.month.last))


@dataclass(frozen=True)
class Export:
    """One kind of file out, in the shape that its import reads."""

    shape: Shape
    rows: Callable[[Session, ExportOrder], Iterable[Sequence[object]]]
    #: writes a file that is no sheet, whole or not at all; CannotWrite, OSError
    write: Callable[[Path, Iterable[Sequence[object]]], None] | None = None


class KindOfFile(Protocol):
    """A kind of file that comes in and goes out in one shape."""

    @property
    def shape(self) -> Shape:
        """Its columns."""

    def save(self, session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
        """As `Import.save`."""

    @property
    def lines(self) -> Callable[[Session, ExportOrder], Iterable[Sequence[object]]]:
        """As `Export.rows`."""


def imports(*kinds: KindOfFile) -> dict[str, Import]:
    """The kinds as files in."""
    return {each.shape.kind: Import(each.shape, each.save) for each in kinds}


def exports(*kinds: KindOfFile) -> dict[str, Export]:
    """The kinds as files out."""
    return {each.shape.kind: Export(each.shape, each.lines) for each in kinds}
