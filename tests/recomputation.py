"""Abstraction rates worked out a second time, in plain Python, from the CSV files alone.

Nothing of the product is imported: its own reading of times, its own table of reasons, its own roll-up.
Time is counted the slow and obvious way, as sets of minutes. What `npt rates` prints has to be equal to this.
"""

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

ABSENCES = {"leave", "sickness", "rest-day", "other-absence"}
ABSTRACTIONS = {
    "response",
    "custody",
    "scene-guard",
    "constant-watch",
    "night-time-economy",
    "event",
    "public-order",
    "control-room",
    "enquiry",
    "court",
    "training",
    "station",
    "other",
}
COUNTING = {
    "local-2008": ABSTRACTIONS - {"training", "court"},
    "inspectorate": ABSTRACTIONS,
    "all-time-lost": ABSTRACTIONS | ABSENCES,
}
TARGETS = {"inspector": 20, "sergeant": 20, "constable": 20, "pcso": 5}
STRONGEST_FIRST = ("attachment", "temporary", "substantive")


@dataclass
class CountedShift:
    """One shift: where and as what it counts, and its minutes."""

    unit: str
    role: str
    month: str
    minutes: set[int]
    away: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    is_confirmed: bool = False


def _rows(folder: Path, kind: str) -> list[dict[str, str]]:
    with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _minute(text: str) -> int:
    read = dt.datetime.fromisoformat(text)
    aware = read if read.tzinfo else read.replace(tzinfo=LONDON, fold=0)
    return int((aware.astimezone(dt.UTC) - EPOCH).total_seconds()) // 60


def _minutes(row: dict[str, str]) -> set[int]:
    return set(range(_minute(row["starts"]), _minute(row["ends"])))


def _local_date(minute: int) -> str:
    return (EPOCH + dt.timedelta(minutes=minute)).astimezone(LONDON).date().isoformat()


def _posting(postings: list[dict[str, str]], number: str, day: str, team: str) -> dict[str, str]:
    held = [
        posting
        for posting in postings
        if posting["number"] == number
        and posting["from"] <= day <= (posting["to"] or "9999-12-31")
        and team in ("", posting["team"])
    ]
    for kind in STRONGEST_FIRST:
        found = [posting for posting in held if (posting["kind"] or "substantive") == kind]
        if found:
            assert len(found) == 1, f"{number} on {day}: the generated file has to name the team"
            return found[0]
    raise AssertionError(f"{number} is posted nowhere on {day}")


@cache
def shifts_of(folder: Path) -> list[CountedShift]:
    """Every shift of the files, attributed, with the minutes away in it."""
    postings = _rows(folder, "postings")
    confirmed = {(row["unit"], row["date"]) for row in _rows(folder, "confirmations")}
    shifts: dict[str, list[CountedShift]] = defaultdict(list)
    for row in _rows(folder, "duty"):
        day = _local_date(_minute(row["starts"]))
        posting = _posting(postings, row["number"], day, row["team"])
        shifts[row["number"]].append(
            CountedShift(
                unit=posting["team"],
                role=posting["role"],
                month=day[:7],
                minutes=_minutes(row),
                is_confirmed=(posting["team"], day) in confirmed,
            )
        )
    for row in _rows(folder, "away"):
        minutes = _minutes(row)
        holder = next(shift for shift in shifts[row["number"]] if minutes <= shift.minutes)
        holder.away[row["reason"]] |= minutes
    return [shift for several in shifts.values() for shift in several]


def _percentage(part: int, whole: int) -> str | None:
    """Four decimals, rounded half up, by whole numbers only."""
    if whole == 0:
        return None
    ten_thousandths = (2 * part * 1_000_000 + whole) // (2 * whole)
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def _key(shift: CountedShift, by: str) -> str | None:
    if shift.role not in TARGETS:
        return None
    if by == "role":
        return shift.role
    return "pcsos" if shift.role == "pcso" else "officers"


def _lost(shift: CountedShift, reasons: set[str]) -> int:
    return len(set().union(*(shift.away.get(reason, set()) for reason in reasons)))


def _basis(shift: CountedShift, definition: str) -> int:
    absent = 0 if definition == "all-time-lost" else _lost(shift, ABSENCES)
    return len(shift.minutes) - absent


def expected_rates(
    folder: Path, *, unit: str, months: list[str], each: str | None, definition: str, by: str
) -> list[dict[str, Any]]:
    """What `npt rates --format json` has to print for these files."""
    units = {row["code"]: row for row in _rows(folder, "units")}

    def line(code: str) -> list[str]:
        above = units[code]["parent"]
        return [code] + (line(above) if above else [])

    def stands(code: str, month: str) -> bool:
        row = units[code]
        return row["opened_on"][:7] <= month <= (row["closed_on"] or "9999-12")[:7]

    keys = sorted(TARGETS) if by == "role" else ["officers", "pcsos"]
    counting = COUNTING[definition]
    shifts = shifts_of(folder)
    rows: list[dict[str, Any]] = []
    for code in sorted(units):
        for key in keys:
            for month in months:
                if each is None and code != unit:
                    continue
                if each is not None and (
                    units[code]["level"] != each or unit not in line(code) or not stands(code, month)
                ):
                    continue
                mine = [
                    shift
                    for shift in shifts
                    if shift.month == month and code in line(shift.unit) and _key(shift, by) == key
                ]
                basis = sum(_basis(shift, definition) for shift in mine)
                target = TARGETS[{"officers": "constable", "pcsos": "pcso"}.get(key, key)]
                for reason in sorted(counting) if by == "reason" else [None]:
                    reasons = counting if reason is None else {reason}
                    lost = sum(_lost(shift, reasons) for shift in mine)
                    row = {
                        "unit": code,
                        "level": units[code]["level"],
                        "group": key,
                        "month": month,
                        "definition": definition,
                        "duty_minutes": basis,
                        "abstracted_minutes": lost,
                        "rate": _percentage(lost, basis),
                        "target": target if reason is None else None,
                        "within": None if reason is not None or not basis else lost * 100 <= target * basis,
                        "coverage": _percentage(sum(shift.is_confirmed for shift in mine), len(mine)),
                    }
                    if reason is not None:
                        row["reason"] = reason
                    rows.append(row)
    return rows
