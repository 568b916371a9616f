"""A demonstration force whose history is cut short, to be measured in less time, can still be taken in."""

from collections import defaultdict
from datetime import date, datetime

import pytest

from npt.demonstration.force import Force
from npt.kit.clock import local_day
from npt.kit.months import Month
from tests.bench.pages import rows_since
from tests.records.demonstration.loading import TODAY

Span = tuple[datetime, datetime]


def _spans(force: Force, kind: str, first: date) -> dict[object, list[Span]]:
    """From when to when the rows of a kind last, by member."""
    spans = defaultdict(list)
    for number, starts, ends, *_ in rows_since(force, kind, first):
        assert isinstance(starts, datetime)
        assert isinstance(ends, datetime)
        spans[number].append((starts, ends))
    return spans


@pytest.mark.parametrize("months", [1, 2, 6, 9])
def test_time_away_after_midnight_on_the_first_day_keeps_its_shift(force: Force, months: int) -> None:
    first = Month.of(TODAY).plus(-months).first
    shifts, away = _spans(force, "duty", first), _spans(force, "away", first)
    assert away
    lost = [
        span
        for number, spans in away.items()
        for span in spans
        if not any(shift[0] <= span[0] and span[1] <= shift[1] for shift in shifts[number])
    ]
    assert lost == []


def test_nothing_of_a_day_before_is_kept_beside_the_shifts_that_end_after_it(force: Force) -> None:
    first = Month.of(TODAY).first
    assert (
        min(local_day(ends) for spans in _spans(force, "duty", first).values() for _, ends in spans) == first
    )
    assert min(str(row[1]) for row in rows_since(force, "confirmations", first)) == first.isoformat()
    assert len(list(rows_since(force, "members", first))) == len(list(force.rows("members")))
