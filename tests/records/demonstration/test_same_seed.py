"""One seed makes one demonstration force, and what it makes is what is loaded."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import pytest

from npt.commands.files import EXPORTS
from npt.demonstration.force import DEFAULT_SEED, KINDS, SHOWN, Force
from npt.kit.clock import to_local
from npt.kit.intervals import Interval, first_overlap
from npt.operations.rules import away_note
from npt.store.exchange import ExportOrder
from tests.records.demonstration.loading import TODAY, Loaded


def _digest(rows: Iterable[Sequence[object]]) -> str:
    """One text for any number of rows in any order: a difference would be too long to read."""
    lines = sorted(map(_line, rows))
    return f"{len(lines)} rows {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"


def _line(row: Sequence[object]) -> str:
    return "\t".join(map(_text, row))


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return to_local(cell).isoformat(timespec="minutes")
    if isinstance(cell, int | Decimal):
        return f"{Decimal(cell):.2f}"
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_loaded_is_what_the_seed_makes(demonstration: Loaded, force: Force, kind: str) -> None:
    everything = ExportOrder(path=None, month=None)
    rows: Iterable[Sequence[object]] = EXPORTS[kind].rows(demonstration.session, everything)
    # What the operations of the demonstration took is recorded by them, not by a file.
    loaded = Counter(_line(row) for row in rows if not str(row[-1]).startswith(away_note("")))
    made = Counter(_line(row) for row in force.rows(kind))
    # An hour of a month that is signed off turned out not to be away.
    corrected = 1 if kind == "away" else 0
    assert ((loaded - made).total(), (made - loaded).total()) == (corrected, corrected)


def test_one_seed_and_one_day_always_make_the_same_force(force: Force) -> None:
    again = Force(DEFAULT_SEED, TODAY)
    assert {kind: _digest(again.rows(kind)) for kind in KINDS} == {
        kind: _digest(force.rows(kind)) for kind in KINDS
    }


def test_another_seed_makes_other_people_in_the_same_posts(force: Force) -> None:
    other = Force(DEFAULT_SEED + 1, TODAY)
    assert {name for _, name, _ in other.people.member_rows()}.isdisjoint(
        {force.shown(role).name for role in SHOWN}
    )
    assert other.people.holders.keys() == force.people.holders.keys()


def test_nobody_is_away_outside_a_shift_or_twice_at_once(force: Force) -> None:
    by_shift: dict[int, list[Interval]] = {}
    for away in force.away:
        assert away.shift.interval.contains(away.interval)
        by_shift.setdefault(id(away.shift), []).append(away.interval)
    assert [times for times in by_shift.values() if first_overlap(times)] == []
