"""Rates as scripts and spreadsheets read them: the command, the page's downloads and the API share these."""

from collections.abc import Iterable, Sequence
from typing import Any

from npt.performance.rules import RateRow

#: Decimals of a percentage; half a unit of the last one is rounded up.
PLACES = 4

RATE_COLUMNS = (
    "unit",
    "level",
    "group",
    "reason",
    "month",
    "definition",
    "duty_minutes",
    "abstracted_minutes",
    "rate",
    "target",
    "within",
    "coverage",
)


def rate_as_json(row: RateRow) -> dict[str, Any]:
    """One row as JSON has it. `duty_minutes` is what the rate is over: all rostered if absence is put back.

    Percentages are texts with four decimals; null where not known.
    """
    return {
        "unit": row.unit,
        "level": row.level.value,
        "group": row.group,
        **({} if row.reason is None else {"reason": row.reason}),
        "month": str(row.month),
        "definition": row.definition,
        "duty_minutes": row.denominator,
        "abstracted_minutes": row.abstracted,
        "rate": row.rate.percentage(PLACES),
        "target": row.target,
        "within": row.within,
        "coverage": row.coverage.percentage(PLACES),
    }


def rates_as_json(rows: Iterable[RateRow]) -> list[dict[str, Any]]:
    """The rows as JSON has them, in their order."""
    return [rate_as_json(row) for row in rows]


def rate_lines(rows: Iterable[RateRow]) -> list[Sequence[object]]:
    """The rows as a table under `RATE_COLUMNS`; None where not known."""
    return [tuple(_as_cell(line.get(name)) for name in RATE_COLUMNS) for line in rates_as_json(rows)]


def _as_cell(value: object) -> object:
    """A truth value as JSON writes it: a spreadsheet would show its own word for it."""
    return str(value).lower() if isinstance(value, bool) else value
