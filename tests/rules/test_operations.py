"""The days of an operation, who is left on duty, and who is taken before whom."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from npt.kit.intervals import Interval
from npt.operations.rules import (
    Against,
    Candidate,
    EndsBeforeItStarts,
    Objection,
    TimeNeverHappens,
    TooManyDays,
    fewest_on_duty,
    free_parts,
    operation_days,
    ranked,
    suggested,
)
from npt.people.rules import PolicingRole

SATURDAY = date(2026, 11, 21)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)


def span(starts: float, ends: float) -> Interval:
    """The hours of Saturday from one to the other, past 24 on Sunday."""
    return Interval(MIDNIGHT + timedelta(hours=starts), MIDNIGHT + timedelta(hours=ends))


def candidate(
    number: str = "1001",
    *,
    on: date = SATURDAY,
    unit: int = 1,
    taken: Interval | None = None,
    covers_fully: bool = True,
    room: int | None = 3000,
    left: int = 4,
    lately: int = 0,
    last_on: date | None = None,
    objections: tuple[Objection, ...] = (),
) -> Candidate:
    return Candidate(
        on=on,
        shift_id=int(number) * 100 + on.day,
        shift_version=1,
        shift_on=on,
        shift=span(10, 20),
        taken=taken or span(12, 18),
        covers_fully=covers_fully,
        member_id=int(number),
        number=number,
        name=f"Member {number}",
        role=PolicingRole.CONSTABLE,
        unit_id=unit,
        unit_code=f"T{unit}",
        unit_name=f"Team {unit}",
        headroom_left=room,
        left_on_duty=left,
        minutes_lately=lately,
        last_taken_on=last_on,
        objections=objections,
    )


def numbers(candidates: list[Candidate]) -> list[str]:
    return [each.number for each in candidates]


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    (day,) = operation_days(SATURDAY, SATURDAY, time(18), time(2))
    assert day.interval == span(18, 26)


def test_an_operation_of_several_days_has_the_same_times_on_each() -> None:
    days = operation_days(SATURDAY, date(2026, 11, 23), time(12), time(23))
    assert [day.on.day for day in days] == [21, 22, 23]
    assert [day.interval.minutes for day in days] == [660, 660, 660]


def test_the_same_time_twice_is_a_day_round_the_clock() -> None:
    (day,) = operation_days(SATURDAY, SATURDAY, time(7), time(7))
    assert day.interval.minutes == 24 * 60


def test_a_night_of_an_operation_across_the_october_change_lasts_an_hour_longer() -> None:
    (day,) = operation_days(date(2026, 10, 24), date(2026, 10, 24), time(22), time(6))
    assert day.interval.minutes == 9 * 60


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(TimeNeverHappens, match="never happens"):
        operation_days(date(2026, 3, 29), date(2026, 3, 29), time(1, 30), time(9))


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(EndsBeforeItStarts, match="20 November 2026"):
        operation_days(SATURDAY, date(2026, 11, 20), time(9), time(17))


def test_thirty_one_days_are_allowed_and_thirty_two_are_not() -> None:
    assert len(operation_days(date(2026, 12, 1), date(2026, 12, 31), time(9), time(17))) == 31
    with pytest.raises(TooManyDays, match="32 days"):
        operation_days(date(2026, 12, 1), date(2027, 1, 1), time(9), time(17))


def test_time_away_leaves_the_parts_before_and_after_it() -> None:
    assert free_parts(span(8, 16), [span(10, 12), span(11, 13)]) == [span(8, 10), span(13, 16)]
    assert free_parts(span(8, 16), [span(8, 16)]) == []
    assert free_parts(span(8, 16), [span(16, 18)]) == [span(8, 16)]


def test_the_fewest_on_duty_are_counted_where_one_shift_ends_before_the_next_begins() -> None:
    assert fewest_on_duty(span(12, 18), [span(8, 15), span(15, 20)]) == 1
    assert fewest_on_duty(span(12, 18), [span(8, 15), span(16, 20)]) == 0
    assert fewest_on_duty(span(12, 18), [span(8, 20), span(8, 18), span(14, 16)]) == 2
    assert fewest_on_duty(span(12, 18), []) == 0


def test_whoever_is_absent_comes_last() -> None:
    absent = candidate("1001", objections=(Objection(Against.ABSENT, "absent"),))
    doubtful = candidate("1002", objections=(Objection(Against.OTHER_OPERATION, "a draft", False),))
    assert numbers(ranked([absent, doubtful, candidate("1003", room=-60)])) == ["1003", "1002", "1001"]


def test_whoever_is_there_the_whole_time_comes_before_whoever_is_there_for_part_of_it() -> None:
    hour = candidate("1001", taken=span(12, 13), covers_fully=False, room=9000)
    half = candidate("1002", taken=span(12, 15), covers_fully=False, room=300)
    assert numbers(ranked([hour, half, candidate("1003", room=10)])) == ["1003", "1002", "1001"]


def test_headroom_comes_before_cover_and_cover_before_fairness() -> None:
    tight = candidate("1001", room=10, left=9)
    thin = candidate("1002", room=3000, left=1)
    taken = candidate("1003", room=3000, left=4, lately=600)
    fresh = candidate("1004", room=3000, left=4)
    assert numbers(ranked([tight, thin, taken, fresh])) == ["1004", "1003", "1002", "1001"]


def test_of_two_with_the_same_minutes_the_one_taken_longer_ago_comes_first() -> None:
    recent = candidate("1001", lately=60, last_on=date(2026, 11, 14))
    earlier = candidate("1002", lately=60, last_on=date(2026, 9, 14))
    assert numbers(ranked([recent, earlier])) == ["1002", "1001"]


def test_a_suggestion_spreads_over_teams_as_their_headroom_falls() -> None:
    first = [candidate(str(number), unit=1, room=1000) for number in (1001, 1002, 1003)]
    second = [candidate(str(number), unit=2, room=900) for number in (2001, 2002, 2003)]
    assert numbers(suggested([*first, *second], 4)) == ["1001", "2001", "1002", "2002"]


def test_a_suggestion_spreads_over_teams_as_fewer_are_left_on_duty() -> None:
    first = [candidate(str(number), unit=1, room=None) for number in (1001, 1002)]
    second = [candidate(str(number), unit=2, room=None) for number in (2001, 2002)]
    assert numbers(suggested([*first, *second], 4)) == ["1001", "2001", "1002", "2002"]


def test_whoever_is_taken_at_another_time_is_not_missed_in_their_team_then() -> None:
    noon, afternoon = span(12, 14), span(15, 17)
    first = [candidate("1001", taken=noon, room=None), candidate("1002", taken=afternoon, room=None)]
    other = candidate("2001", unit=2, taken=noon, room=None)
    assert numbers(suggested([*first, other], 2)) == ["1001", "1002"]


def test_a_suggestion_leaves_the_headroom_of_another_month_as_it_is() -> None:
    october, november = date(2026, 10, 31), date(2026, 11, 1)
    pool = [
        candidate("1001", on=october, room=1000),
        candidate("1002", on=november, room=1000),
        candidate("2001", on=november, unit=2, room=900),
    ]
    assert numbers(suggested(pool, 1)) == ["1001", "1002"]


def test_a_suggestion_for_two_days_does_not_take_the_same_member_twice_while_others_wait() -> None:
    sunday = date(2026, 11, 22)
    pool = [candidate(number, on=on, room=None) for number in ("1001", "1002") for on in (SATURDAY, sunday)]
    assert [(each.on, each.number) for each in suggested(pool, 1)] == [(SATURDAY, "1001"), (sunday, "1002")]


def test_a_suggestion_holds_nobody_against_whom_something_speaks() -> None:
    doubtful = candidate("1001", objections=(Objection(Against.OTHER_OPERATION, "a draft", False),))
    assert suggested([doubtful], 1) == []
