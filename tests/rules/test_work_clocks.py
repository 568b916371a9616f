"""Clocks: when something is due, whatever is paused, and how that is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.clock import local_day, parse_instant, to_local
from npt.kit.holidays import holiday_on
from npt.work.rules import (
    SHIPPED,
    BadRule,
    ClockKind,
    Measure,
    Pause,
    Rule,
    Running,
    Until,
    checked_rule,
    due_at,
    until_day,
)

HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """An instant, in local time unless it says otherwise."""
    return parse_instant(text).instant


# What is due when -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "started", "due"),
    [
        (ClockKind.REPLY, "2026-11-13T16:30", "2026-11-16T16:30"),
        (ClockKind.CALL_BACK, "2026-11-13T16:30", "2026-11-15T16:30"),
        (ClockKind.COMPLAINT, "2026-11-02T09:00", "2026-11-30T23:59"),
        (ClockKind.MEETING, "2026-11-02T19:00", "2027-02-02T23:59"),
        (ClockKind.PRIORITY, "2026-11-30T19:00", "2027-02-28T23:59"),
        (ClockKind.GATEKEEPER, "2026-11-02T09:00", "2026-11-03T09:00"),
    ],
)
def test_the_shipped_limits_fall_where_they_are_promised(kind: ClockKind, started: str, due: str) -> None:
    assert due_at(SHIPPED[kind], at(started)) == at(due)


def test_seventy_two_hours_over_the_october_change_end_an_hour_earlier_by_the_clock_on_the_wall() -> None:
    assert due_at(SHIPPED[ClockKind.REPLY], at("2026-10-23T12:00")) == at("2026-10-26T11:00")


def test_three_days_over_the_october_change_end_at_the_same_time_by_the_clock_on_the_wall() -> None:
    assert due_at(Rule(3, Measure.DAYS, Until.TIME), at("2026-10-23T12:00")) == at("2026-10-26T12:00")


def test_what_starts_in_the_second_of_two_equal_hours_is_due_an_hour_after_what_starts_in_the_first() -> None:
    first, second = at("2026-10-25T01:30+01:00"), at("2026-10-25T01:30+00:00")
    hours = SHIPPED[ClockKind.GATEKEEPER]
    assert due_at(hours, first) == at("2026-10-26T00:30")
    assert due_at(hours, second) == at("2026-10-26T01:30")


def test_a_limit_at_a_time_that_the_clocks_skip_falls_on_the_change() -> None:
    assert due_at(Rule(1, Measure.DAYS, Until.TIME), at("2026-03-28T01:30")) == at("2026-03-29T02:00")


def test_five_working_days_step_over_the_weekend_and_the_bank_holiday() -> None:
    assert due_at(Rule(5, Measure.WORKING_DAYS), at("2026-12-23T10:00")) == at("2027-01-04T23:59")


def test_a_working_day_after_a_saturday_is_the_monday() -> None:
    assert due_at(Rule(1, Measure.WORKING_DAYS), at("2026-11-14T10:00")) == at("2026-11-16T23:59")


def test_calendar_days_may_be_over_on_a_bank_holiday() -> None:
    due = due_at(Rule(2, Measure.DAYS), at("2026-12-23T10:00"))
    assert due == at("2026-12-25T23:59")
    assert holiday_on(local_day(due)) == "Christmas Day"


def test_hours_until_the_end_of_the_day_last_to_its_last_minute() -> None:
    assert due_at(Rule(3, Measure.HOURS, Until.DAY), at("2026-11-16T22:00")) == at("2026-11-17T23:59")


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    assert due_at(Rule(1, Measure.MONTHS), at("2028-01-31T10:00")) == at("2028-02-29T23:59")


def test_a_clock_may_run_for_ten_years_and_no_longer() -> None:
    assert due_at(Rule(120, Measure.MONTHS), at("2026-11-16T10:00")) == at("2036-11-16T23:59")
    for rule in (Rule(121, Measure.MONTHS), Rule(0, Measure.DAYS), Rule(-1, Measure.HOURS)):
        with pytest.raises(BadRule):
            checked_rule(rule)


def test_a_day_to_be_done_by_makes_a_rule_of_days() -> None:
    started = at("2026-11-16T10:00")
    rule = until_day(date(2027, 11, 20), started)
    assert due_at(rule, started) == at("2027-11-20T23:59")
    for day in (date(2026, 11, 16), date(2026, 11, 1), date(2100, 1, 1)):
        with pytest.raises(BadRule):
            until_day(day, started)


# Pauses -----------------------------------------------------------------------------------------------------


def test_hours_that_it_is_paused_are_added_also_over_a_clock_change() -> None:
    over_change = Pause(at("2026-10-24T12:00"), at("2026-10-25T12:00"))
    assert due_at(SHIPPED[ClockKind.REPLY], at("2026-10-23T12:00"), [over_change]) == at("2026-10-27T12:00")


def test_a_day_over_whose_end_it_is_paused_does_not_count() -> None:
    started, rule = at("2026-11-02T09:00"), SHIPPED[ClockKind.COMPLAINT]
    over_three = Pause(at("2026-11-10T10:00"), at("2026-11-13T08:00"))
    within_one = Pause(at("2026-11-10T10:00"), at("2026-11-10T16:00"))
    on_the_first = Pause(at("2026-11-02T10:00"), at("2026-11-03T08:00"))
    assert due_at(rule, started, [over_three]) == at("2026-12-03T23:59")
    assert due_at(rule, started, [within_one]) == at("2026-11-30T23:59")
    assert due_at(rule, started, [on_the_first]) == at("2026-12-01T23:59")


def test_paused_on_its_last_day_it_is_not_over_that_night() -> None:
    started, rule = at("2026-11-02T09:00"), SHIPPED[ClockKind.COMPLAINT]
    assert due_at(rule, started, [Pause(at("2026-11-30T16:00"))]) is None
    assert due_at(rule, started, [Pause(at("2026-11-30T16:00"), at("2026-12-01T09:00"))]) == at(
        "2026-12-01T23:59"
    )


@pytest.mark.parametrize("kind", list(SHIPPED))
def test_paused_for_ever_it_is_never_due(kind: ClockKind) -> None:
    clock = Running(SHIPPED[kind], at("2026-11-02T09:00"), [Pause(at("2026-11-02T12:00"))])
    much_later = at("2030-01-01T09:00")
    assert clock.due is None
    assert not clock.is_over(much_later)
    assert clock.state_in_words(at("2026-11-06T12:00")) == "paused 4 days"


def test_a_pause_that_begins_once_it_is_over_changes_nothing() -> None:
    clock = Running(SHIPPED[ClockKind.GATEKEEPER], at("2026-11-02T09:00"), [Pause(at("2026-11-03T09:00"))])
    assert clock.is_over(at("2026-11-03T09:01"))


def test_when_it_is_due_is_worked_out_once_however_often_it_is_asked() -> None:
    clock = Running(Rule(3_660, Measure.DAYS), at("2026-11-02T09:00"))
    assert clock.due is clock.due


def test_a_pause_that_goes_on_after_the_end_counts_up_to_the_end() -> None:
    clock = Running(
        SHIPPED[ClockKind.REPLY],
        at("2026-11-02T09:00"),
        [Pause(at("2026-11-02T12:00"), at("2026-11-09T12:00"))],
        ended=at("2026-11-02T14:00"),
    )
    assert clock.paused_minutes(at("2026-12-01T00:00")) == 120
    assert clock.state_in_words(at("2026-12-01T00:00")) == "ended in time, paused 2 h"


# In words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-02T09:00", "due in 3 days"),
        ("2026-11-04T04:00", "due in 29 h"),
        ("2026-11-05T08:20", "due in 40 min"),
        ("2026-11-05T09:00", "due in 0 min"),
        ("2026-11-05T09:01", "1 min over"),
        ("2026-11-07T10:00", "2 days over"),
    ],
)
def test_a_clock_says_how_it_stands(now: str, words: str) -> None:
    assert Running(SHIPPED[ClockKind.REPLY], at("2026-11-02T09:00")).state_in_words(at(now)) == words


def test_what_was_paused_and_is_over_says_both() -> None:
    pause = Pause(at("2026-11-02T12:00"), at("2026-11-05T12:00"))
    clock = Running(SHIPPED[ClockKind.REPLY], at("2026-11-02T09:00"), [pause])
    assert clock.state_in_words(at("2026-11-10T10:00")) == "2 days over, paused 3 days"
    late = Running(clock.rule, clock.started, clock.pauses, ended=at("2026-11-10T10:00"))
    assert late.state_in_words(at("2027-01-01T00:00")) == "ended 2 days late, paused 3 days"


def test_a_limit_is_said_by_its_day_or_to_the_minute() -> None:
    started = at("2026-11-02T09:00")
    assert Running(SHIPPED[ClockKind.COMPLAINT], started).due_in_words() == "by the end of 30 November 2026"
    assert Running(SHIPPED[ClockKind.REPLY], started).due_in_words() == "by 5 November 2026 09:00"
    assert SHIPPED[ClockKind.PRIORITY].in_words == "3 months"
    assert Rule(1, Measure.WORKING_DAYS).in_words == "1 working day"


def test_the_seconds_of_now_do_not_make_it_over() -> None:
    clock = Running(SHIPPED[ClockKind.GATEKEEPER], at("2026-11-02T09:00"))
    assert not clock.is_over(at("2026-11-03T09:00") + timedelta(seconds=59))
    assert clock.is_over(at("2026-11-03T09:01"))


# Whatever the rule and the pauses ---------------------------------------------------------------------------

RULES = st.builds(
    Rule,
    amount=st.integers(1, 40),
    measure=st.sampled_from(Measure),
    until=st.sampled_from(Until),
)
#: among them the hours of both clock changes of 2026
STARTS = st.one_of(
    st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * HOUR / 60),
    st.integers(-120, 120).map(lambda minutes: at("2026-10-25T01:00+01:00") + minutes * HOUR / 60),
    st.integers(-120, 120).map(lambda minutes: at("2026-03-29T00:30") + minutes * HOUR / 60),
)


@st.composite
def pauses_after(draw: st.DrawFn, started: datetime) -> Pause:
    """A pause of a clock that started then; one in six never ends."""
    starts = started + draw(st.integers(0, 60 * 24 * 50)) * HOUR / 60
    length = draw(st.integers(0, 60 * 24 * 30))
    return Pause(starts, None if draw(st.integers(0, 5)) == 0 else starts + length * HOUR / 60)


@given(rule=RULES, started=STARTS, draw=st.data())
def test_another_pause_never_makes_it_due_earlier_and_nothing_is_due_before_it_starts(
    rule: Rule, started: datetime, draw: st.DataObject
) -> None:
    pauses: list[Pause] = []
    due = due_at(rule, started)
    assert due is not None
    assert due > started
    for _ in range(draw.draw(st.integers(1, 4))):
        pauses.append(draw.draw(pauses_after(started)))
        later = due_at(rule, started, pauses)
        assert later is None or (due is not None and later >= due)
        due = later


@given(rule=RULES, started=STARTS)
def test_a_limit_until_the_end_of_the_day_is_its_last_minute(rule: Rule, started: datetime) -> None:
    due = due_at(Rule(rule.amount, rule.measure, Until.DAY), started)
    assert due is not None
    assert f"{to_local(due):%H:%M}" == "23:59"


@given(rule=RULES, started=STARTS, draw=st.data())
def test_time_paused_is_never_more_than_the_time_since_the_start(
    rule: Rule, started: datetime, draw: st.DataObject
) -> None:
    pauses = draw.draw(st.lists(pauses_after(started), max_size=4))
    now = started + draw.draw(st.integers(0, 60 * 24 * 90)) * HOUR / 60
    clock = Running(rule, started, pauses)
    assert 0 <= clock.paused_minutes(now) <= (now - started) // timedelta(minutes=1)
    assert clock.state_in_words(now)
