"""How sums of duty become rows of rates."""

from dataclasses import replace
from fractions import Fraction
from itertools import cycle
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from npt.counting.rules import SHIPPED_DEFINITIONS, Tally
from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.rules import (
    NOTHING,
    Breakdown,
    Counted,
    Part,
    by_strain,
    counted,
    folded,
    group_named,
    rate_row,
)

OCTOBER = Month(2026, 10)
OFFICERS = (PolicingRole.CONSTABLE, PolicingRole.SERGEANT, PolicingRole.INSPECTOR)
LOCAL, INSPECTORATE, ALL_LOST = SHIPPED_DEFINITIONS


class Summed:
    """Sums as duty hands them over."""

    def __init__(self, rostered: int, absent: dict[str, int], abstracted: dict[str, int]) -> None:
        self.absent = MappingProxyType(absent)
        self.tally = Tally(rostered, sum(absent.values()), abstracted, shifts=4, confirmed_shifts=3)


def some(lost: int, denominator: int, **by_reason: int) -> Counted:
    return Counted(lost, denominator, by_reason, 10, 9)


def test_training_counts_only_where_the_definition_says_so() -> None:
    sums = Summed(1000, {"leave": 100}, {"response": 30, "training": 60})
    assert counted(sums, LOCAL).lost == 30
    assert counted(sums, INSPECTORATE).lost == 90
    assert counted(sums, LOCAL).by_reason == {"response": 30}


def test_absence_that_is_put_back_is_lost_and_stays_in_the_denominator() -> None:
    found = counted(Summed(1000, {"leave": 100, "sickness": 20}, {"response": 30}), ALL_LOST)
    assert (found.lost, found.denominator) == (150, 1000)
    assert found.by_reason == {"response": 30, "leave": 100, "sickness": 20}


MINUTES = st.dictionaries(st.sampled_from(["response", "training", "football", "court"]), st.integers(0, 300))


@given(MINUTES, st.frozensets(st.sampled_from(["response", "training", "football", "court"])), st.booleans())
def test_what_is_lost_is_the_sum_of_the_reasons_that_count_whatever_the_definition(
    abstracted: dict[str, int], counting: frozenset[str], puts_absence_back: bool
) -> None:
    definition = replace(LOCAL, counting_reasons=counting, puts_absence_back=puts_absence_back)
    found = counted(Summed(5000, {"leave": 100, "jury": 20}, abstracted), definition)
    assert found.lost == sum(found.by_reason.values())
    absence = {"leave", "jury"} if puts_absence_back else set()
    assert set(found.by_reason) == (set(abstracted) & counting) | absence


def test_absence_leaves_the_denominator_where_it_is_not_put_back() -> None:
    assert counted(Summed(1000, {"leave": 100}, {}), LOCAL).denominator == 900


def test_a_group_holds_its_roles_and_each_unit_stands_for_itself() -> None:
    parts = [
        Part("F/B/A/", PolicingRole.CONSTABLE, OCTOBER, some(10, 100)),
        Part("F/B/A/", PolicingRole.SERGEANT, OCTOBER, some(20, 100)),
        Part("F/B/A/", PolicingRole.INSPECTOR, OCTOBER, some(3, 50)),
        Part("F/B/A/T1/", PolicingRole.PCSO, OCTOBER, some(1, 100)),
    ]
    sums = folded(parts, Breakdown.GROUP)
    officers = sums["F/B/A/", "officers", OCTOBER]
    assert (officers.lost, officers.denominator) == (33, 250)
    assert sums["F/B/A/T1/", "pcsos", OCTOBER].lost == 1
    assert ("F/B/A/", "pcsos", OCTOBER) not in sums


def test_specials_and_volunteers_are_in_no_sum() -> None:
    parts = [
        Part("F/B/A/T1/", role, OCTOBER, some(10, 100))
        for role in (PolicingRole.SPECIAL, PolicingRole.VOLUNTEER)
    ]
    assert folded(parts, Breakdown.GROUP) == {}
    assert folded(parts, Breakdown.ROLE) == {}


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_the_rate_of_the_whole_is_the_ratio_of_the_sums(sizes: list[tuple[int, int]]) -> None:
    parts = [
        Part("F/", role, OCTOBER, some(lost, of))
        for role, (lost, of) in zip(cycle(OFFICERS), sizes, strict=False)
    ]
    whole = folded(parts, Breakdown.GROUP)["F/", "officers", OCTOBER]
    assert Fraction(whole.lost, whole.denominator) == Fraction(
        sum(lost for lost, _ in sizes), sum(of for _, of in sizes)
    )


def test_rows_stand_in_the_order_of_their_keys() -> None:
    assert Breakdown.GROUP.keys == ("officers", "pcsos")
    assert Breakdown.REASON.keys == ("officers", "pcsos")
    assert Breakdown.ROLE.keys == ("constable", "inspector", "pcso", "sergeant")


def test_a_role_has_the_target_of_its_group() -> None:
    assert group_named("sergeant") is RoleGroup.OFFICERS
    assert group_named("pcso") is RoleGroup.PCSOS
    assert rate_row("T1", Level.TEAM, "inspector", OCTOBER, "local-2008", NOTHING).target == 20


def test_exactly_on_target_is_within_it_and_leaves_no_headroom() -> None:
    on_target = rate_row("T1", Level.TEAM, "pcsos", OCTOBER, "local-2008", some(60, 1200))
    assert (on_target.within, on_target.left) == (True, 0)
    a_minute_more = rate_row("T1", Level.TEAM, "pcsos", OCTOBER, "local-2008", some(61, 1200))
    assert (a_minute_more.within, a_minute_more.left) == (False, -1)


def test_nothing_is_known_of_a_month_without_duty() -> None:
    empty = rate_row("T1", Level.TEAM, "officers", OCTOBER, "local-2008", NOTHING)
    assert (empty.rate.percentage(4), empty.within, empty.left, empty.strain) == (None, None, None, None)
    assert empty.coverage == Share(0, 0)
    assert not empty.is_provisional


def test_a_row_of_one_reason_has_its_minutes_over_all_the_duty_and_no_target() -> None:
    sums = some(90, 1000, response=30, custody=60)
    of_one = rate_row("T1", Level.TEAM, "officers", OCTOBER, "local-2008", sums, "custody")
    assert (of_one.abstracted, of_one.denominator) == (60, 1000)
    assert (of_one.target, of_one.within, of_one.left) == (None, None, None)


def test_what_is_furthest_over_its_own_target_comes_first_and_the_unknown_last() -> None:
    def key(*rows: tuple[int, int, str]) -> tuple[int, Fraction]:
        return by_strain(
            [
                rate_row("T1", Level.TEAM, group, OCTOBER, "local-2008", some(lost, of) if of else NOTHING)
                for lost, of, group in rows
            ]
        )

    pcsos_at_twice = key((1, 100, "officers"), (10, 100, "pcsos"))
    officers_over = key((25, 100, "officers"), (0, 0, "pcsos"))
    within = key((19, 100, "officers"), (1, 100, "pcsos"))
    unknown = key((0, 0, "officers"), (0, 0, "pcsos"))
    assert sorted([unknown, within, officers_over, pcsos_at_twice]) == [
        pcsos_at_twice,
        officers_over,
        within,
        unknown,
    ]
