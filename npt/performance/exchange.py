"""Rates and headroom as scripts and spreadsheets read them: commands, downloads and the API share these."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from npt.counting.rules import Outlook
from npt.performance.queries import Room
from npt.performance.rules import RateRow, SignedRate

#: Decimals of a percentage; half a unit of the last one is rounded up.
PLACES = 4

#: The columns of a rate. `duty_minutes` is what the rate is over: all rostered if absence is put back.
#: Percentages are texts with four decimals; None where not known.
_RATE: Mapping[str, Callable[[RateRow], object]] = {
    "unit": lambda row: row.unit,
    "level": lambda row: row.level.value,
    "group": lambda row: row.group,
    "reason": lambda row: row.reason,
    "month": lambda row: str(row.month),
    "definition": lambda row: row.definition,
    "duty_minutes": lambda row: row.denominator,
    "abstracted_minutes": lambda row: row.abstracted,
    "rate": lambda row: row.rate.percentage(PLACES),
    "target": lambda row: row.target,
    "within": lambda row: row.within,
    "coverage": lambda row: row.coverage.percentage(PLACES),
}
RATE_COLUMNS = tuple(_RATE)
#: What is told besides of a rate that was signed off and is another now: restated since sign-off.
_SIGNED: Mapping[str, Callable[[SignedRate], object]] = {
    "signed_duty_minutes": lambda signed: signed.denominator,
    "signed_abstracted_minutes": lambda signed: signed.abstracted,
    "signed_rate": lambda signed: signed.rate.percentage(PLACES),
    "signed_on": lambda signed: signed.signed_on.isoformat(),
    "signed_edition": lambda signed: signed.edition,
}
SIGNED_COLUMNS = tuple(_SIGNED)


def rates_as_json(rows: Iterable[RateRow]) -> list[dict[str, Any]]:
    """The rows as JSON has them, in their order; `reason` only in a row of one, null where not known.

    What was signed off only in a row that was restated since.
    """
    return [
        {name: cell(row) for name, cell in _RATE.items() if name != "reason" or row.reason is not None}
        | ({} if row.signed is None else {name: cell(row.signed) for name, cell in _SIGNED.items()})
        for row in rows
    ]


def rate_columns(rows: Iterable[RateRow]) -> Sequence[str]:
    """The columns of a table of these rows; those of what was signed off where one at least was restated."""
    return RATE_COLUMNS + (SIGNED_COLUMNS if any(row.signed for row in rows) else ())


def rate_lines(rows: Sequence[RateRow]) -> list[Sequence[object]]:
    """The rows as a table under their `rate_columns`; None where not known, "" where nothing was restated."""
    has_signed = any(row.signed for row in rows)

    def signed_of(row: RateRow) -> tuple[object, ...]:
        if not has_signed:
            return ()
        return tuple("" if row.signed is None else cell(row.signed) for cell in _SIGNED.values())

    return [(*(_as_cell(cell(row)) for cell in _RATE.values()), *signed_of(row)) for row in rows]


def _if_duty(room: Room, minutes: int) -> int | None:
    """What a month without duty allows, and leaves, is not known."""
    return minutes if room.forecast.room.denominator > 0 else None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


#: The columns of the headroom of a unit, group and month; `duty_minutes` as in a rate. `pace` and
#: `expected_rate` (by the end of the month at this pace) are percentages like those of rates.
_HEADROOM: Mapping[str, Callable[[Room], object]] = {
    "unit": lambda room: room.unit.code,
    "level": lambda room: room.unit.level.value,
    "group": lambda room: room.group.value,
    "month": lambda room: str(room.month),
    "definition": lambda room: room.definition,
    "target": lambda room: room.group.target,
    "duty_minutes": lambda room: room.forecast.room.denominator,
    "duty_minutes_so_far": lambda room: room.forecast.denominator_gone,
    "duty_minutes_rostered": lambda room: room.forecast.denominator_ahead,
    "allowed_minutes": lambda room: _if_duty(room, room.forecast.room.allowance),
    "used_minutes": lambda room: room.forecast.room.used,
    "planned_minutes": lambda room: room.forecast.room.planned,
    "left_minutes": lambda room: _if_duty(room, room.forecast.room.left),
    "pace": lambda room: room.forecast.pace.percentage(PLACES),
    "expected_rate": lambda room: room.forecast.expected_rate.percentage(PLACES),
    "coverage": lambda room: room.coverage.percentage(PLACES),
    "outlook": lambda room: room.forecast.outlook.value,
    "broken_on": lambda room: _iso(room.forecast.broken_on),
}
HEADROOM_COLUMNS = tuple(_HEADROOM)


def headrooms_as_json(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """The headrooms as JSON has them, in their order."""
    return [{name: cell(room) for name, cell in _HEADROOM.items()} for room in rooms]


def headroom_lines(rooms: Iterable[Room]) -> list[Sequence[object]]:
    """The headrooms as a table under `HEADROOM_COLUMNS`; None where not known, "" for no day."""
    return [
        tuple(
            "" if name == "broken_on" and room.forecast.outlook is Outlook.WITHIN else cell(room)
            for name, cell in _HEADROOM.items()
        )
        for room in rooms
    ]


def _as_cell(value: object) -> object:
    """A truth value as JSON writes it: a spreadsheet would show its own word for it."""
    return str(value).lower() if isinstance(value, bool) else value
