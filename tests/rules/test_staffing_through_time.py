"""Vacancies through time, supervision, cover of neighbourhoods, and plans for people who give time."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.spans import Span
from npt.organisation.rules import Level
from npt.staffing.rules import (
    Answering,
    Claim,
    Held,
    PlannedHeads,
    Supervision,
    planned_on,
    shortage_on,
    stage_on,
    stages_of,
    supervision,
    who_answers,
)

FIRST = date(2026, 1, 1)


def held(amount: str, first: int, last: int | None = None) -> Held:
    """An amount from one day of the year to another, counted from 0."""
    until = None if last is None else FIRST + timedelta(days=last)
    return Held(Span(FIRST + timedelta(days=first), until), Decimal(amount))


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


# Stages and vacancies ---------------------------------------------------------------------------------------


def test_a_vacancy_is_as_old_as_the_unbroken_run_of_days_with_an_empty_post() -> None:
    stages = stages_of([held("1", 0, 9), held("1", 0), held("1", 40)], [held("2", 0)])
    shortage = shortage_on(stages, on(30))
    assert shortage is not None
    assert (shortage.since, shortage.vacancy, shortage.filled_on) == (on(10), Decimal(1), on(40))
    assert shortage.days(on(30)) == 21


def test_a_vacancy_that_grows_and_shrinks_keeps_its_age() -> None:
    stages = stages_of([held("1", 0, 4), held("1", 0, 9), held("1", 20)], [held("3", 0)])
    shortage = shortage_on(stages, on(25))
    assert shortage is not None
    assert (shortage.since, shortage.vacancy, shortage.filled_on) == (on(0), Decimal(2), None)


def test_a_post_that_was_filled_for_one_day_is_vacant_anew() -> None:
    stages = stages_of([held("1", 0, 9), held("1", 15, 15)], [held("1", 0)])
    shortage = shortage_on(stages, on(20))
    assert shortage is not None
    assert shortage.since == on(16)


def test_a_first_day_without_anybody_is_the_first_day_of_the_vacancy() -> None:
    shortage = shortage_on(stages_of([], [held("1", 3)]), on(3))
    assert shortage is not None
    assert shortage.days(on(3)) == 1


@pytest.mark.parametrize("day", [2, 21])
def test_nobody_is_missing_where_no_establishment_is_known(day: int) -> None:
    stages = stages_of([held("1", 0, 1)], [held("2", 3, 20)])
    assert shortage_on(stages, on(day)) is None
    assert stage_on(stages, on(day)).establishment is None


def test_an_establishment_of_nothing_is_known_and_never_short() -> None:
    stages = stages_of([], [held("0", 0)])
    assert stage_on(stages, on(5)).establishment == 0
    assert shortage_on(stages, on(5)) is None


def test_before_the_first_stage_nobody_is_there() -> None:
    assert stage_on(stages_of([held("1", 5)], []), on(4)).strength == 0


SPANS = st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)).map(
    lambda days: (days[0], None if days[1] is None else days[0] + days[1])
)
AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["0.50", "1", "2.25"]), SPANS).map(lambda each: held(each[0], *each[1])),
    max_size=6,
)


@given(AMOUNTS, AMOUNTS, st.integers(0, 130))
def test_a_stage_is_the_sum_of_what_holds_that_day(
    strength: list[Held], establishment: list[Held], day: int
) -> None:
    stage = stage_on(stages_of(strength, establishment), on(day))
    posts = [each.amount for each in establishment if each.span.covers(on(day))]
    assert stage.strength == sum(each.amount for each in strength if each.span.covers(on(day)))
    assert stage.establishment == (sum(posts) if posts else None)


@given(AMOUNTS, AMOUNTS, st.integers(0, 130))
def test_every_day_of_a_shortage_is_short_and_the_days_around_it_are_not(
    strength: list[Held], establishment: list[Held], day: int
) -> None:
    stages = stages_of(strength, establishment)
    shortage = shortage_on(stages, on(day))
    assert (shortage is not None) == stage_on(stages, on(day)).is_short
    if shortage is None:
        return
    last = shortage.filled_on or on(140)
    run = [shortage.since + timedelta(days=each) for each in range((last - shortage.since).days)]
    assert on(day) in run
    assert all(stage_on(stages, each).is_short for each in run)
    assert not stage_on(stages, shortage.since - timedelta(days=1)).is_short
    assert shortage.filled_on is None or not stage_on(stages, shortage.filled_on).is_short


# Supervision ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "people", "sergeants", "limit", "expected"),
    [
        pytest.param(Level.BCU, "68", "6", "10", Supervision.OVER, id="C in 2008"),
        pytest.param(Level.BCU, "106", "13", "10", Supervision.WITHIN, id="J in 2008"),
        pytest.param(Level.AREA, "20", "2", "10", Supervision.WITHIN, id="exactly on the limit"),
        pytest.param(Level.AREA, "20.01", "2", "10", Supervision.OVER, id="rounded it would be within"),
        pytest.param(Level.TEAM, "3", "0", "10", Supervision.ELSEWHERE, id="a team without a sergeant"),
        pytest.param(Level.AREA, "3", "0", "10", Supervision.NOBODY, id="an area without a sergeant"),
        pytest.param(Level.AREA, "0", "0", "10", Supervision.WITHIN, id="no one to supervise"),
        pytest.param(Level.AREA, "3", "1", None, Supervision.NO_LIMIT, id="no limit set"),
        pytest.param(Level.AREA, "3", None, "10", Supervision.NOT_KNOWN, id="not known"),
    ],
)
def test_people_to_a_sergeant_are_held_against_the_limit(
    level: Level, people: str, sergeants: str | None, limit: str | None, expected: Supervision
) -> None:
    found = supervision(
        level,
        Decimal(people),
        Decimal(0),
        None if sergeants is None else Decimal(sergeants),
        None if limit is None else Decimal(limit),
    )
    assert found is expected


def test_only_a_limit_that_is_broken_is_a_breach() -> None:
    breaches = [each for each in Supervision if each.is_breach]
    assert breaches == [Supervision.OVER, Supervision.NOBODY]


# Cover ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "deputy", "expected"),
    [
        (Claim.HERE, None, Answering.CONTACT),
        (Claim.HERE, Claim.AWAY, Answering.CONTACT),
        (Claim.AWAY, Claim.HERE, Answering.DEPUTY),
        (Claim.AWAY, Claim.AWAY, Answering.TEAM),
        (Claim.AWAY, None, Answering.TEAM),
        (Claim.AWAY, Claim.LEFT, Answering.TEAM),
        (Claim.LEFT, Claim.HERE, Answering.DEPUTY),
        (Claim.LEFT, None, Answering.NOBODY),
        (None, Claim.HERE, Answering.DEPUTY),
        (None, None, Answering.NOBODY),
    ],
)
def test_who_answers_follows_from_who_is_there(
    contact: Claim | None, deputy: Claim | None, expected: Answering
) -> None:
    assert who_answers(contact, deputy) is expected
    assert expected.is_flagged == (expected is not Answering.CONTACT)


# Plans ------------------------------------------------------------------------------------------------------

SPECIALS = [PlannedHeads(date(2008, 9, 1), 130), PlannedHeads(date(2012, 3, 31), 325)]


def test_the_plan_of_2008_runs_straight_from_130_to_325() -> None:
    assert planned_on(SPECIALS, date(2008, 9, 1)) == 130
    assert planned_on(SPECIALS, date(2012, 3, 31)) == 325
    assert planned_on(SPECIALS, date(2010, 6, 16)) == 130 + Fraction(195 * 653, 1307)


@pytest.mark.parametrize("day", [date(2008, 8, 31), date(2012, 4, 1)])
def test_a_plan_says_nothing_beyond_its_own_dates(day: date) -> None:
    assert planned_on(SPECIALS, day) is None


def test_the_only_target_of_a_plan_holds_on_its_own_day() -> None:
    assert planned_on(SPECIALS[:1], date(2008, 9, 1)) == 130
    assert planned_on([], date(2008, 9, 1)) is None
