"""Two figures of a survey, by the published figures of Bedfordshire in 2008."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.shares import rounded_half_up
from npt.kit.statistics import Figure, NotJudged, Survey, comparison

percentages = st.decimals(0, 100, places=1)
people = st.integers(1, 10**6)
#: about a thousand interviews a force; six hundred in each of two basic command units
ASKED = {Survey.BCS: 1000, Survey.SATISFACTION: 1200}


def figure(percent: str, survey: Survey) -> Figure:
    return Figure.of_people(Decimal(percent), ASKED[survey], survey.deft)


def test_81_per_cent_of_a_thousand_prints_as_plus_or_minus_3() -> None:
    assert rounded_half_up(figure("81", Survey.BCS).half_width, 0) == 3


@pytest.mark.parametrize(
    ("survey", "ours", "family", "before", "differs_from_family", "differs_from_before"),
    [
        (Survey.BCS, "52.2", "52.3", "50.7", False, False),
        (Survey.BCS, "52.7", "50.4", "47.6", False, True),
        (Survey.BCS, "17.2", "15.4", "18.2", False, False),
        (Survey.SATISFACTION, "78.0", "81.0", "79.4", True, False),
    ],
)
def test_the_published_figures_differ_as_the_report_says(
    survey: Survey,
    ours: str,
    family: str,
    before: str,
    differs_from_family: bool,
    differs_from_before: bool,
) -> None:
    force = figure(ours, survey)
    of_family = comparison(force, figure(family, survey).as_mean_of(7))
    of_before = comparison(force, figure(before, survey))
    assert (of_family.is_significant, of_before.is_significant) == (differs_from_family, differs_from_before)


def test_the_satisfaction_of_2008_was_worse_than_the_family_by_more_than_chance() -> None:
    force = figure("78.0", Survey.SATISFACTION)
    found = comparison(force, figure("81.0", Survey.SATISFACTION).as_mean_of(7))
    assert found.z is not None
    said = [str(rounded_half_up(each, 2)) for each in (found.difference, found.half_width, found.z)]
    assert said == ["-3.00", "2.49", "-2.36"]


def test_a_difference_exactly_as_wide_as_its_interval_is_not_significant() -> None:
    half_of_each = Figure.with_half_width(40, 3), Figure.with_half_width(45, 4)
    assert comparison(*half_of_each).is_significant is False
    assert comparison(half_of_each[0], Figure.with_half_width(Decimal("45.01"), 4)).is_significant


@given(percentages, people, percentages, people)
def test_the_other_way_about_only_the_sign_changes(
    percent: Decimal, asked: int, other: Decimal, other_asked: int
) -> None:
    pair = Figure.of_people(percent, asked), Figure.of_people(other, other_asked)
    found, turned = comparison(*pair), comparison(pair[1], pair[0])
    assert turned.difference == -found.difference
    assert (turned.half_width, turned.is_significant) == (found.half_width, found.is_significant)


@given(percentages, people)
def test_a_published_interval_is_as_good_as_the_people_asked(percent: Decimal, asked: int) -> None:
    counted = Figure.of_people(percent, asked)
    if counted.variance:
        published = Figure.with_half_width(percent, counted.half_width) if counted.half_width <= 100 else None
        assert published is None or float(published.variance) == pytest.approx(float(counted.variance))


@given(percentages, people, st.integers(1, 100))
def test_the_mean_of_peers_is_surer_than_one_of_them_by_the_root_of_their_number(
    percent: Decimal, asked: int, peers: int
) -> None:
    one = Figure.of_people(percent, asked)
    assert one.as_mean_of(peers).variance == one.variance / peers


def test_figures_of_none_and_of_all_cannot_be_told_apart_by_this_method() -> None:
    found = comparison(Figure.of_people(0, 20), Figure.of_people(100, 20))
    assert found.difference == -100
    assert found.half_width == 0
    assert (found.z, found.is_significant) == (None, None)


def test_the_crime_survey_is_less_sure_than_its_number_of_people() -> None:
    assert Survey.BCS.deft == Fraction(11, 10)
    assert Survey.SATISFACTION.deft == 1
    assert figure("50", Survey.BCS).variance == Fraction(121, 100) * Fraction(2500, 1000)


@pytest.mark.parametrize(
    ("percent", "asked", "field"),
    [
        (Decimal("100.1"), 10, "percent"),
        (Decimal(-1), 10, "percent"),
        (Decimal("NaN"), 10, "percent"),
        (Decimal(50), 0, "people"),
        (Decimal(50), -5, "people"),
        (Decimal(50), 10**12, "people"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused(percent: Decimal, asked: int, field: str) -> None:
    with pytest.raises(NotJudged) as refused:
        Figure.of_people(percent, asked)
    assert refused.value.field == field


@pytest.mark.parametrize("half_width", [Decimal(0), Decimal(-1), Decimal(101), Decimal("NaN")])
def test_an_interval_that_makes_no_sense_is_refused(half_width: Decimal) -> None:
    with pytest.raises(NotJudged) as refused:
        Figure.with_half_width(50, half_width)
    assert refused.value.field == "half_width"


@pytest.mark.parametrize("peers", [0, -1, 101])
def test_a_mean_of_no_peers_or_of_more_than_there_are_is_refused(peers: int) -> None:
    with pytest.raises(NotJudged) as refused:
        Figure.of_people(50, 10).as_mean_of(peers)
    assert refused.value.field == "peers"
