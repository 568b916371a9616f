"""Spans of days with both ends included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.spans import Span

MAY = date(2026, 5, 1)
days = st.integers(0, 40).map(lambda offset: MAY + timedelta(days=offset))
spans = st.builds(
    lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
    days,
    st.none() | st.integers(0, 20),
)


def test_a_span_includes_its_last_day() -> None:
    assert Span(MAY, date(2026, 5, 31)).covers(date(2026, 5, 31))


def test_a_span_ends_after_its_last_day() -> None:
    assert not Span(MAY, date(2026, 5, 31)).covers(date(2026, 6, 1))


def test_a_span_without_a_last_day_goes_on() -> None:
    assert Span(MAY).covers(date(2199, 12, 31))


def test_a_span_of_one_day_has_one_day() -> None:
    assert Span(MAY, MAY).days == 1


def test_a_span_without_a_last_day_has_no_number_of_days() -> None:
    assert Span(MAY).days is None


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before the first day"):
        Span(MAY, date(2026, 4, 30))


@given(spans, spans, days)
def test_a_day_is_in_the_intersection_when_both_spans_cover_it(one: Span, other: Span, day: date) -> None:
    shared = one.intersection(other)
    assert (shared is not None and shared.covers(day)) == (one.covers(day) and other.covers(day))


@given(spans, spans)
def test_spans_overlap_when_one_covers_the_first_day_of_the_other(one: Span, other: Span) -> None:
    assert one.overlaps(other) == (one.covers(other.first) or other.covers(one.first))
