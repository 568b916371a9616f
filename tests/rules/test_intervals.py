"""Intervals between two instants."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import LONDON
from npt.kit.intervals import Interval, first_overlap, union_minutes

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def minutes(starts: int, ends: int) -> Interval:
    """The interval from `starts` to `ends` minutes after noon."""
    return Interval(NOON + timedelta(minutes=starts), NOON + timedelta(minutes=ends))


def held(interval: Interval) -> set[int]:
    """The minutes after noon that the interval holds, listed one by one."""
    first = (interval.starts - NOON) // timedelta(minutes=1)
    return set(range(first, first + interval.minutes))


intervals = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(
    lambda pair: minutes(pair[0], pair[0] + pair[1])
)


def test_an_interval_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="end is not after the start"):
        minutes(5, 5)


def test_an_interval_that_is_not_in_utc_is_refused() -> None:
    with pytest.raises(ValueError, match="not in UTC"):
        Interval(NOON.astimezone(LONDON), NOON + timedelta(hours=1))


def test_an_interval_with_seconds_is_refused() -> None:
    with pytest.raises(ValueError, match="whole minute"):
        Interval(NOON, NOON + timedelta(seconds=90))


def test_intervals_that_touch_do_not_overlap() -> None:
    assert not minutes(0, 10).overlaps(minutes(10, 20))


@given(intervals, intervals)
def test_two_intervals_overlap_when_they_share_a_minute(one: Interval, other: Interval) -> None:
    assert one.overlaps(other) == bool(held(one) & held(other))


@given(intervals, intervals)
def test_an_intersection_holds_exactly_the_shared_minutes(one: Interval, other: Interval) -> None:
    shared = one.intersection(other)
    assert (set() if shared is None else held(shared)) == held(one) & held(other)


@given(intervals, intervals)
def test_an_interval_contains_another_when_it_holds_all_its_minutes(one: Interval, other: Interval) -> None:
    assert one.contains(other) == (held(other) <= held(one))


@given(st.lists(intervals))
def test_the_union_counts_every_minute_once(several: list[Interval]) -> None:
    assert union_minutes(several) == len({minute for interval in several for minute in held(interval)})


@given(st.lists(intervals))
def test_the_first_overlap_is_found_exactly_when_two_intervals_overlap(several: list[Interval]) -> None:
    found = first_overlap(several)
    assert (found is not None) == any(one.overlaps(other) for one, other in combinations(several, 2))
    if found is not None:
        assert found[0].overlaps(found[1])


def test_the_first_overlap_is_the_earliest() -> None:
    assert first_overlap([minutes(40, 50), minutes(45, 60), minutes(5, 15), minutes(0, 10)]) == (
        minutes(0, 10),
        minutes(5, 15),
    )


def test_an_interval_in_words_names_its_day_once() -> None:
    assert minutes(60, 120).in_words == "4 May 2026 14:00 to 15:00"


def test_an_interval_in_words_past_midnight_names_both_days() -> None:
    assert minutes(600, 900).in_words == "4 May 2026 23:00 to 5 May 2026 04:00"
