"""Spans of days with both ends included, and the law of dated records."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.limits import DayOutOfRange
from npt.kit.refusals import Refusal
from npt.kit.spans import (
    Beyond,
    EndsBeforeItStarts,
    Span,
    begun,
    check_free,
    checked_span,
    last_day_in_words,
    taken_over,
)

MAY = date(2026, 5, 1)
DAY = timedelta(days=1)
#: Every day that a span of these tests may end on, and some after them all, so that an open end shows.
EVERY_DAY = [MAY + timedelta(days=offset) for offset in range(-2, 65)]
days = st.integers(0, 40).map(lambda offset: MAY + timedelta(days=offset))
spans = st.builds(
    lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
    days,
    st.none() | st.integers(0, 20),
)


def covered(*several: Span | None) -> set[date]:
    """The days that at least one of the spans covers."""
    return {day for day in EVERY_DAY for span in several if span is not None and span.covers(day)}


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


@given(spans)
def test_the_day_after_a_span_is_the_first_that_it_no_longer_covers(span: Span) -> None:
    beyond = [day for day in EVERY_DAY if day > span.first and not span.covers(day)]
    assert span.after == min(beyond, default=None)


def test_there_is_no_day_after_the_last_of_the_calendar() -> None:
    assert Span(MAY, date.max).after is None


@given(spans, days)
def test_what_of_a_span_comes_before_a_day_is_all_of_it_that_does(span: Span, day: date) -> None:
    assert covered(span.before(day)) == {each for each in covered(span) if each < day}


@given(spans, spans)
def test_two_spans_are_one_unless_a_day_lies_between_them(one: Span, other: Span) -> None:
    joined = one.joined(other)
    together = covered(one, other)
    has_gap = any(day not in together for day in EVERY_DAY if min(together) < day < max(together))
    assert joined is None if has_gap else covered(joined) == together


@given(spans, spans)
def test_a_span_lies_within_another_that_covers_all_its_days(one: Span, other: Span) -> None:
    beyond = one.beyond(other)
    assert (beyond is None) == (covered(one) <= covered(other))
    assert (beyond is Beyond.EARLIER) == (one.first < other.first)
    assert (beyond is Beyond.LATER) == (one.first >= other.first and not one.overlaps(other))


def test_a_span_says_its_days() -> None:
    assert Span(MAY, date(2026, 5, 31)).in_words == "from 1 May 2026 to 31 May 2026"
    assert Span(MAY).in_words == "from 1 May 2026 until further notice"


def test_no_last_day_is_until_further_notice() -> None:
    assert [last_day_in_words(last) for last in (MAY, None)] == ["1 May 2026", "until further notice"]


def test_a_span_may_be_given_for_one_day_or_without_a_last() -> None:
    assert checked_span(MAY, MAY) == Span(MAY, MAY)
    assert checked_span(MAY, None) == Span(MAY)


@pytest.mark.parametrize(
    ("first", "last", "refusal", "field"),
    [
        (MAY, MAY - DAY, EndsBeforeItStarts, "until"),
        (date(1899, 12, 31), None, DayOutOfRange, "since"),
        (MAY, date(2200, 1, 1), DayOutOfRange, "until"),
    ],
)
def test_days_that_cannot_be_are_refused_by_name(
    first: date, last: date | None, refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        checked_span(first, last, first_field="since", last_field="until")
    assert refused.value.field == field


# Dated records ----------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Record:
    """A dated record."""

    span: Span


class Overlap(Refusal):
    """A record in the way."""


@dataclass(frozen=True)
class Wanted:
    """A record to be added."""

    span: Span
    takes_over: bool


wanted = st.builds(Wanted, spans, st.booleans())


def add(records: list[Record], new: Wanted) -> Record | None:
    """Add a record as the actions do; None when it was refused, and then nothing has changed."""
    ended = taken_over(records, new.span.first) if new.takes_over else []
    had = [record.span for record, _ in ended]
    for record, left in ended:
        record.span = left
    try:
        check_free(records, new.span, lambda record: Overlap(record.span.in_words))
    except Overlap:
        for (record, _), span in zip(ended, had, strict=True):
            record.span = span
        return None
    added = Record(new.span)
    records.append(added)
    return added


def held(records: list[Record]) -> list[date]:
    """Every day on which a record holds, as often as one does."""
    return sorted(day for record in records for day in covered(record.span))


@given(st.lists(wanted, max_size=8))
def test_no_two_records_ever_share_a_day(several: list[Wanted]) -> None:
    records: list[Record] = []
    for new in several:
        add(records, new)
        assert len(held(records)) == len(set(held(records)))


@given(st.lists(wanted, max_size=6), spans)
def test_a_record_is_refused_only_where_another_would_share_a_day_with_it(
    several: list[Wanted], span: Span
) -> None:
    records: list[Record] = []
    for new in several:
        add(records, new)
    is_free = not covered(span) & set(held(records))
    assert (add(records, Wanted(span, takes_over=False)) is not None) == is_free


@given(spans, spans)
def test_taking_over_leaves_neither_a_gap_nor_an_overlap(before: Span, new: Span) -> None:
    records = [Record(before)]
    is_taken_over = before.first < new.first and before.covers(new.first)
    assert bool(taken_over(records, new.first)) == is_taken_over
    if add(records, Wanted(new, takes_over=True)) is not None and is_taken_over:
        assert records[0].span.after == new.first
        assert held(records) == sorted({day for day in covered(before) if day < new.first} | covered(new))


@given(spans, spans)
def test_what_was_taken_over_gets_its_days_back_when_the_new_record_goes(before: Span, new: Span) -> None:
    records = [Record(before)]
    if taken_over(records, new.first):
        add(records, Wanted(new, takes_over=True))
        left = records.pop(0).span
        assert left.joined(new) == Span(before.first, new.last)
        assert left.joined(before) == before


@given(st.lists(days, unique=True, max_size=5).map(sorted), days)
def test_of_records_that_hold_until_the_next_the_latest_that_has_begun_holds(
    beginnings: list[date], day: date
) -> None:
    found = begun(beginnings, day, lambda each: each)
    assert found == max((each for each in beginnings if each <= day), default=None)
