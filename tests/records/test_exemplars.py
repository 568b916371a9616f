"""The library of exemplars: closed problems, in words of their own, judged by our test alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from npt.exemplars.actions import keep_exemplar
from npt.exemplars.queries import exemplar_of, exemplars_of_force
from npt.exemplars.rules import ExemplarFacts, ExemplarRefused, Focus, Scale, Works, works
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.problems.actions import move_problem
from npt.problems.models import Problem
from npt.problems.rules import Bearing, Outcome, Stage
from npt.store.versions import StaleRecord
from tests import make

STAMP = Stamp(None, datetime(2026, 11, 16, 10, 0, tzinfo=UTC))
FACTS = ExemplarFacts(
    "Gates on the lane",
    "Sheds were broken into",
    "Gates, with keys for the owners",
    "Fewer breaks",
    "Housing office",
    Focus.PLACE,
    None,
    date(2026, 9, 1),
    Scale.PLACE,
)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, under=make.area(session, under=make.bcu(session)))


@pytest.fixture
def closed(session: Session, team: Unit) -> Problem:
    return make.problem(session, unit=team, stage=Stage.CLOSED, outcome=Outcome.WORSE)


def test_a_closed_problem_is_read_in_the_whole_force_and_in_no_other(
    session: Session, team: Unit, closed: Problem
) -> None:
    keep_exemplar(session, closed, facts=FACTS, stamp=STAMP, expected_version=0)
    elsewhere = make.team(session, under=make.area(session, under=make.bcu(session)))
    force = f"{team.path.split('/')[0]}/"
    assert [each.works for each in exemplars_of_force(session, force)] == [Works.NOT]
    assert exemplars_of_force(session, elsewhere.path) == []


def test_it_is_told_otherwise_and_taken_out(session: Session, closed: Problem) -> None:
    keep_exemplar(session, closed, facts=FACTS, stamp=STAMP, expected_version=0)
    again = replace(FACTS, title="Another title")
    keep_exemplar(session, closed, facts=again, stamp=STAMP, expected_version=1)
    found = exemplar_of(session, closed)
    assert found is not None
    assert (found.title, found.version) == ("Another title", 2)
    keep_exemplar(session, closed, facts=None, stamp=STAMP, expected_version=2)
    assert exemplar_of(session, closed) is None


def test_whoever_saw_another_version_is_told(session: Session, closed: Problem) -> None:
    keep_exemplar(session, closed, facts=FACTS, stamp=STAMP, expected_version=0)
    with pytest.raises(StaleRecord):
        keep_exemplar(session, closed, facts=FACTS, stamp=STAMP, expected_version=0)


def test_an_open_problem_is_refused_and_so_is_one_without_words(
    session: Session, team: Unit, closed: Problem
) -> None:
    with pytest.raises(ExemplarRefused):
        keep_exemplar(session, make.problem(session, unit=team), facts=FACTS, stamp=STAMP, expected_version=0)
    with pytest.raises(ExemplarRefused) as refused:
        keep_exemplar(session, closed, facts=replace(FACTS, solution=" "), stamp=STAMP, expected_version=0)
    assert refused.value.field == "solution"


@pytest.mark.parametrize(
    ("outcome", "bearing", "expected"),
    [
        (Outcome.REDUCED, Bearing.SHOWN, Works.SHOWN),
        (Outcome.ELIMINATED, Bearing.NOT_SHOWN, Works.NOT_SHOWN),
        (Outcome.NO_CHANGE, Bearing.SHOWN, Works.NOT),
        (Outcome.WORSE, Bearing.NOT_SHOWN, Works.NOT),
        (Outcome.PASSED_ON, Bearing.NOT_JUDGED, Works.NOT_JUDGED),
        (None, None, Works.NOT_JUDGED),
    ],
)
def test_whether_it_works_is_said_by_the_test_of_its_problem(
    outcome: Outcome | None, bearing: Bearing | None, expected: Works
) -> None:
    assert works(outcome, bearing) is expected


def test_nobody_knows_whether_it_works_once_its_problem_is_open_again(
    session: Session, closed: Problem
) -> None:
    keep_exemplar(session, closed, facts=FACTS, stamp=STAMP, expected_version=0)
    move_problem(
        session, closed, stamp=STAMP, stage=Stage.RESPONSE, reason="They are back", expected_version=None
    )
    assert (closed.outcome, closed.bearing) == (None, None)
    found = exemplar_of(session, closed)
    assert found is not None
    assert found.works is Works.OPEN_AGAIN
