"""Two people who move the same problem on at the same moment: it moves once, and one of them is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.problems.actions import move_problem
from npt.problems.models import ProblemMove
from npt.problems.queries import problem_of
from npt.problems.rules import Stage
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests.records.problem_desk import NOW, problem_desk


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """An engine on which each of them has a session of their own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_of_two_who_move_a_problem_on_at_once_one_is_told(engine: Engine) -> None:
    with Session(engine) as session, writing(session):
        desk = problem_desk(session)
        problem = desk.start()
        desk.scan(problem)
        matter_id, seen = problem.matter_id, problem.version
        people = (desk.officer.id, desk.sergeant.id)
    ready = Barrier(2)

    def press(account_id: int) -> Refusal | None:
        with Session(engine) as session:
            ready.wait()
            try:
                with writing(session):
                    found = problem_of(session, matter_id)
                    assert found is not None
                    move_problem(
                        session,
                        found,
                        stamp=Stamp(account_id, NOW),
                        stage=Stage.ANALYSIS,
                        reason=None,
                        expected_version=seen,
                    )
            except Refusal as refusal:
                return refusal
        return None

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(press, people))
    assert sorted(map(type, answers), key=str) == [type(None), StaleRecord]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(ProblemMove)) == 1
