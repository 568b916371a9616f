"""A file of keyed rows, in and out: what happens to each row alike, whatever the kind of file.

A row names what there is, such as a unit or a member, and is known by some of its fields. The same row twice
is taken once; two rows that say different things of one record are refused, and so is a row that differs from
its record, unless the import may change records. A kind says its columns, its row, and how records are found,
added, changed and taken out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.sheets.columns import Shape
from npt.sheets.reading import Row
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, ImportOrder, Outcome, RowProblem
from npt.store.rows import Lookup, RowReader


class ToldTwice(Refusal):
    """Two rows of a file say different things of the same record."""


class RecordDiffers(Refusal):
    """A row says other things than its record, and the import may not change records."""


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """A row of a file, typed; its fields stand in the order of the columns.

    A field has the name that actions and their refusals use; the file's column may have another.
    """

    #: where it stands in its file; rows are equal wherever they stand
    line: int = field(compare=False)


class Ended(Exception):
    """The database refused a row, so that those after it cannot be looked at in this transaction."""


R = TypeVar("R", bound=KeyedRow)
E = TypeVar("E")


@dataclass
class Intake(Generic[R, E]):
    """The rows of a file, sorted out, and what was told of them."""

    kind: "Keyed[R, E]"
    session: Session
    order: ImportOrder
    outcome: Outcome = field(default_factory=Outcome)
    #: the first row of each key, in the order of the file
    rows: dict[Any, R] = field(default_factory=dict)
    #: the records that were found, by key
    records: dict[Any, E] = field(default_factory=dict)
    new: list[R] = field(default_factory=list)
    #: the rows that may change a record, each with it
    changing: list[tuple[R, E]] = field(default_factory=list)
    unchanged: list[R] = field(default_factory=list)
    _refused: set[int] = field(default_factory=set)

    @property
    def standing(self) -> Iterator[R]:
        """The first rows of their keys in the order of the file, without those that were refused so far."""
        return (row for row in self.rows.values() if not self.is_refused(row))

    def is_refused(self, row: R) -> bool:
        """Whether something was told of the row."""
        return row.line in self._refused

    def tell(self, row: R, refusal: Refusal) -> None:
        """Note that the row cannot be taken, in the words of the file."""
        self._refused.add(row.line)
        self.outcome.tell(row.line, self.kind.column_of(refusal.field), refusal.message)

    @contextmanager
    def telling(self, row: R) -> Iterator[None]:
        """Do something for the row; a refusal is told of it.

        What the database itself refused ends the transaction: no row after it can be looked at (Ended).
        """
        try:
            yield
        except Refusal as refusal:
            self.tell(row, refusal)
            if not self.session.is_active:
                raise Ended from refusal

    def sort(self, rows: Iterable[R]) -> list[tuple[R, R]]:
        """Tell the rows apart. The answer is those that say again what an earlier row says, each with it."""
        repeated: list[tuple[R, R]] = []
        for row in rows:
            first = self.rows.setdefault(self.kind.key(row), row)
            if first == row and first is not row:
                repeated.append((row, first))
            elif first is not row:
                self.tell(row, self.kind.told_twice(row, first))
        for record in self.kind.load(self.session, list(self.rows.values())):
            self.records[self.kind.key(self.kind.row_of(record))] = record
        for key, row in self.rows.items():
            if key in self.records:
                self._compare(row, self.records[key])
            else:
                self.new.append(row)
        return repeated

    def _compare(self, row: R, record: E) -> None:
        was = self.kind.row_of(record)
        kept = {name: getattr(was, name) for name in self.kind.kept if getattr(row, name) is None}
        wanted = replace(row, **kept) if kept else row
        if wanted == was:
            self.unchanged.append(wanted)
            return
        with self.telling(row):
            words = self.kind.differs(was, wanted)
            if not self.order.may_update:
                raise RecordDiffers(
                    f"{words}: correct the row, or import with --update to change the record.",
                    field=self.kind.about or self.kind.key_field(row),
                )
            self.changing.append((wanted, record))

    def count(self, repeated: Sequence[tuple[R, R]]) -> Outcome:
        """What became of the rows; a repeated one shares the fate of the first."""
        again: dict[int, list[RowProblem]] = {first.line: [] for _, first in repeated}
        for problem in self.outcome.problems:
            again.get(problem.line, []).append(problem)
        for row, first in repeated:
            self.outcome.problems += [replace(problem, line=row.line) for problem in again[first.line]]
            self.outcome.unchanged += not again[first.line]
        self.outcome.problems.sort(key=lambda problem: problem.line)
        self.outcome.added += sum(not self.is_refused(row) for row in self.new)
        self.outcome.changed += sum(not self.is_refused(row) for row, _ in self.changing)
        self.outcome.unchanged += sum(not self.is_refused(row) for row in self.unchanged)
        return self.outcome


@dataclass(frozen=True)
class Keyed(Generic[R, E]):
    """A kind of file whose rows are records, each known by a key."""

    shape: Shape
    row: type[R]
    #: the fields that a record is known by; a row told twice is told at the last of them that has a value
    known_by: tuple[str, ...]
    #: the records that rows may mean, in a fixed number of statements; more does no harm
    load: Callable[[Session, Sequence[R]], Iterable[E]]
    #: saves what is new and what changes; see `one_by_one`
    take: Callable[[Intake[R, E]], None]
    #: the records that an export takes out, in order
    records: Callable[[Session, ExportOrder], Iterable[E]]
    #: what is recorded where a row says otherwise, in words; refuses what can never be changed
    differs: Callable[[R, R], str]
    #: by column, what its texts name
    names: Mapping[str, Lookup] = field(default_factory=dict)
    #: what a record says, as a row, where its attributes have not the names of the fields
    as_row: Callable[[E], R] | None = None
    #: the fields of which an empty cell says nothing, and leaves what is known
    kept: tuple[str, ...] = ()
    #: the field at which a row is told that differs from its record, where that is not the key
    about: str | None = None
    #: what to do with two rows that contradict each other
    cure: str = "keep one of the two rows"

    def __post_init__(self) -> None:
        if len(self.fields) != len(self.shape.names):
            raise ValueError(
                f"The rows of {self.shape.kind} have not a field for each column: give them one."
            )

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row, in the order of the columns."""
        return tuple(each.name for each in fields(self.row) if each.name != "line")

    def column_of(self, name: str | None) -> str | None:
        """What the file calls a field of a refusal; None for what has no column."""
        ours = dict(zip(self.fields, self.shape.names, strict=True))
        return ours.get(name or "", name if name in self.shape.names else None)

    def row_of(self, record: E) -> R:
        """What a record says, as a row that stands in no file."""
        if self.as_row is not None:
            return self.as_row(record)
        return self.row(0, *(getattr(record, name) for name in self.fields))

    @cached_property
    def key(self) -> Callable[[R], Any]:
        """Tells what a row is known by."""
        return attrgetter(*self.known_by)

    def key_field(self, row: R) -> str:
        """The last field of the key that has a value."""
        return next(name for name in reversed(self.known_by) if getattr(row, name) is not None)

    def told_twice(self, row: R, first: R) -> ToldTwice:
        """The refusal of a row that contradicts an earlier one."""
        return ToldTwice(
            f"It is on line {first.line} already with other values: {self.cure}.", field=self.key_field(row)
        )

    def save(self, session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
        """Take a file in; see `npt.store.exchange.Import`. The rows may stand in any order."""
        intake = Intake(self, session, order)
        reader = RowReader(session, self.shape, self.row, self.names, intake.outcome)
        rows: list[R] = []
        for chunk in chunks:
            rows += reader.rows(chunk)
            order.progress(len(chunk))
        repeated = intake.sort(rows)
        with suppress(Ended):  # it was told, and the caller rolls all of it back
            self.take(intake)
        if not intake.outcome.problems:  # else some of it cannot stand, and the caller rolls all of it back
            with refusing(session):
                session.flush()
        return intake.count(repeated)

    def lines(self, session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
        """The records taken out, as the file has them."""
        return map(self.cells, self.records(session, order))

    def cells(self, record: E) -> Sequence[object]:
        """A record as the file has it."""
        row = self.row_of(record)
        values = (getattr(row, name) for name in self.fields)
        return tuple(map(self._cell, self.shape.names, values))

    def _cell(self, column: str, value: Any) -> object:
        if value is None or value == ():
            return None
        if column in self.names:
            return self.names[column].text(value)
        if isinstance(value, tuple):
            return " ".join(value)
        return value.value if isinstance(value, Enum) else value


def one_by_one(
    *,
    add: Callable[[Session, R, ImportOrder], object],
    change: Callable[[Session, E, R, ImportOrder], object],
) -> Callable[[Intake[R, E]], None]:
    """Rows taken in one by one, each by an action.

    What changes comes before what is new, so that a file may end one record and begin the next in any order.
    """

    def take(intake: Intake[R, E]) -> None:
        for row, record in intake.changing:
            with intake.telling(row):
                change(intake.session, record, row, intake.order)
        for row in intake.new:
            with intake.telling(row):
                add(intake.session, row, intake.order)

    return take
