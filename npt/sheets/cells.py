"""What the cells of a column say: a text, a number or a day of a workbook, each typed once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from npt.kit.refusals import Refusal
from npt.sheets.columns import BadCell, Column, doubt, instant, shown
from npt.sheets.records import EDGES, Cell, Displayed, Spoilt

_REMEMBERED = 50_000  # different texts of one column whose values are kept


class CellReader:
    """One column's cells, each different text parsed once."""

    def __init__(self, column: Column, *, undo: Callable[[str], str]) -> None:
        self.column = column
        #: the values of cells met before, as far as there is no doubt about them
        self.known: dict[Cell, object] = {}
        self._undo = undo

    def value(self, cell: Cell) -> tuple[object, str | None]:
        """The typed value, or None for an empty cell, and what is doubtful about it. Raises BadCell."""
        if cell in self.known:
            return self.known[cell], None
        value = self._number(cell) if isinstance(cell, Displayed) else self._parsed(self._text(cell))
        words = doubt(value)
        if words is not None:
            return value, words
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[cell] = value
        return value, None

    def _number(self, cell: Displayed) -> object:
        """A number is its value, whatever is shown around it; anything else is what the cell shows."""
        try:
            value = self.column.parse(cell.value)
        except (Refusal, ValueError, ArithmeticError):
            value = None
        if isinstance(value, int | Decimal):
            return value
        if cell.shown is None:
            raise BadCell(
                f"holds {cell.value}, which the number format {shown(cell.code)} shows differently: "
                "format the cell as text and type the value"
            )
        return self._parsed(cell.shown)

    def _text(self, cell: str | date | Spoilt) -> str:
        if isinstance(cell, Spoilt):
            raise BadCell(cell.message)
        if isinstance(cell, date):
            # Excel does not tell a day from the midnight that begins it.
            is_instant = self.column.is_instant or self.column.parse is instant
            return f"{cell.isoformat()}T00:00" if is_instant else cell.isoformat()
        if "\0" in cell:
            raise BadCell("holds a NUL character: delete it, or export the file again")
        return self._undo(cell).strip(EDGES)

    def _parsed(self, text: str) -> object:
        if text:
            try:
                return self.column.parse(text)
            except BadCell:
                raise
            except (Refusal, ValueError, ArithmeticError) as error:
                raise BadCell(str(error).rstrip(".")) from None
        if self.column.is_required:
            raise BadCell(f"is empty: give {self.column.hint or f'the {self.column.name}'}")
        return self.column.empty
