"""Measures as scripts and spreadsheets read them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from npt.kit.shares import rounded_half_up
from npt.measures.queries.rows import MeasureRow
from npt.measures.rules import Figure, Measure, SignedFigure, number_of

#: Decimals of a figure; half a unit of the last one is rounded up.
PLACES = 4


def _text(number: Fraction | Decimal | None, places: int) -> str | None:
    return None if number is None else str(rounded_half_up(number, places))


def value_told(measure: Measure, figure: Figure) -> str | None:
    """The number of a figure with four decimals, in what people count it in; None when not known."""
    return _text(number_of(measure, figure), PLACES)


#: The columns of a figure. `value` is a text in what it is counted in, as targets are; None where not known.
_MEASURE: Mapping[str, Callable[[MeasureRow], object]] = {
    "unit": lambda row: row.unit.code,
    "level": lambda row: row.unit.level.value,
    "measure": lambda row: row.measure.code,
    "month": lambda row: str(row.month),
    "definition": lambda row: row.definition,
    "counted_in": lambda row: row.measure.counted_in.value,
    "counted": lambda row: row.figure.counted,
    "of": lambda row: row.figure.of,
    "value": lambda row: value_told(row.measure, row.figure),
    "why_unknown": lambda row: None if row.figure.is_known else row.figure.why_unknown,
    "target": lambda row: _text(row.target.target.amount, 2),
    "met": lambda row: row.is_met,
    "coverage": lambda row: None if row.figure.coverage is None else row.figure.coverage.percentage(PLACES),
}
MEASURE_COLUMNS = tuple(_MEASURE)
#: What is told besides of a figure that was signed off and is another now: restated since sign-off.
_SIGNED: Mapping[str, Callable[[Measure, SignedFigure], object]] = {
    "signed_counted": lambda _measure, signed: signed.figure.counted,
    "signed_of": lambda _measure, signed: signed.figure.of,
    "signed_value": lambda measure, signed: value_told(measure, signed.figure),
    "signed_on": lambda _measure, signed: signed.signed_on.isoformat(),
    "signed_edition": lambda _measure, signed: signed.edition,
}
SIGNED_COLUMNS = tuple(_SIGNED)


def measures_as_json(rows: Iterable[MeasureRow]) -> list[dict[str, Any]]:
    """The rows as JSON has them, in their order; null where not known.

    What was signed off only in a row that was restated since.
    """
    return [
        {name: cell(row) for name, cell in _MEASURE.items()}
        | ({} if row.signed is None else {name: of(row.measure, row.signed) for name, of in _SIGNED.items()})
        for row in rows
    ]


def measure_columns(rows: Iterable[MeasureRow]) -> Sequence[str]:
    """The columns of a table of these rows; those of what was signed off where one at least was restated."""
    return MEASURE_COLUMNS + (SIGNED_COLUMNS if any(row.signed for row in rows) else ())


def measure_lines(rows: Sequence[MeasureRow]) -> list[Sequence[object]]:
    """The rows as a table under their `measure_columns`; None where not known, "" where not restated."""
    has_signed = any(row.signed for row in rows)

    def signed_of(row: MeasureRow) -> tuple[object, ...]:
        if not has_signed:
            return ()
        signed = row.signed
        return tuple("" if signed is None else of(row.measure, signed) for of in _SIGNED.values())

    return [
        (
            *(str(value).lower() if isinstance(value, bool) else value for value in cells),
            *signed_of(row),
        )
        for row in rows
        for cells in [[cell(row) for cell in _MEASURE.values()]]
    ]
