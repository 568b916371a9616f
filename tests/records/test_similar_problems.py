"""Problems that may be the same, and those like one with what came of them."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.places.rules import UNIT, Point
from npt.problem_search.queries import Like, Similar, similar_to
from npt.problems.models import Problem
from npt.problems.queries import ProblemLine, problem_of
from npt.problems.rules import Bearing, Outcome, Stage
from tests import make

TODAY = date(2026, 11, 16)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def problem(session: Session, team: Unit) -> Problem:
    return make.problem(session, unit=team, place="Mill Road", point=Point(52 * UNIT, 0))


def similar(session: Session, problem: Problem, *units: Unit) -> Similar:
    session.commit()
    paths = [each.path for each in units]
    asked = problem_of(session, problem.matter_id)
    assert asked is not None
    return similar_to(session, asked, paths, today=TODAY)


def closed(session: Session, team: Unit, days_ago: int, title: str, place: str = "Mill Road") -> Problem:
    day = TODAY - timedelta(days=days_ago)
    return make.problem(
        session, unit=team, title=title, stage=Stage.CLOSED, raised_on=day, closed_on=day, place=place
    )


def titles(problems: Sequence[ProblemLine | Like]) -> list[str]:
    return [(each.line if isinstance(each, Like) else each).title for each in problems]


def test_a_problem_nearby_that_is_open_or_was_closed_within_six_months_may_be_the_same(
    session: Session, team: Unit, problem: Problem
) -> None:
    make.problem(session, unit=team, title="Near", place="Shops", point=Point(52 * UNIT + 9_000, 0))
    make.problem(session, unit=team, title="Far", place="Shops", point=Point(52 * UNIT + 90_000, 0))
    make.problem(session, unit=team, title="Another sort", place="Mill Road", category="noise")
    closed(session, team, 183, "Closed lately")
    closed(session, team, 184, "Closed long ago")
    assert titles(similar(session, problem, team).same) == ["Closed lately", "Near"]


def test_what_did_not_work_is_told_beside_what_did(session: Session, team: Unit, problem: Problem) -> None:
    results = {
        "Shown": (Outcome.REDUCED, Bearing.SHOWN),
        "Not shown": (Outcome.REDUCED, Bearing.NOT_SHOWN),
        "Worse": (Outcome.WORSE, Bearing.SHOWN),
        "Dealt with better": (Outcome.DEALT_WITH_BETTER, Bearing.NOT_JUDGED),
    }
    for title, (outcome, bearing) in results.items():
        make.problem(session, unit=team, title=title, stage=Stage.CLOSED, outcome=outcome, bearing=bearing)
    found = similar(session, problem, team)
    assert titles(found.worked) == ["Dealt with better", "Shown"]
    assert titles(found.failed) == ["Worse", "Not shown"]


def test_a_problem_of_another_sort_with_the_same_words_is_like_it_and_most_words_come_first(
    session: Session, team: Unit, problem: Problem
) -> None:
    for title, category in (("Mopeds on a footpath", "noise"), ("Litter", "asb"), ("Litter", "noise")):
        make.problem(session, unit=team, title=title, category=category, stage=Stage.CLOSED)
    assert titles(similar(session, problem, team).failed) == ["Mopeds on a footpath", "Litter"]


def test_nothing_outside_the_reach_of_the_reader_is_suggested(
    session: Session, team: Unit, problem: Problem
) -> None:
    other = make.team(session, code="T2")
    closed(session, other, 10, "Theirs")
    assert (
        titles(similar(session, problem, team).same) == titles(similar(session, problem, team).failed) == []
    )
    assert titles(similar(session, problem).same) == []
    assert titles(similar(session, problem, team, other).same) == ["Theirs"]
