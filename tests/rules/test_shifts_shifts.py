"""Shifts and the time away inside them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import parse_instant
from npt.kit.intervals import Interval, first_overlap
from npt.kit.refusals import Refusal
from npt.shifts.rules import (
    AbstractionDuringAbsence,
    AwayOutsideShift,
    AwayOverlaps,
    AwayTime,
    EndsBeforeItStarts,
    NoLength,
    ReasonKind,
    ShiftOverlaps,
    ShiftTooLong,
    check_all_away,
    check_away,
    check_shift,
    check_shift_is_free,
    interval_of,
    moves_in_order,
)

START = datetime(2026, 5, 4, 13, tzinfo=UTC)


def local(starts: str, ends: str) -> Interval:
    """The interval between two local times of May 2026, "04T14:00"."""
    return Interval(parse_instant(f"2026-05-{starts}").instant, parse_instant(f"2026-05-{ends}").instant)


def absence(starts: str, ends: str) -> AwayTime:
    return AwayTime(local(starts, ends), "leave", ReasonKind.ABSENCE)


def abstraction(starts: str, ends: str) -> AwayTime:
    return AwayTime(local(starts, ends), "custody", ReasonKind.ABSTRACTION)


LATE = local("04T14:00", "04T22:00")

aways = st.builds(
    lambda start, length, kind: AwayTime(
        Interval(START + timedelta(minutes=start), START + timedelta(minutes=start + length)), "custody", kind
    ),
    st.integers(-5, 60),
    st.integers(1, 20),
    st.sampled_from(ReasonKind),
)


def test_a_shift_of_24_hours_is_allowed() -> None:
    assert check_shift(START, START + timedelta(hours=24)).minutes == 1440


def test_a_shift_of_a_minute_more_than_24_hours_is_refused() -> None:
    with pytest.raises(ShiftTooLong, match="over 24 hours"):
        check_shift(START, START + timedelta(hours=24, minutes=1))


def test_a_shift_from_noon_to_noon_across_the_october_change_is_over_24_hours() -> None:
    with pytest.raises(ShiftTooLong):
        check_shift(parse_instant("2026-10-24T12:00").instant, parse_instant("2026-10-25T12:00").instant)


def test_a_shift_without_length_is_refused() -> None:
    with pytest.raises(NoLength, match="starts and ends at 4 May 2026 14:00"):
        check_shift(START, START)


def test_a_shift_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(
        EndsBeforeItStarts, match="ends at 4 May 2026 06:00, before it starts at 4 May 2026 14:00"
    ):
        check_shift(START, START - timedelta(hours=8))


def test_time_away_without_length_is_refused() -> None:
    with pytest.raises(NoLength):
        interval_of(START, START)


def test_a_shift_during_another_of_the_member_is_refused() -> None:
    with pytest.raises(ShiftOverlaps, match="overlaps the member's shift 4 May 2026 14:00 to 22:00"):
        check_shift_is_free([LATE], local("04T21:00", "05T05:00"))


def test_shifts_back_to_back_are_allowed() -> None:
    check_shift_is_free([LATE], local("04T22:00", "05T06:00"))


def test_a_whole_shift_may_be_spent_away() -> None:
    check_away(LATE, [], abstraction("04T14:00", "04T22:00"))


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        ("04T13:59", "04T15:00", "starts"),
        ("04T14:00", "04T22:01", "ends"),
        ("04T21:00", "04T22:01", "ends"),
        ("05T14:00", "05T15:00", "ends"),
    ],
)
def test_time_away_outside_the_shift_is_refused_at_the_end_that_is_wrong(
    starts: str, ends: str, field: str
) -> None:
    with pytest.raises(AwayOutsideShift) as refused:
        check_away(LATE, [], abstraction(starts, ends))
    assert refused.value.field == field


def test_time_away_outside_the_shift_says_both_in_local_time() -> None:
    with pytest.raises(AwayOutsideShift) as refused:
        check_away(LATE, [], abstraction("04T21:00", "04T23:00"))
    assert str(refused.value) == (
        "4 May 2026 21:00 to 23:00 is not inside the shift, 4 May 2026 14:00 to 22:00:"
        " give times within the shift, or correct the shift first."
    )


def test_two_abstractions_may_touch() -> None:
    check_away(LATE, [abstraction("04T14:00", "04T16:00")], abstraction("04T16:00", "04T18:00"))


def test_two_abstractions_at_once_are_refused() -> None:
    with pytest.raises(AwayOverlaps, match="abstraction already recorded, 4 May 2026 14:00 to 16:00"):
        check_away(LATE, [abstraction("04T14:00", "04T16:00")], abstraction("04T15:59", "04T18:00"))


def test_two_absences_at_once_are_refused() -> None:
    with pytest.raises(AwayOverlaps, match="absence already recorded"):
        check_away(LATE, [absence("04T14:00", "04T16:00")], absence("04T15:00", "04T18:00"))


def test_abstraction_during_absence_is_refused_whichever_comes_second() -> None:
    taken, off = abstraction("04T15:00", "04T18:00"), absence("04T14:00", "04T16:00")
    for recorded, new in ((off, taken), (taken, off)):
        with pytest.raises(
            AbstractionDuringAbsence,
            match="abstraction 4 May 2026 15:00 to 18:00 falls in the absence 4 May 2026 14:00 to 16:00",
        ):
            check_away(LATE, [recorded], new)


def test_a_shift_cut_short_refuses_the_time_away_it_no_longer_holds() -> None:
    with pytest.raises(AwayOutsideShift):
        check_all_away(local("04T14:00", "04T18:00"), [abstraction("04T17:00", "04T19:00")])


@given(st.lists(aways, max_size=5))
def test_times_away_stand_exactly_when_all_lie_in_the_shift_and_none_overlap(several: list[AwayTime]) -> None:
    shift = Interval(START, START + timedelta(hours=1))
    intervals = [away.interval for away in several]
    if all(shift.contains(interval) for interval in intervals) and first_overlap(intervals) is None:
        check_all_away(shift, several)
    else:
        with pytest.raises(Refusal):
            check_all_away(shift, several)


# Several shifts moved at once -------------------------------------------------------------------------------


def _day_of(numbers: list[int]) -> dict[int, Interval]:
    """Shifts that follow each other, by key: each of the hours from its number on to the next one."""
    hours = sorted(numbers)
    return {
        key: Interval(START + timedelta(hours=first), START + timedelta(hours=last))
        for key, (first, last) in enumerate(pairwise(hours))
    }


def test_a_shift_waits_for_the_one_whose_place_it_takes() -> None:
    first, second, third = _day_of([0, 8, 16, 24]).values()
    assert moves_in_order({1: first, 2: second}, {1: second, 2: third}) == ([2, 1], [])


def test_shifts_that_change_places_cannot_move_one_after_another() -> None:
    first, second = _day_of([0, 8, 16]).values()
    assert moves_in_order({1: first, 2: second}, {1: second, 2: first}) == ([], [2, 1])


def test_a_shift_that_stays_is_never_moved_onto() -> None:
    first, second = _day_of([0, 8, 16]).values()
    assert moves_in_order({1: first, 2: second}, {1: second}) == ([], [1])


@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=9, unique=True).map(_day_of),
    st.lists(st.integers(0, 30), min_size=2, max_size=9, unique=True).map(_day_of),
    st.randoms(use_true_random=False),
)
def test_moves_in_their_order_never_overlap_and_whatever_is_left_is_in_the_way_of_another(
    now: dict[int, Interval], targets: dict[int, Interval], chance: Random
) -> None:
    places = list(targets.values())
    chance.shuffle(places)
    then = dict(zip(now, places, strict=False))
    order, ring = moves_in_order(now, then)
    assert sorted(order + ring) == sorted(then)
    standing = dict(now)
    for key in order:
        standing[key] = then[key]
        assert first_overlap(standing.values()) is None
    for key in ring:
        assert any(other != key and standing[other].overlaps(then[key]) for other in standing)
