"""Targets of measures: which holds, which judges a month, and what cannot be one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from npt.kit.months import Month
from npt.measures.rules import (
    Better,
    CountedIn,
    DatedTarget,
    Figure,
    Measure,
    Target,
    TargetRefused,
    check_target,
    number_of,
    target_in,
    target_on,
)
from npt.measures.wording import signed_in_words

OCTOBER = Month(2026, 10)
MEASURE = Measure(
    code="patrols",
    name="Patrols",
    definition="Minutes on patrol out of minutes on duty.",
    counted_in=CountedIn.SHARE,
    better=Better.LOWER,
    question="Are teams seen?",
    owner="the sergeant",
    target=20,
)


def dated(path: str, starts_on: date, amount: str | None) -> DatedTarget:
    return DatedTarget(path, "patrols", starts_on, None if amount is None else Decimal(amount))


def test_exactly_on_target_is_within_it() -> None:
    target = Target(Decimal(20))
    assert target.is_met(MEASURE, Figure(20, 100)) is True
    assert target.is_met(MEASURE, Figure(2001, 10_000)) is False
    higher = replace(MEASURE, better=Better.HIGHER)
    assert target.is_met(higher, Figure(20, 100)) is True
    assert target.is_met(higher, Figure(1999, 10_000)) is False


@pytest.mark.parametrize(
    ("measure", "target", "figure"),
    [
        (MEASURE, Target(Decimal(20)), Figure(None)),
        (MEASURE, Target(Decimal(20)), Figure(0, 0)),
        (MEASURE, Target(None), Figure(1, 2)),
        (replace(MEASURE, better=Better.NEITHER), Target(Decimal(20)), Figure(1, 2)),
    ],
)
def test_what_is_not_known_or_has_no_target_is_neither_met_nor_missed(
    measure: Measure, target: Target, figure: Figure
) -> None:
    assert target.is_met(measure, figure) is None


def test_minutes_are_judged_in_hours_and_counts_as_they_are() -> None:
    assert number_of(replace(MEASURE, counted_in=CountedIn.MINUTES), Figure(90)) == Decimal("1.5")
    assert number_of(replace(MEASURE, counted_in=CountedIn.COUNT), Figure(90)) == 90


def test_the_nearest_unit_with_a_target_has_the_say_and_else_the_installed_one_holds() -> None:
    targets = [
        dated("F/", date(2026, 1, 1), "15"),
        dated("F/C/", date(2025, 1, 1), "12"),
        dated("F/C/", date(2026, 6, 1), "10"),
        dated("G/", date(2020, 1, 1), "1"),
    ]
    assert target_on(targets, MEASURE, "F/C/C1/", date(2026, 10, 31)).amount == 10
    assert target_on(targets, MEASURE, "F/C/C1/", date(2026, 5, 31)).amount == 12
    assert target_on(targets, MEASURE, "F/J/", date(2026, 5, 31)).amount == 15
    assert target_on(targets, MEASURE, "F/J/", date(2025, 12, 31)) == Target(Decimal(20))


def test_a_target_that_changes_in_the_month_judges_it_from_its_last_day_and_the_earlier_one_is_told() -> None:
    found = target_in([dated("F/", date(2026, 10, 15), "10")], MEASURE, "F/C/", OCTOBER)
    assert found.target == Target(Decimal(10), date(2026, 10, 15))
    assert found.before == (Target(Decimal(20)),)


def test_a_target_of_the_first_of_the_month_held_all_of_it() -> None:
    found = target_in([dated("F/", date(2026, 10, 1), "10")], MEASURE, "F/C/", OCTOBER)
    assert found.target.amount == 10
    assert not found.before


def test_a_target_can_end() -> None:
    found = target_in([dated("F/", date(2026, 10, 31), None)], MEASURE, "F/C/", OCTOBER)
    assert found.target.amount is None
    assert found.before == (Target(Decimal(20)),)


@pytest.mark.parametrize("amount", ["-1", "100.01", "0.005", "NaN", "Infinity"])
def test_a_share_has_a_target_from_0_to_100_in_hundredths(amount: str) -> None:
    with pytest.raises(TargetRefused, match="from 0 to 100"):
        check_target(MEASURE, Decimal(amount))


def test_a_figure_without_a_good_way_has_no_target() -> None:
    with pytest.raises(TargetRefused, match="no good way"):
        check_target(replace(MEASURE, better=Better.NEITHER), Decimal(1))


def test_a_target_that_is_set_elsewhere_is_refused_here() -> None:
    with pytest.raises(TargetRefused, match="that of every rate"):
        check_target(replace(MEASURE, target_kept_at="that of every rate"), Decimal(1))


def test_what_was_signed_is_told_from_what_is_now_though_both_are_rounded_to_the_same() -> None:
    signed, now = Figure(1000, 8000), Figure(1001, 8000)
    assert signed_in_words(MEASURE, signed, now) == "12.5% (1,000 of 8,000)"
    assert signed_in_words(MEASURE, signed, Figure(4000, 8000)) == "12.5%"
