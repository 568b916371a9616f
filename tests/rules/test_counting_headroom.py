"""Headroom: how much more may be abstracted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.counting.rules import SHIPPED_DEFINITIONS, Headroom, HeadroomChange, Rate, headroom
from npt.kit.intervals import Interval
from npt.shifts.rules import AwayTime, ReasonKind

LOCAL, INSPECTORATE, ALL_TIME_LOST = SHIPPED_DEFINITIONS
START = datetime(2026, 5, 4, 13, tzinfo=UTC)
HOUR = Interval(START, START + timedelta(hours=1))
CUSTODY = AwayTime(HOUR, "custody", ReasonKind.ABSTRACTION)
TRAINING = AwayTime(HOUR, "training", ReasonKind.ABSTRACTION)
LEAVE = AwayTime(HOUR, "leave", ReasonKind.ABSENCE)
MONTH = Headroom(target=20, denominator=10_000, used=1_500, planned=100)

amounts = st.integers(0, 10**7)
targets = st.sampled_from([5, 20]) | st.integers(0, 100)


def test_headroom_is_the_target_of_the_duty_less_what_is_abstracted() -> None:
    assert headroom(20, 10_000, 1_600) == 400


def test_exactly_on_target_there_is_no_headroom_left_and_no_breach() -> None:
    assert headroom(5, 9_600, 480) == 0


def test_without_duty_any_abstraction_is_over() -> None:
    assert (headroom(20, 0, 0), headroom(20, 0, 1)) == (0, -1)


@given(targets, amounts, amounts)
def test_headroom_is_negative_exactly_on_a_breach(target: int, duty: int, abstracted: int) -> None:
    assert (headroom(target, duty, abstracted) < 0) == (abstracted * 100 > target * duty)


@given(targets, st.integers(1, 10**7), amounts)
def test_headroom_agrees_with_the_rate_on_what_is_within_target(
    target: int, duty: int, abstracted: int
) -> None:
    assert (headroom(target, duty, abstracted) >= 0) == Rate(LOCAL, abstracted, duty).within(target)


@given(targets, amounts, amounts)
def test_using_all_the_headroom_breaks_no_target_and_a_minute_more_does(
    target: int, duty: int, used: int
) -> None:
    left = headroom(target, duty, used)
    assert headroom(target, duty, used + left) == 0
    assert (used + left + 1) * 100 > target * duty


def test_what_is_planned_is_already_taken() -> None:
    assert (MONTH.allowance, MONTH.left, MONTH.is_over) == (2_000, 400, False)


@pytest.mark.parametrize(("is_planned", "used", "planned"), [(False, 1_560, 100), (True, 1_500, 160)])
def test_an_abstraction_takes_its_minutes_from_what_is_left(
    is_planned: bool, used: int, planned: int
) -> None:
    after = MONTH.after(CUSTODY, LOCAL, is_planned=is_planned)
    assert (after.used, after.planned, after.left) == (used, planned, 340)


def test_an_abstraction_that_does_not_count_leaves_headroom_as_it_was() -> None:
    assert MONTH.after(TRAINING, LOCAL, is_planned=False) == MONTH


def test_an_absence_shrinks_the_duty_that_headroom_is_a_share_of() -> None:
    assert MONTH.after(LEAVE, LOCAL, is_planned=False).left == 400 - 60 * 20 // 100


def test_an_absence_counts_as_lost_where_absence_is_put_back() -> None:
    after = MONTH.after(LEAVE, ALL_TIME_LOST, is_planned=False)
    assert (after.denominator, after.left) == (10_000, 340)


def test_a_change_says_what_an_entry_does() -> None:
    assert HeadroomChange(MONTH, MONTH.after(CUSTODY, INSPECTORATE, is_planned=True)).minutes == -60


def test_the_entry_that_breaks_the_target_is_named_as_such() -> None:
    before = Headroom(target=20, denominator=10_000, used=1_960, planned=0)
    after = before.after(CUSTODY, LOCAL, is_planned=False)
    assert HeadroomChange(before, after).breaks_target
    assert not HeadroomChange(after, after.after(CUSTODY, LOCAL, is_planned=False)).breaks_target


def test_the_entry_that_lands_exactly_on_target_does_not_break_it() -> None:
    before = Headroom(target=20, denominator=10_000, used=1_940, planned=0)
    assert not HeadroomChange(before, before.after(CUSTODY, LOCAL, is_planned=False)).breaks_target
