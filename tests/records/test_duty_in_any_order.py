"""Whatever is done to the duty of a force, in whatever order: what has to hold holds after every step."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from npt.people.rules import PolicingRole
from npt.store.transaction import engine_at
from tests.records.busy_force import BusyForce
from tests.records.small_force import DAYS, MEMBERS, TEAMS

#: Forces that are tried, and how many things are done to each: PostgreSQL takes three times as long.
TRIED = {"sqlite": (6, 25), "postgresql": (2, 15)}


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """The application's listeners, and an engine that every act has a session of its own on."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


members, teams = st.integers(0, MEMBERS - 1), st.integers(0, TEAMS - 1)
days, some_teams = st.sampled_from(DAYS), st.none() | teams
reasons = st.sampled_from(["response", "training", "sickness"])
ways, any_of_them = st.sampled_from(["record", "correct", "remove"]), st.integers(0, 9)
roles = st.sampled_from([PolicingRole.CONSTABLE, PolicingRole.SERGEANT, PolicingRole.PCSO])


def test_whatever_is_done_in_whatever_order_what_has_to_hold_holds(engine: Engine) -> None:
    class Duty(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.force = BusyForce(engine)

        @rule(member=members, day=days, hours=st.integers(4, 10), team=some_teams)
        def roster(self, member: int, day: date, hours: int, team: int | None) -> None:
            self.force.roster(member, day, hours, team)

        @rule(member=members, day=days, hour=st.integers(0, 9), reason=reasons)
        def record(self, member: int, day: date, hour: int, reason: str) -> None:
            self.force.record(member, day, hour, reason)

        @rule(member=members, day=days)
        def unrecord(self, member: int, day: date) -> None:
            self.force.unrecord(member, day)

        @rule(team=teams, day=days)
        def undo(self, team: int, day: date) -> None:
            self.force.undo_last(team, day)

        @rule(member=members, day=days, team=some_teams)
        def move(self, member: int, day: date, team: int | None) -> None:
            self.force.move(member, day, team)

        @rule(member=members, day=days)
        def remove(self, member: int, day: date) -> None:
            self.force.remove(member, day)

        @rule(team=teams, day=days)
        def confirm(self, team: int, day: date) -> None:
            self.force.confirm(team, day)

        @rule(member=members, day=days, team=teams, role=roles)
        def transfer(self, member: int, day: date, team: int, role: PolicingRole) -> None:
            self.force.transfer(member, day, team, role)

        @rule(day=days)
        def redefine(self, day: date) -> None:
            self.force.redefine(day)

        @rule(which=any_of_them, hours=st.integers(1, 4), reason=reasons)
        def correct(self, which: int, hours: int, reason: str) -> None:
            self.force.correct(which, hours, reason)

        @rule(how=ways, which=any_of_them, hours=st.integers(1, 7), reason=reasons)
        def do_and_undo(self, how: str, which: int, hours: int, reason: str) -> None:
            assert self.force.do_and_undo(how, which, hours, reason) == []

        @rule(team=teams, day=days, into=some_teams)
        def succeed(self, team: int, day: date, into: int | None) -> None:
            self.force.succeed(team, day, into)

        @rule(day=days, number=st.integers(1, 3))
        def plan(self, day: date, number: int) -> None:
            self.force.plan(day, number)

        @rule(which=any_of_them)
        def commit(self, which: int) -> None:
            self.force.commit_one(which)

        @rule(which=any_of_them)
        def cancel(self, which: int) -> None:
            self.force.cancel_one(which)

        @rule(which=any_of_them)
        def commit_and_cancel(self, which: int) -> None:
            assert self.force.commit_and_cancel(which) == []

        @invariant()
        def what_has_to_hold_holds(self) -> None:
            assert self.force.broken() == []

        @invariant()
        def the_roll_up_is_right(self) -> None:
            assert self.force.wrong() == []

        def teardown(self) -> None:
            assert self.force.unbalanced() == []
            assert self.force.has_whole_journal(), "the journal's chain is broken"

    forces, steps = TRIED[engine.dialect.name]
    run_state_machine_as_test(
        Duty,
        settings=settings(
            max_examples=forces,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            deadline=None,
            # To look for a shorter way to a failure takes longer than a run of all tests may.
            phases=[Phase.generate],
        ),
    )
