"""Minimum cover: bands of a week, who is there in them, and what a change does to the gaps."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.intervals import Interval, union_minutes
from npt.kit.spans import Span
from npt.people.rules import PolicingRole
from npt.rostering.rules import (
    CoverChange,
    CoverPart,
    CoverRole,
    Minimum,
    cover_changes,
    cover_parts,
    weekdays_in_words,
    without,
)

FROM_NOVEMBER = Span(date(2026, 11, 1))
FRIDAY, SATURDAY = 4, 5


def minimum(
    starts: int,
    ends: int,
    weekdays: set[int] | None = None,
    role: CoverRole = CoverRole.PCSO,
    span: Span = FROM_NOVEMBER,
) -> Minimum:
    days = frozenset(range(7)) if weekdays is None else frozenset(weekdays)
    return Minimum(role, days, time(starts), time(ends), 2, span)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 17, hour, minute, tzinfo=UTC)


def during(starts: int, ends: int) -> Interval:
    return Interval(at(starts), at(ends))


# Bands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 10, 24), 600), (date(2026, 3, 28), 480), (date(2026, 11, 17), 540)]
)
def test_a_night_band_is_as_long_as_the_night_when_the_clocks_change(day: date, minutes: int) -> None:
    band = minimum(22, 7, span=Span(date(2026, 1, 1))).band(day)
    assert band is not None
    assert band.minutes == minutes


def test_two_bands_that_meet_at_a_time_that_the_clocks_skip_meet_at_the_change() -> None:
    early, late = (
        Minimum(CoverRole.PCSO, frozenset({6}), *clocks, 1, Span(date(2026, 1, 1)))
        for clocks in ((time(0), time(1, 30)), (time(1, 30), time(6)))
    )
    one, other = early.band(date(2026, 3, 29)), late.band(date(2026, 3, 29))
    assert one is not None
    assert other is not None
    assert one.ends == other.starts == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert one.minutes + other.minutes == 5 * 60


def test_a_band_that_the_clocks_skip_whole_is_none() -> None:
    skipped = Minimum(CoverRole.PCSO, frozenset({6}), time(1), time(2), 1, Span(date(2026, 1, 1)))
    assert skipped.band(date(2026, 3, 29)) is None


def test_the_same_time_twice_is_the_whole_day() -> None:
    band = minimum(0, 0).band(date(2026, 11, 17))
    assert band is not None
    assert band.minutes == 24 * 60
    assert minimum(0, 0).band_words == "all day"


def test_a_minimum_asks_only_on_its_days_of_the_week_and_in_its_span() -> None:
    asked = minimum(18, 2, {FRIDAY}, span=Span(date(2026, 11, 10), date(2026, 11, 20)))
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(30)]
    assert [day for day in days if asked.asks_on(day)] == [date(2026, 11, 13), date(2026, 11, 20)]


# Overlaps ---------------------------------------------------------------------------------------------------


def test_the_night_of_friday_overlaps_the_early_morning_of_saturday() -> None:
    assert minimum(22, 6, {FRIDAY}).overlaps(minimum(5, 8, {SATURDAY}))
    assert minimum(5, 8, {SATURDAY}).overlaps(minimum(22, 6, {FRIDAY}))


def test_bands_that_meet_end_to_start_do_not_overlap() -> None:
    assert not minimum(22, 6, {FRIDAY}).overlaps(minimum(6, 8, {SATURDAY}))


def test_bands_of_different_roles_do_not_overlap() -> None:
    assert not minimum(8, 16).overlaps(minimum(8, 16, role=CoverRole.CONSTABLE))


def test_a_minimum_that_follows_on_the_day_after_does_not_overlap() -> None:
    october = Span(date(2026, 10, 1), date(2026, 10, 31))
    assert not minimum(18, 2, span=october).overlaps(minimum(18, 2))


def test_the_last_night_of_a_minimum_overlaps_the_first_morning_of_the_next() -> None:
    october = Span(date(2026, 10, 1), date(2026, 10, 31))
    assert minimum(18, 2, span=october).overlaps(minimum(0, 8))
    assert minimum(0, 8).overlaps(minimum(18, 2, span=october))


@given(
    st.tuples(st.integers(0, 23), st.integers(0, 23), st.sets(st.integers(0, 6), min_size=1)),
    st.tuples(st.integers(0, 23), st.integers(0, 23), st.sets(st.integers(0, 6), min_size=1)),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_minimums_overlap_exactly_when_bands_of_theirs_do(
    one: tuple[int, int, set[int]], other: tuple[int, int, set[int]], first: int, length: int
) -> None:
    day = date(2026, 11, 2)
    a = minimum(*one, span=Span(day, day + timedelta(days=length)))
    b = minimum(*other, span=Span(day + timedelta(days=first), day + timedelta(days=first + 5)))
    days = [day + timedelta(days=number) for number in range(24)]
    bands = [[each.band(on) for on in days if each.asks_on(on)] for each in (a, b)]
    assert a.overlaps(b) is any(x.overlaps(y) for x in bands[0] if x for y in bands[1] if y)


# Who is there -----------------------------------------------------------------------------------------------


def test_a_band_is_cut_where_the_number_changes() -> None:
    parts = cover_parts(during(8, 18), [during(7, 12), during(10, 20)])
    assert parts == (
        CoverPart(during(8, 10), 1),
        CoverPart(during(10, 12), 2),
        CoverPart(during(12, 18), 1),
    )


def test_one_who_comes_as_another_goes_leaves_no_seam() -> None:
    assert cover_parts(during(8, 18), [during(6, 12), during(12, 20)]) == (CoverPart(during(8, 18), 1),)


def test_a_band_with_nobody_is_one_part_of_none() -> None:
    assert cover_parts(during(8, 18), [during(18, 20)]) == (CoverPart(during(8, 18), 0),)


hours = st.integers(0, 22).flatmap(lambda starts: st.tuples(st.just(starts), st.integers(starts + 1, 23)))


@given(st.lists(hours, max_size=6))
def test_the_parts_hold_the_whole_band_and_the_minutes_of_all_who_are_there(
    there: list[tuple[int, int]],
) -> None:
    band, intervals = during(6, 20), [during(*each) for each in there]
    parts = cover_parts(band, intervals)
    assert sum(part.interval.minutes for part in parts) == band.minutes
    inside = [both for each in intervals if (both := band.intersection(each))]
    assert sum(part.interval.minutes * part.count for part in parts) == sum(each.minutes for each in inside)


@given(hours, st.lists(hours, max_size=5))
def test_what_is_left_of_a_shift_is_what_no_time_away_holds(
    shift: tuple[int, int], away: list[tuple[int, int]]
) -> None:
    whole, out = during(*shift), [during(*each) for each in away]
    inside = [both for each in out if (both := whole.intersection(each))]
    left = without(whole, out)
    assert sum(each.minutes for each in left) == whole.minutes - union_minutes(inside)
    assert not any(each.overlaps(other) for each in left for other in out)


# What a change does -----------------------------------------------------------------------------------------


def test_only_where_the_shortage_differs_is_a_change_of_cover() -> None:
    before = cover_parts(during(8, 18), [during(8, 18), during(8, 18), during(8, 12)])
    after = cover_parts(during(8, 18), [during(8, 18), during(8, 14)])
    assert cover_changes(2, before, after) == (CoverChange(during(14, 18), 0, 1),)


def test_a_gap_that_opens_is_one_however_many_more_than_enough_there_were() -> None:
    before = cover_parts(during(8, 18), [during(8, 18), during(8, 18), during(8, 12)])
    assert cover_changes(2, before, cover_parts(during(8, 18), [])) == (CoverChange(during(8, 18), 0, 2),)


def test_more_than_enough_is_no_change_of_cover() -> None:
    before = cover_parts(during(8, 18), [during(8, 18)] * 3)
    assert cover_changes(2, before, cover_parts(during(8, 18), [during(8, 18)] * 5)) == ()


# Words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (range(7), "every day"),
        (range(5), "Mondays to Fridays"),
        ((4, 5), "Fridays and Saturdays"),
        ((0, 2, 4), "Mondays, Wednesdays and Fridays"),
        ((6,), "Sundays"),
    ],
)
def test_days_of_the_week_in_words(weekdays: tuple[int, ...], words: str) -> None:
    assert weekdays_in_words(weekdays) == words


def test_every_policing_role_that_has_shifts_can_be_asked_for_by_itself() -> None:
    alone = {role for each in CoverRole if len(each.roles) == 1 for role in each.roles}
    assert alone == set(PolicingRole) - {PolicingRole.VOLUNTEER}
    assert CoverRole.PCSO.counted(1) == "1 PCSO"
    assert CoverRole.OFFICER.counted(2) == "2 officers of any rank"
