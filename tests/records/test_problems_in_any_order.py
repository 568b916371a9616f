"""Whatever is done to a problem, in any order: no stage is skipped, and nothing goes back unexplained."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.problems.models import Problem
from npt.problems.queries import lacks_at
from npt.problems.rules import Stage
from npt.store.transaction import engine_at
from npt.store.versions import StaleRecord
from npt.work.actions import move_action
from npt.work.models import Action
from npt.work.rules import ActionState
from tests.records.problem_desk import TODAY, problem_desk

#: Problems that are tried, and how many things are done to each.
TRIED = {"sqlite": (5, 12), "postgresql": (2, 9)}


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """The application's listeners, and an engine of one's own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_a_problem_goes_from_stage_to_stage_whatever_is_done_to_it(engine: Engine) -> None:
    class Record(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.session = Session(engine)
            self.desk = problem_desk(self.session)
            self.problem: Problem = self.desk.start()
            self.action: Action | None = None
            self.oldest = self.problem.version

        @rule(is_whole=st.booleans())
        def scan(self, is_whole: bool) -> None:
            self.desk.scan(self.problem, **({} if is_whole else {"why_this_one": None}))

        @rule(is_whole=st.booleans())
        def analyse(self, is_whole: bool) -> None:
            self.desk.analyse(self.problem, **({} if is_whole else {"hypotheses": []}))

        @rule(is_whole=st.booleans())
        def respond(self, is_whole: bool) -> None:
            self.desk.respond(self.problem, **({} if is_whole else {"objective": None}))

        @rule()
        def act(self) -> None:
            self.action = self.action or self.desk.act(self.problem)

        @rule()
        def drop(self) -> None:
            if self.action is not None:
                move_action(
                    self.session,
                    self.action,
                    stamp=self.desk.stamp,
                    today=TODAY,
                    state=ActionState.DROPPED,
                    expected_version=None,
                    reason="Not needed",
                )
                self.action = None

        @rule(stage=st.sampled_from(Stage), reason=st.sampled_from([None, "It came back"]))
        def move(self, stage: Stage, reason: str | None) -> None:
            self._move(stage, reason)

        @rule()
        def move_on(self) -> None:
            self._move(self.problem.stage.next or Stage.SCANNING, None)

        def _move(self, stage: Stage, reason: str | None) -> None:
            before, said = self.problem.stage, len(self.problem.moves)
            lacks = lacks_at(self.session, self.problem, before)
            try:
                self.desk.move(self.problem, stage, reason)
            except Refusal:
                assert (self.problem.stage, len(self.problem.moves)) == (before, said)
            else:
                assert not lacks or stage.number < before.number

        @rule()
        def move_seeing_what_was(self) -> None:
            if self.problem.version != self.oldest:
                with pytest.raises(StaleRecord):
                    self.desk.move(self.problem, Stage.SCANNING, "Old", version=self.oldest)

        @invariant()
        def its_moves_lead_to_where_it_stands(self) -> None:
            found = self.desk.again(self.problem)
            way = [Stage.SCANNING, *(move.stage_after for move in found.moves)]
            assert way[-1] is found.stage
            assert [move.stage_before for move in found.moves] == way[:-1]
            for (before, after), move in zip(pairwise(way), found.moves, strict=True):
                assert after.number == before.number + 1 or (after.number < before.number and move.reason)
            assert (found.closed_on is None) == found.stage.is_open

        def teardown(self) -> None:
            self.session.rollback()
            self.session.close()

    problems, steps = TRIED[engine.dialect.name]
    run_state_machine_as_test(
        Record,
        settings=settings(
            max_examples=problems,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
