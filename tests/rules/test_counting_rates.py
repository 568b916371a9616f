"""Minutes of shifts, sums over them, and rates."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.counting.rules import (
    SHIPPED_DEFINITIONS,
    Definition,
    DifferentDefinitions,
    Rate,
    Tally,
    is_provisional,
    rate_of,
    shift_minutes,
)
from npt.kit.intervals import Interval
from npt.kit.shares import Share
from npt.shifts.rules import SHIPPED_REASONS, AwayTime, ReasonKind

LOCAL, INSPECTORATE, ALL_TIME_LOST = SHIPPED_DEFINITIONS
START = datetime(2026, 5, 4, 13, tzinfo=UTC)
KINDS = {reason.code: reason.kind for reason in SHIPPED_REASONS}


def minutes(starts: int, ends: int) -> Interval:
    """The interval from `starts` to `ends` minutes after the start of the shift."""
    return Interval(START + timedelta(minutes=starts), START + timedelta(minutes=ends))


def away(starts: int, ends: int, reason: str) -> AwayTime:
    return AwayTime(minutes(starts, ends), reason, KINDS[reason])


def rate(abstracted: int, denominator: int) -> Rate:
    return Rate(LOCAL, abstracted, denominator)


SHIFT = minutes(0, 480)
aways = st.builds(
    lambda start, length, reason: away(start, start + length, reason),
    st.integers(-60, 500),
    st.integers(1, 120),
    st.sampled_from(sorted(KINDS)),
)
tallies = st.builds(
    Tally,
    rostered=st.integers(500, 1000),
    absent=st.integers(0, 500),
    abstracted_by_reason=st.dictionaries(
        st.sampled_from(sorted(code for code in KINDS if KINDS[code] is ReasonKind.ABSTRACTION)),
        st.integers(0, 100),
    ),
    shifts=st.integers(5, 10),
    confirmed_shifts=st.integers(0, 5),
)


def test_duty_is_what_was_rostered_less_absence() -> None:
    found = shift_minutes(SHIFT, [away(0, 120, "leave"), away(120, 180, "custody")])
    assert (found.rostered, found.absent, found.duty) == (480, 120, 360)


def test_abstraction_is_kept_by_reason() -> None:
    found = shift_minutes(SHIFT, [away(0, 60, "custody"), away(60, 90, "court"), away(100, 130, "custody")])
    assert found.by_reason == {"court": 30, "custody": 90}


def test_time_away_beyond_the_shift_counts_only_inside_it() -> None:
    assert shift_minutes(SHIFT, [away(420, 540, "custody")]).by_reason == {"custody": 60}


@given(st.lists(aways))
def test_no_reason_and_no_absence_is_ever_longer_than_the_shift(several: list[AwayTime]) -> None:
    found = shift_minutes(SHIFT, several)
    assert 0 <= found.duty <= found.rostered
    assert all(0 < spent <= found.rostered for spent in found.by_reason.values())


def test_the_tally_of_no_shift_adds_nothing() -> None:
    tally = Tally(480, 0, {"custody": 60}, 1, 1)
    assert tally + Tally() == tally


@given(st.lists(tallies), st.sampled_from(SHIPPED_DEFINITIONS))
def test_the_rate_of_a_group_is_the_ratio_of_the_sums(several: list[Tally], definition: Definition) -> None:
    whole = rate_of(Tally.total(several), definition)
    parts = [rate_of(tally, definition) for tally in several]
    assert whole.share == Share.total(part.share for part in parts)


def test_the_local_rate_leaves_out_training_and_court() -> None:
    tally = Tally(1000, 200, {"custody": 80, "training": 100, "court": 20}, 2, 2)
    assert rate_of(tally, LOCAL).share == Share(80, 800)


def test_the_inspectorates_rate_counts_every_abstraction() -> None:
    tally = Tally(1000, 200, {"custody": 80, "training": 100, "court": 20}, 2, 2)
    assert rate_of(tally, INSPECTORATE).share == Share(200, 800)


def test_all_time_lost_puts_absence_back_over_rostered_minutes() -> None:
    tally = Tally(1000, 200, {"custody": 80, "training": 100, "court": 20}, 2, 2)
    assert rate_of(tally, ALL_TIME_LOST).share == Share(400, 1000)


def test_a_reason_that_no_definition_names_does_not_count() -> None:
    assert rate_of(Tally(480, 0, {"parade": 60}, 1, 1), INSPECTORATE).abstracted == 0


def test_a_month_without_duty_has_no_rate() -> None:
    found = rate_of(Tally(480, 480, {}, 1, 1), LOCAL)
    assert (found.share.percentage(4), found.within(20)) == (None, None)


def test_exactly_on_target_is_within_target() -> None:
    assert rate(20, 100).within(20) is True


def test_a_minute_over_target_is_not_within_it() -> None:
    assert rate(20_001, 100_000).within(20) is False


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.sampled_from([5, 20]))
def test_within_target_agrees_with_the_exact_fraction(abstracted: int, denominator: int, target: int) -> None:
    assert rate(abstracted, denominator).within(target) == (Fraction(abstracted * 100, denominator) <= target)


def test_rates_of_two_days_under_one_definition_add_up() -> None:
    assert (rate(10, 100) + rate(30, 100)).share == Share(40, 200)


def test_rates_under_different_definitions_do_not_add_up() -> None:
    with pytest.raises(DifferentDefinitions, match="local-2008 cannot be added to one under inspectorate"):
        rate(10, 100) + Rate(INSPECTORATE, 10, 100)


@pytest.mark.parametrize(
    ("confirmed", "shifts", "provisional"),
    [(90, 100, False), (89, 100, True), (0, 1, True), (1, 1, False), (0, 0, False)],
)
def test_a_rate_is_provisional_under_nine_tenths_of_coverage(
    confirmed: int, shifts: int, provisional: bool
) -> None:
    assert is_provisional(Tally(shifts=shifts, confirmed_shifts=confirmed).coverage) is provisional


def test_coverage_is_the_confirmed_share_of_the_shifts() -> None:
    one = Tally.of(shift_minutes(SHIFT, []), is_confirmed=True)
    other = Tally.of(shift_minutes(SHIFT, []), is_confirmed=False)
    assert Tally.total([one, other, one]).coverage == Share(2, 3)
