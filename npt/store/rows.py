"""The rows of a file, typed: whom and what they name is looked up once each, and told where it is missing."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.sheets.columns import Shape
from npt.sheets.reading import Row
from npt.store.exchange import ExportOrder, ImportOrder, Outcome, Saved, Tell

T = TypeVar("T")
_UNKNOWN = object()


@dataclass(frozen=True)
class Lookup:
    """Records that the texts of a column name."""

    #: the records by their texts; a text that names none is left out
    find: Callable[[Session, Collection[str]], Mapping[str, Any]]
    #: what is wrong with a text that names none, and the cure; {} stands for the text
    unknown: str
    #: the text of a record
    text: Callable[[Any], str]
    #: of texts that name none: what is wrong and the cure, where that is known better
    gone: Callable[[Session, Collection[str]], Mapping[str, str]] | None = None


class RowReader(Generic[T]):
    """Turns the rows of a file into typed ones, chunk by chunk; what names a record is looked up once."""

    def __init__(
        self,
        session: Session,
        shape: Shape,
        make: Callable[..., T],
        names: Mapping[str, Lookup],
        outcome: Outcome,
    ) -> None:
        self._session = session
        self._make = make
        self._outcome = outcome
        self._cells = itemgetter(*shape.names)
        #: by the place of their column in a row that begins with its line
        self._names = {shape.names.index(column) + 1: (column, names[column]) for column in names}
        self._found: dict[Lookup, dict[str | None, Any]] = {each: {None: None} for each in names.values()}
        self._has_unknown = False
        self._gone: dict[tuple[Lookup, Any], str] = {}

    def rows(self, chunk: Sequence[Row]) -> list[T]:
        """The rows as `make` makes them of line and values; one that names what is not there is told."""
        if not chunk:
            return []
        lines, values = zip(*chunk, strict=True)
        columns: list[Iterable[Any]] = [lines, *zip(*map(self._cells, values), strict=True)]
        for place, (_, lookup) in self._names.items():
            self._meet(lookup, set(columns[place]))
        if self._has_unknown:
            known = [row for row in zip(*columns, strict=True) if self._is_known(row)]
            columns = list(zip(*known, strict=True)) or [()] * len(columns)
        for place, (_, lookup) in self._names.items():
            columns[place] = map(self._found[lookup].__getitem__, columns[place])
        return list(map(self._make, *columns))

    def _meet(self, lookup: Lookup, texts: set[Any]) -> None:
        found = self._found[lookup]
        new = texts - found.keys()
        if new:
            answers = lookup.find(self._session, new)
            found.update((text, answers.get(text, _UNKNOWN)) for text in new)
            missing = new - answers.keys()
            self._has_unknown = self._has_unknown or bool(missing)
            if missing and lookup.gone is not None:
                words = lookup.gone(self._session, missing)
                self._gone.update(((lookup, text), said) for text, said in words.items())

    def _is_known(self, row: tuple[Any, ...]) -> bool:
        """Whether there is all that the row names; what there is not is told."""
        is_known = True
        for place, (column, lookup) in self._names.items():
            if self._found[lookup][row[place]] is _UNKNOWN:
                said = self._gone.get((lookup, row[place]))
                self._outcome.tell(row[0], column, said or lookup.unknown.format(row[place]))
                is_known = False
        return is_known


class Wanted(Protocol):
    """Something to be saved; `line` is where it stands in a file."""

    @property
    def line(self) -> int | None: ...


W = TypeVar("W", bound=Wanted)


@dataclass(frozen=True)
class Bulk(Generic[W]):
    """A kind of file that may have a million rows, taken in piece by piece.

    The action that takes them compares and writes many at once, and keeps to the rules of `npt.store.keyed`.
    """

    shape: Shape
    #: makes of a line and the values of the columns what the action takes
    make: Callable[..., W]
    #: by column, what its texts name
    names: Mapping[str, Lookup]
    #: begins a file; the answer takes a piece of it
    start: Callable[[Session, ImportOrder], Callable[[Sequence[W], Tell], Saved]]
    #: the records that an export takes out, as the file has them
    lines: Callable[[Session, ExportOrder], Iterable[Sequence[object]]]

    def save(self, session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
        """Take a file in; see `npt.store.exchange.Import`."""
        outcome = Outcome()
        reader = RowReader(session, self.shape, self.make, self.names, outcome)
        take = self.start(session, order)
        for chunk in chunks:
            wanted = reader.rows(chunk)

            def tell(place: int, refusal: Refusal, rows: Sequence[W] = wanted) -> None:
                outcome.tell(rows[place].line or 0, refusal.field, refusal.message)

            outcome.count(take(wanted, tell))
            order.progress(len(chunk))
        return outcome
