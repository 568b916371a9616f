"""When the present pace breaks the target."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from hypothesis import example, given
from hypothesis import strategies as st

from npt.counting.rules import DayTaken, Forecast, Outlook, expected_by, forecast, headroom, with_more_taken

TODAY = date(2026, 11, 15)
#: 1,000 minutes of duty on every day of November: 20% of the month are 6,000 minutes.
DUTY = 1_000


def november(taken: dict[int, int]) -> list[DayTaken]:
    return [DayTaken(date(2026, 11, day), DUTY, taken.get(day, 0)) for day in range(1, 31)]


def seen(taken: dict[int, int], target: int = 20) -> Forecast:
    return forecast(target, november(taken), TODAY)


# Examples ---------------------------------------------------------------------------------------------------


def test_a_pace_over_the_target_breaks_it_on_the_first_day_whose_sum_is_over() -> None:
    # 4,500 of 15,000 minutes are gone: 300 a day. 4,500 + 5 x 300 is exactly 6,000; the day after is over.
    found = seen({5: 4_500})
    assert (found.outlook, found.broken_on) == (Outlook.BROKEN_AT_PACE, date(2026, 11, 21))
    assert found.expected == 9_000
    assert found.expected_rate.percentage(1) == "30.0"


def test_a_pace_of_exactly_the_target_is_within() -> None:
    found = seen({5: 3_000})
    assert (found.outlook, found.broken_on, found.expected) == (Outlook.WITHIN, None, Fraction(6_000))


def test_one_minute_more_than_a_pace_of_the_target_breaks_it_on_the_last_day() -> None:
    found = seen({5: 3_001})
    assert (found.outlook, found.broken_on) == (Outlook.BROKEN_AT_PACE, date(2026, 11, 30))


def test_a_month_that_is_over_says_since_when() -> None:
    found = seen({3: 5_000, 12: 1_000, 13: 1, 20: 100})
    assert (found.outlook, found.broken_on) == (Outlook.OVER, date(2026, 11, 13))


def test_what_is_planned_counts_on_its_own_day_and_can_break_the_month_alone() -> None:
    found = seen({5: 100, 27: 6_000})
    assert (found.outlook, found.broken_on) == (Outlook.BROKEN_BY_PLANS, date(2026, 11, 27))


def test_what_is_planned_is_not_taken_off_a_second_time_by_the_pace() -> None:
    found = seen({5: 1_500, 20: 1_000})
    # A tenth of the 14,000 minutes ahead that nothing is planned for.
    assert found.expected == 1_500 + 1_000 + 1_400


def test_no_pace_is_laid_on_minutes_that_something_is_planned_for() -> None:
    # A sixth of 15,000 minutes is gone, and so goes a sixth of the 13,800 that nothing is planned for.
    found = seen({5: 2_500, 20: 600, 21: 600})
    assert (found.outlook, found.expected) == (Outlook.WITHIN, Fraction(6_000))
    found = seen({5: 2_500, 20: 600, 21: 601})
    assert (found.outlook, found.broken_on) == (Outlook.BROKEN_AT_PACE, date(2026, 11, 30))


def test_without_duty_so_far_the_pace_is_not_known() -> None:
    days = [DayTaken(date(2026, 11, day), DUTY, 0) for day in range(16, 31)]
    found = forecast(20, days, TODAY)
    assert (found.outlook, found.broken_on) == (Outlook.NOT_KNOWN, None)
    assert (found.pace.fraction, found.expected, found.expected_rate.is_known) == (None, None, False)


def test_without_duty_so_far_plans_can_still_break_the_month() -> None:
    days = [DayTaken(date(2026, 11, day), DUTY, 400 * (day == 20)) for day in range(20, 22)]
    assert forecast(20, days, TODAY).outlook is Outlook.NOT_KNOWN
    days = [DayTaken(date(2026, 11, day), DUTY, 401 * (day == 20)) for day in range(20, 22)]
    assert forecast(20, days, TODAY).broken_on == date(2026, 11, 20)


def test_a_month_without_any_duty_is_not_known_and_has_no_room() -> None:
    found = forecast(20, [], TODAY)
    assert (found.outlook, found.room.left, found.denominator_ahead) == (Outlook.NOT_KNOWN, 0, 0)


def test_a_month_that_has_ended_is_within_or_over() -> None:
    assert forecast(20, november({5: 6_000}), date(2026, 12, 1)).outlook is Outlook.WITHIN
    over = forecast(20, november({5: 6_000, 28: 1}), date(2026, 12, 1))
    assert (over.outlook, over.broken_on) == (Outlook.OVER, date(2026, 11, 28))


def test_more_that_is_taken_stands_on_its_days() -> None:
    more = with_more_taken(november({20: 100}), {date(2026, 11, 20): 60})
    assert [day.taken for day in more if day.taken] == [160]
    assert forecast(20, more, TODAY).room.planned == 160


# Properties -------------------------------------------------------------------------------------------------


@st.composite
def months(draw: st.DrawFn) -> list[DayTaken]:
    """Some days up to today, and some to come."""
    gone, ahead = (
        draw(st.lists(st.integers(0, 3_000), max_size=4)),
        draw(st.lists(st.integers(0, 3_000), max_size=6)),
    )
    first = TODAY - timedelta(days=len(gone) - 1)
    return [
        DayTaken(first + timedelta(days=number), duty, draw(st.integers(0, duty)))
        for number, duty in enumerate(gone + ahead)
    ]


@st.composite
def months_judged(draw: st.DrawFn) -> tuple[int, list[DayTaken]]:
    """A month and its target: one that ships, or one of the two that what is expected lies between."""
    days = draw(months())
    rate = forecast(0, days, TODAY).expected_rate.fraction
    near = [] if rate is None else [floor(rate * 100), ceil(rate * 100)]
    return draw(st.sampled_from([*near, 5, 20, 0, 100])), days


#: Something is taken today, and something is planned: 24.1% is expected.
MIXED = [
    DayTaken(date(2026, 11, 14), 480, 60),
    DayTaken(TODAY, 960, 240),
    DayTaken(date(2026, 11, 16), 960, 120),
    DayTaken(date(2026, 11, 18), 480, 0),
]
FAR = date.max


def broken(target: int, days: Sequence[DayTaken]) -> date:
    """The day on which the month is broken; the end of time when it is not."""
    return forecast(target, days, TODAY).broken_on or FAR


@given(months_judged().filter(lambda judged: judged[1]), st.data())
def test_the_more_is_taken_the_earlier_the_target_is_broken(
    judged: tuple[int, list[DayTaken]], chance: st.DataObject
) -> None:
    target, days = judged
    day = chance.draw(st.sampled_from(days))
    more = with_more_taken(days, {day.on: chance.draw(st.integers(0, day.free))})
    assert broken(target, more) <= broken(target, days)


@given(months(), st.integers(0, 100), st.integers(0, 100))
def test_the_higher_the_target_the_later_it_is_broken(days: list[DayTaken], one: int, other: int) -> None:
    assert broken(min(one, other), days) <= broken(max(one, other), days)


@given(months_judged())
@example((24, MIXED))
@example((25, MIXED))
def test_a_month_is_broken_exactly_when_what_is_expected_by_its_end_is_over_the_target(
    judged: tuple[int, list[DayTaken]],
) -> None:
    target, days = judged
    found = forecast(target, days, TODAY)
    if found.expected is None:
        assert (found.broken_on is not None) == found.room.is_over
    else:
        assert (found.broken_on is not None) == (found.expected * 100 > target * found.room.denominator)
        assert found.expected_rate.fraction == found.expected / found.room.denominator


@given(months_judged())
@example((24, MIXED))
@example((25, MIXED))
def test_the_day_it_is_broken_is_where_the_line_of_what_is_expected_crosses_the_allowance(
    judged: tuple[int, list[DayTaken]],
) -> None:
    target, days = judged
    found = forecast(target, days, TODAY)
    allowed = Fraction(target * found.room.denominator, 100)
    over = [on for on, minutes in expected_by(days, TODAY) if minutes is not None and minutes > allowed]
    if found.expected is not None:
        assert min(over, default=None) == found.broken_on


@given(months_judged())
def test_headroom_used_and_planned_are_always_the_targets_part_of_the_duty(
    judged: tuple[int, list[DayTaken]],
) -> None:
    target, days = judged
    found = forecast(target, days, TODAY)
    room = found.room
    assert room.left + room.used + room.planned == headroom(target, room.denominator, 0) == room.allowance
    assert found.denominator_gone + found.denominator_ahead == room.denominator
    assert (found.outlook is Outlook.OVER) == (room.used * 100 > target * room.denominator)
    assert forecast(target, reversed(days), TODAY) == found
