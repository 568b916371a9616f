"""Local time in Europe/London and the instants behind it."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import (
    NeverHappens,
    clock_in_words,
    local_day,
    local_midnight,
    minutes_between,
    moment_in_words,
    nearest_instant,
    parse_day,
    parse_instant,
    to_instant,
    to_local,
    when_in_words,
)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def naive(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return utc(year, month, day, hour, minute).replace(tzinfo=None)


instants = st.datetimes(naive(1900, 1, 2), naive(2199, 12, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)


def test_a_summer_time_is_an_hour_ahead_of_utc() -> None:
    assert to_instant(naive(2026, 7, 1, 22)).instant == utc(2026, 7, 1, 21)


def test_a_local_time_that_happens_twice_is_the_first_of_the_two_and_flagged() -> None:
    assert to_instant(naive(2026, 10, 25, 1, 30)) == (utc(2026, 10, 25, 0, 30), True)


@pytest.mark.parametrize(("hour", "minute"), [(0, 59), (2, 0)])
def test_the_minutes_beside_the_hour_that_happens_twice_are_not_flagged(hour: int, minute: int) -> None:
    assert not to_instant(naive(2026, 10, 25, hour, minute)).is_ambiguous


@pytest.mark.parametrize(("hour", "minute"), [(1, 0), (1, 30), (1, 59)])
def test_a_local_time_in_the_skipped_hour_never_happens(hour: int, minute: int) -> None:
    with pytest.raises(NeverHappens):
        to_instant(naive(2026, 3, 29, hour, minute))


def test_a_time_that_never_happens_says_when_and_why() -> None:
    with pytest.raises(NeverHappens) as refused:
        to_instant(naive(2026, 3, 29, 1, 30))
    assert str(refused.value) == "29 March 2026 01:30 never happens: clocks go forward from 01:00 to 02:00"


@pytest.mark.parametrize(
    ("hour", "minute", "instant"), [(0, 59, utc(2026, 3, 29, 0, 59)), (2, 0, utc(2026, 3, 29, 1, 0))]
)
def test_the_minutes_beside_the_skipped_hour_happen(hour: int, minute: int, instant: datetime) -> None:
    assert to_instant(naive(2026, 3, 29, hour, minute)) == (instant, False)


def test_an_aware_time_is_not_taken_for_a_local_one() -> None:
    with pytest.raises(ValueError, match="already has a time zone"):
        to_instant(utc(2026, 7, 1))


@given(instants)
def test_an_instant_comes_back_from_its_local_time_or_is_the_second_of_two(instant: datetime) -> None:
    reading = to_instant(to_local(instant).replace(tzinfo=None))
    assert reading.instant == instant or (
        reading.is_ambiguous
        and to_local(reading.instant).replace(tzinfo=None, fold=0)
        == to_local(instant).replace(tzinfo=None, fold=0)
    )


def test_a_late_summer_evening_in_utc_belongs_to_the_next_local_day() -> None:
    assert local_day(utc(2026, 7, 1, 23, 30)) == date(2026, 7, 2)


def test_local_midnight_in_summer_is_an_hour_before_that_of_utc() -> None:
    assert local_midnight(date(2026, 7, 1)) == utc(2026, 6, 30, 23)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2026, 3, 29), 23 * 60), (date(2026, 10, 25), 25 * 60), (date(2026, 7, 1), 24 * 60)],
)
def test_a_local_day_is_as_long_as_its_clock_change_makes_it(day: date, minutes: int) -> None:
    assert minutes_between(local_midnight(day), local_midnight(day + timedelta(days=1))) == minutes


def test_minutes_are_of_real_time_even_between_two_local_times() -> None:
    evening, morning = utc(2026, 10, 24, 21), utc(2026, 10, 25, 7)
    assert minutes_between(to_local(evening), to_local(morning)) == 600


def test_minutes_between_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="two instants that have a time zone"):
        minutes_between(naive(2026, 1, 1), utc(2026, 1, 2))


def test_a_moment_in_words_is_local() -> None:
    assert moment_in_words(utc(2026, 7, 1, 13)) == "1 July 2026 14:00"


def test_an_instant_beside_the_present_one_names_its_day_only_when_it_is_another() -> None:
    late = utc(2026, 7, 1, 22, 50)
    assert when_in_words(utc(2026, 7, 1, 22, 59), late) == "at 23:59"
    assert when_in_words(utc(2026, 7, 1, 23, 5), late) == "on 2 July 2026 at 00:05"


def test_the_two_passes_of_the_same_hour_are_told_apart_in_words() -> None:
    assert clock_in_words(utc(2026, 10, 25, 0, 30)) == "01:30 BST"
    assert clock_in_words(utc(2026, 10, 25, 1, 30)) == "01:30 GMT"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-07-01T14:00", utc(2026, 7, 1, 13)),
        ("2026-07-01 14:00", utc(2026, 7, 1, 13)),
        (" 2026-07-01T14:00:00 ", utc(2026, 7, 1, 13)),
        ("2026-07-01T14:00Z", utc(2026, 7, 1, 14)),
        ("2026-07-01T14:00:00.000+00:00", utc(2026, 7, 1, 14)),
        ("2026-07-01T14:00+01:00", utc(2026, 7, 1, 13)),
        ("2026-07-01T14:00-0530", utc(2026, 7, 1, 19, 30)),
        ("2026-10-25T01:30+00:00", utc(2026, 10, 25, 1, 30)),
    ],
)
def test_an_instant_is_read_as_local_time_unless_it_says_its_offset(text: str, instant: datetime) -> None:
    assert parse_instant(text) == (instant, False)


def test_a_written_time_that_happens_twice_is_flagged() -> None:
    assert parse_instant("2026-10-25T01:30").is_ambiguous


def test_a_written_time_that_never_happens_is_refused() -> None:
    with pytest.raises(NeverHappens):
        parse_instant("2026-03-29T01:30")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-07-01T14:00:30", "not a whole minute"),
        ("2026-07-01T14:00:00.5", "not a whole minute"),
        ("2026-07-01T24:00", "no such time"),
        ("2026-07-01T14:60", "no such time"),
        ("2026-02-30T14:00", "no such day"),
        ("0000-01-01T00:00", "year 0 is out of range"),
        ("0001-01-01T00:00+14:00", "year 1 is out of range"),
        ("9999-12-31T23:59-14:00", "year 9999 is out of range"),
        ("1900-01-01T00:00+14:00", "year 1899 is out of range"),
        ("2199-12-31T23:59-14:00", "year 2200 is out of range"),
        ("2026-07-01T14:00+25:00", "no such offset"),
        ("2026-07-01", "write it like"),
        ("2026-W27-3T14:00", "write it like"),
        ("1e309", "write it like"),
        ("", "write it like"),
    ],
)
def test_what_is_not_an_instant_is_refused_and_says_why(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_instant(text)


@given(st.text())
def test_any_text_at_all_is_an_instant_in_utc_or_refused_as_a_bad_value(text: str) -> None:
    with suppress(ValueError):
        assert parse_instant(text).instant.utcoffset() == timedelta(0)


@given(
    st.from_regex(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-2][0-9]:[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})?", fullmatch=True
    )
)
def test_anything_of_an_instants_shape_is_of_our_years_or_refused_as_a_bad_value(text: str) -> None:
    with suppress(ValueError):
        assert 1900 <= local_day(parse_instant(text).instant).year <= 2199


def test_a_day_is_read_from_year_month_and_day() -> None:
    assert parse_day("2026-10-25") == date(2026, 10, 25)


@pytest.mark.parametrize(
    "text", ["25/10/2026", "20261025", "2026-W43-7", "2026-02-29", "0000-01-01", "2200-01-01", ""]
)
def test_what_is_not_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|no such day|out of range"):
        parse_day(text)


# The nearest instant ----------------------------------------------------------------------------------------


def test_the_nearest_instant_of_a_skipped_time_is_the_change_itself() -> None:
    for minute in (0, 30, 59):
        skipped = datetime.combine(date(2026, 3, 29), time(1, minute))
        assert nearest_instant(skipped) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_nearest_instant_of_a_time_that_happens_twice_is_the_first() -> None:
    twice = datetime.combine(date(2026, 10, 25), time(1, 30))
    assert nearest_instant(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 1439), st.integers(0, 2880))
def test_a_later_local_time_never_has_an_earlier_nearest_instant(day: date, minute: int, later: int) -> None:
    local = datetime.combine(day, time(minute // 60, minute % 60))
    assert nearest_instant(local) <= nearest_instant(local + timedelta(minutes=later))
