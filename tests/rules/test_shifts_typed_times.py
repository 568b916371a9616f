"""Times of day as they are typed for a shift, clock changes included."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import parse_instant, to_local
from npt.kit.intervals import Interval
from npt.shifts.rules import (
    ShiftIsOver,
    TimeHappensTwice,
    TimeNeverHappens,
    TypedTime,
    WhichOfTwo,
    rest_of_shift,
    typed_interval,
    typed_shift,
)


def at(text: str) -> datetime:
    return parse_instant(text).instant


def shift(starts: str, ends: str) -> Interval:
    return Interval(at(starts), at(ends))


def typed(clock: str, which: WhichOfTwo | None = None) -> TypedTime:
    return TypedTime(time.fromisoformat(clock), which)


EARLY = shift("2026-05-04T07:00", "2026-05-04T16:00")
NIGHT = shift("2026-05-04T22:00", "2026-05-05T07:00")
OCTOBER_NIGHT = shift("2026-10-24T22:00", "2026-10-25T07:00")
MARCH_NIGHT = shift("2026-03-28T22:00", "2026-03-29T07:00")


def test_no_time_typed_is_the_whole_shift() -> None:
    assert typed_interval(EARLY, None, None) == (EARLY.starts, EARLY.ends)


def test_only_a_start_runs_to_the_end_of_the_shift() -> None:
    assert typed_interval(EARLY, typed("09:30"), None) == (at("2026-05-04T09:30"), EARLY.ends)


def test_a_time_after_midnight_of_a_night_shift_is_on_the_next_day() -> None:
    assert typed_interval(NIGHT, typed("01:00"), typed("03:15")) == (
        at("2026-05-05T01:00"),
        at("2026-05-05T03:15"),
    )


def test_times_on_both_sides_of_midnight_keep_their_order() -> None:
    assert typed_interval(NIGHT, typed("23:00"), typed("02:00")) == (
        at("2026-05-04T23:00"),
        at("2026-05-05T02:00"),
    )


def test_midnight_as_an_end_is_the_midnight_inside_the_shift() -> None:
    late = shift("2026-05-04T15:00", "2026-05-05T00:00")
    assert typed_interval(late, typed("20:00"), typed("00:00"))[1] == late.ends


def test_a_time_outside_the_shift_is_read_on_its_first_day_for_the_refusal() -> None:
    assert typed_interval(EARLY, typed("06:00"), None)[0] == at("2026-05-04T06:00")
    assert typed_interval(EARLY, None, typed("18:00"))[1] == at("2026-05-04T18:00")


def test_an_end_before_the_start_stays_before_it_so_that_it_is_refused() -> None:
    starts, ends = typed_interval(NIGHT, typed("23:00"), typed("22:30"))
    assert ends < starts


def test_a_time_that_happens_twice_is_asked_about() -> None:
    with pytest.raises(TimeHappensTwice, match="01:30 happens twice on 25 October 2026") as refused:
        typed_interval(OCTOBER_NIGHT, typed("01:30"), None)
    assert refused.value.field == "starts_which"


@pytest.mark.parametrize(("which", "hour"), [(WhichOfTwo.FIRST, 0), (WhichOfTwo.SECOND, 1)])
def test_the_answer_says_which_of_the_two_is_meant(which: WhichOfTwo, hour: int) -> None:
    starts, _ = typed_interval(OCTOBER_NIGHT, typed("01:30", which), None)
    assert starts == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_an_end_in_the_repeated_hour_is_asked_about_on_its_own() -> None:
    with pytest.raises(TimeHappensTwice) as refused:
        typed_interval(OCTOBER_NIGHT, typed("23:00"), typed("01:10"))
    assert refused.value.field == "ends_which"


def test_nobody_is_asked_where_only_one_of_the_two_lies_in_the_shift() -> None:
    from_second = Interval(datetime(2026, 10, 25, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 8, 0, tzinfo=UTC))
    assert typed_interval(from_second, typed("01:30"), None)[0] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_nobody_is_asked_about_an_end_that_only_the_second_leaves_after_the_start() -> None:
    starts, ends = typed_interval(OCTOBER_NIGHT, typed("01:40", WhichOfTwo.SECOND), typed("01:50"))
    assert (starts.hour, ends.hour) == (1, 1)


def test_a_time_that_never_happens_is_refused() -> None:
    with pytest.raises(TimeNeverHappens, match="29 March 2026 01:30 never happens") as refused:
        typed_interval(MARCH_NIGHT, typed("23:00"), typed("01:30"))
    assert refused.value.field == "ends"


def test_the_same_time_on_the_other_side_of_midnight_is_no_clock_change() -> None:
    long_night = shift("2026-03-28T00:30", "2026-03-29T00:15")
    assert typed_interval(long_night, typed("01:30"), None)[0] == at("2026-03-28T01:30")


def test_the_rest_of_a_shift_starts_with_this_minute() -> None:
    now = at("2026-05-04T09:17") + timedelta(seconds=40)
    assert rest_of_shift(EARLY, now) == (at("2026-05-04T09:17"), EARLY.ends)


def test_the_rest_of_a_shift_to_come_is_all_of_it() -> None:
    assert rest_of_shift(EARLY, at("2026-05-04T05:00")) == (EARLY.starts, EARLY.ends)


def test_nothing_is_left_of_a_shift_that_is_over() -> None:
    with pytest.raises(ShiftIsOver, match="ended at 16:00"):
        rest_of_shift(EARLY, EARLY.ends)


def test_a_shift_that_ends_at_or_before_its_start_ends_on_the_next_day() -> None:
    on = date(2026, 10, 24)
    starts, ends = typed_shift(on, typed("22:00"), typed("07:00"))
    assert ends - starts == timedelta(hours=10)
    assert typed_shift(on, typed("07:00"), typed("07:00"))[1] == at("2026-10-25T07:00")


def test_a_patrol_from_the_first_to_the_second_quarter_past_one_ends_on_the_same_day() -> None:
    first, second = typed("01:45", WhichOfTwo.FIRST), typed("01:15", WhichOfTwo.SECOND)
    starts, ends = typed_shift(date(2026, 10, 25), first, second)
    assert ends - starts == timedelta(minutes=30)
    starts, ends = typed_shift(date(2026, 10, 24), typed("02:00"), second)
    assert ends - starts == timedelta(hours=24, minutes=15)


def test_a_shift_that_starts_in_the_repeated_hour_is_asked_about() -> None:
    with pytest.raises(TimeHappensTwice) as refused:
        typed_shift(date(2026, 10, 25), typed("01:00"), typed("09:00"))
    assert refused.value.field == "starts_which"


def test_a_shift_that_would_start_in_the_skipped_hour_is_refused() -> None:
    with pytest.raises(TimeNeverHappens):
        typed_shift(date(2026, 3, 29), typed("01:15"), typed("09:00"))


@given(st.integers(0, 365 * 24 * 60), st.integers(1, 24 * 60), st.data())
def test_a_local_time_read_from_inside_a_shift_is_found_again(
    begins: int, length: int, data: st.DataObject
) -> None:
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=begins)
    span = Interval(starts, starts + timedelta(minutes=length))
    meant = starts + timedelta(minutes=data.draw(st.integers(0, length - 1)))
    local = to_local(meant)
    which = WhichOfTwo.SECOND if local.fold else WhichOfTwo.FIRST
    read, _ = typed_interval(span, TypedTime(local.time().replace(fold=0), which), None)
    assert to_local(read).time() == local.time()
    assert span.starts <= read < span.ends
