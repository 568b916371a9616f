"""What may be said of contacts and patrols, how days of asking come out, and whose silence weighs most."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.engagement.rules import (
    Asker,
    AskingDay,
    AskingState,
    BadPatrol,
    DatedTarget,
    DutyMinutes,
    Silence,
    UnknownGroup,
    check_ethnicity,
    check_patrol,
    named_in,
    plain_words,
    state_of,
    street_of,
    summed,
    targets_on,
)
from npt.people.rules import PolicingRole
from npt.phone.rules import BadInstant, BadReference, Purpose, Typed, check_instant, check_reference

NOW = datetime(2026, 11, 16, 9, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2026, 11, 16)


def test_a_reference_of_ours_can_be_one() -> None:
    made = {purpose.new_reference() for purpose in Purpose for _ in range(20)}
    assert len(made) == 20 * len(Purpose)
    assert all(check_reference(each) == each for each in made)


@pytest.mark.parametrize("reference", ["", "-a", "a b", "ü", "a/b", "x" * 41, "a\n", "<b>"])
def test_what_cannot_stand_in_an_address_is_no_reference(reference: str) -> None:
    with pytest.raises(BadReference):
        check_reference(reference)


def test_what_arrives_within_the_hour_is_not_late() -> None:
    assert not Typed(NOW - HOUR, NOW).is_late
    assert Typed(NOW - HOUR - timedelta(seconds=1), NOW).is_late


def test_a_clock_that_runs_a_little_ahead_is_taken_as_now_and_one_further_ahead_refused() -> None:
    assert check_instant(NOW + timedelta(minutes=10), NOW, "at") == NOW.replace(second=0)
    with pytest.raises(BadInstant, match="still to come"):
        check_instant(NOW + timedelta(minutes=11), NOW, "at")


@pytest.mark.parametrize("code", [None, "W", "O1", "A4", "W3", "NS"])
def test_codes_of_both_systems_groups_and_not_said_are_taken(code: str | None) -> None:
    check_ethnicity(code)


@pytest.mark.parametrize("code", ["", "ALL", "X", "w", "W8"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(UnknownGroup):
        check_ethnicity(code)


@pytest.mark.parametrize(
    ("typed", "street"),
    [
        ("12a Mill Lane", "Mill Lane"),
        ("Flat 2, 12 Mill Lane", "Mill Lane"),
        ("12-14 Mill Lane", "Mill Lane"),
        ("4th Avenue", "4th Avenue"),
        ("High Street", "High Street"),
        (None, None),
    ],
)
def test_the_number_of_a_house_is_left_out_of_a_street(typed: str | None, street: str | None) -> None:
    assert street_of(typed) == street


@given(st.text(max_size=120))
def test_no_street_begins_with_the_number_of_a_house(typed: str) -> None:
    kept = street_of(typed)
    assert kept == street_of(kept)


@pytest.mark.parametrize(
    ("hours", "spoken_to"), [(0, None), (-1, None), (16.5, None), (1, -1), (1, 501)], ids=str
)
def test_a_patrol_of_no_length_too_long_or_with_impossible_people_is_refused(
    hours: float, spoken_to: int | None
) -> None:
    with pytest.raises(BadPatrol):
        check_patrol(NOW, NOW + hours * HOUR, spoken_to)


def test_a_patrol_over_the_october_change_has_the_minutes_that_passed() -> None:
    starts, ends = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert check_patrol(starts, ends, 0) == 90


# Five a day -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "asked", "is_signed_nil", "state"),
    [
        (DutyMinutes(480), 5, False, AskingState.MET),
        (DutyMinutes(480), 4, True, AskingState.SHORT),
        (DutyMinutes(480), 0, True, AskingState.NIL),
        (DutyMinutes(480), 0, False, AskingState.NOT_RECORDED),
        (DutyMinutes(480, abstracted=240), 0, False, AskingState.NOT_RECORDED),
        (DutyMinutes(480, abstracted=241), 0, False, AskingState.ABSTRACTED),
        (DutyMinutes(480, absent=241), 0, False, AskingState.NOT_EXPECTED),
        (DutyMinutes(480, absent=200, abstracted=100), 0, False, AskingState.ABSTRACTED),
        (DutyMinutes(480, absent=480), 0, False, AskingState.NOT_EXPECTED),
        (DutyMinutes(480, absent=480), 3, False, AskingState.NOT_EXPECTED),
    ],
)
def test_a_day_is_expected_with_at_least_half_of_it_in_the_neighbourhood(
    duty: DutyMinutes, asked: int, is_signed_nil: bool, state: AskingState
) -> None:
    assert state_of(duty, 5, asked, is_signed_nil=is_signed_nil) is state


def test_a_target_of_nobody_expects_nothing() -> None:
    assert state_of(DutyMinutes(480), 0, 0, is_signed_nil=False) is AskingState.NOT_EXPECTED


_DAYS = st.lists(
    st.builds(AskingDay, st.sampled_from(AskingState), st.integers(0, 9), st.integers(0, 9)), max_size=12
)


@given(_DAYS, _DAYS)
def test_days_of_two_teams_together_are_the_sums_of_both(
    one: list[AskingDay], other: list[AskingDay]
) -> None:
    first, second, both = summed(one), summed(other), summed([*one, *other])
    assert both.expected == first.expected + second.expected
    assert both.cost == first.cost + second.cost
    assert both.asked == first.asked + second.asked
    assert all(both.of(state) == first.of(state) + second.of(state) for state in AskingState)


def test_the_nearest_units_latest_target_holds() -> None:
    targets = [
        DatedTarget("F/", Asker.PCSO, date(2026, 1, 1), 3),
        DatedTarget("F/C/", Asker.PCSO, date(2026, 1, 1), 5),
        DatedTarget("F/C/", Asker.PCSO, date(2026, 11, 17), 7),
        DatedTarget("F/J/", Asker.PCSO, date(2026, 1, 1), 9),
    ]
    assert targets_on(targets, "F/C/A/T/", DAY) == {Asker.PCSO: 5}
    assert targets_on(targets, "F/C/A/T/", DAY + timedelta(days=1)) == {Asker.PCSO: 7}
    assert targets_on(targets, "F/K/", DAY) == {Asker.PCSO: 3}
    assert targets_on(targets, "F/K/", date(2025, 12, 31)) == {}


def test_an_nso_goes_by_their_own_target_and_without_one_by_that_of_constables() -> None:
    constable = PolicingRole.CONSTABLE
    assert Asker.of(constable, is_specialist=True, targets={Asker.NSO: 5}) is Asker.NSO
    assert Asker.of(constable, is_specialist=True, targets={}) is Asker.CONSTABLE
    assert Asker.of(constable, is_specialist=False, targets={Asker.NSO: 5}) is Asker.CONSTABLE
    assert Asker.of(PolicingRole.SERGEANT, is_specialist=False, targets={}) is None


# Silence ----------------------------------------------------------------------------------------------------


def test_nothing_on_record_is_longer_than_any_days() -> None:
    assert Silence(None).is_longer_than(700, DAY)
    assert not Silence(DAY - timedelta(days=60)).is_longer_than(60, DAY)
    assert Silence(DAY - timedelta(days=61)).is_longer_than(60, DAY)


def test_days_of_silence_weigh_by_priority_class() -> None:
    dense, rural = Silence(DAY - timedelta(days=70), 1), Silence(DAY - timedelta(days=200), 4)
    assert dense.rank(DAY) < rural.rank(DAY)
    assert Silence(None, 4).rank(DAY) < rural.rank(DAY)


def test_a_patrol_names_a_street_by_whole_words() -> None:
    notes = [(plain_words("Mill Lane, then the High Street"), DAY), (plain_words("Windmill Lane"), DAY)]
    assert named_in("mill lane", notes) == DAY
    assert named_in("mill lane", notes[1:]) is None
