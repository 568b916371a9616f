"""Rates and headroom as scripts and spreadsheets read them: commands, downloads and the API share these."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from npt.counting.rules import Outlook
from npt.performance.queries import Room
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

HEADROOM_COLUMNS = (
    "unit",
    "level",
    "group",
    "month",
    "definition",
    "target",
    "duty_minutes",
    "duty_minutes_so_far",
    "duty_minutes_rostered",
    "allowed_minutes",
    "used_minutes",
    "planned_minutes",
    "left_minutes",
    "pace",
    "expected_rate",
    "coverage",
    "outlook",
    "broken_on",
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


def headroom_as_json(room: Room) -> dict[str, Any]:
    """The headroom of a unit, group and month as JSON has it; `duty_minutes` as in `rate_as_json`.

    `pace` and `expected_rate` (by the end of the month at this pace) are percentages like those of rates.
    What a month without duty allows, and leaves, is not known.
    """
    found = room.forecast
    is_known = found.room.denominator > 0
    return {
        "unit": room.unit.code,
        "level": room.unit.level.value,
        "group": room.group.value,
        "month": str(room.month),
        "definition": room.definition,
        "target": room.group.target,
        "duty_minutes": found.room.denominator,
        "duty_minutes_so_far": found.denominator_gone,
        "duty_minutes_rostered": found.denominator_ahead,
        "allowed_minutes": found.room.allowance if is_known else None,
        "used_minutes": found.room.used,
        "planned_minutes": found.room.planned,
        "left_minutes": found.room.left if is_known else None,
        "pace": found.pace.percentage(PLACES),
        "expected_rate": found.expected_rate.percentage(PLACES),
        "coverage": room.coverage.percentage(PLACES),
        "outlook": found.outlook.value,
        "broken_on": None if found.broken_on is None else found.broken_on.isoformat(),
    }


def headrooms_as_json(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """The headrooms as JSON has them, in their order."""
    return [headroom_as_json(room) for room in rooms]


def headroom_lines(rooms: Iterable[Room]) -> list[Sequence[object]]:
    """The headrooms as a table under `HEADROOM_COLUMNS`; None where not known, "" for no day."""
    return [
        tuple("" if name == "broken_on" and _is_within(line) else line[name] for name in HEADROOM_COLUMNS)
        for line in headrooms_as_json(rooms)
    ]


def _is_within(line: Mapping[str, Any]) -> bool:
    return bool(line["outlook"] == Outlook.WITHIN.value)


def _as_cell(value: object) -> object:
    """A truth value as JSON writes it: a spreadsheet would show its own word for it."""
    return str(value).lower() if isinstance(value, bool) else value
