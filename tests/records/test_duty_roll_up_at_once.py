"""Whatever is done, in whatever order and by however many at once, the roll-up says what the shifts say."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine

from npt.people.rules import PolicingRole
from npt.store.transaction import engine_at
from tests.records.small_force import DAYS, MEMBERS, TEAMS, SmallForce


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """The application's listeners, and an engine that every act has a session of its own on."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


members, teams = st.integers(0, MEMBERS - 1), st.integers(0, TEAMS - 1)
days, some_teams = st.sampled_from(DAYS), st.none() | teams
reasons = st.sampled_from(["response", "training", "sickness"])
roles = st.sampled_from([PolicingRole.CONSTABLE, PolicingRole.SERGEANT, PolicingRole.PCSO])


def test_after_whatever_was_done_the_sums_are_those_of_the_shifts(
    engine: Engine,
) -> None:
    class Duty(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.force = SmallForce(engine)

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

        @invariant()
        def the_roll_up_is_right(self) -> None:
            assert self.force.wrong() == []

        def teardown(self) -> None:
            assert self.force.unbalanced() == []

    run_state_machine_as_test(
        Duty,
        settings=settings(
            max_examples=6, stateful_step_count=15, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_after_many_saved_at_once_the_sums_are_those_of_the_shifts(engine: Engine, seed: int) -> None:
    force = SmallForce(engine)
    ready = Barrier(MEMBERS)

    def work(member: int) -> None:
        """One person's shift after another, in teams and months that the others are at as well."""
        chance = Random(seed * MEMBERS + member)
        ready.wait()
        for _ in range(6):
            force.anything(member, chance)

    with ThreadPoolExecutor(MEMBERS) as people:
        list(people.map(work, range(MEMBERS)))
    assert force.wrong() == []


def test_a_month_that_is_parted_while_its_first_shifts_are_saved_is_parted_in_the_roll_up(
    engine: Engine,
) -> None:
    force = SmallForce(engine)
    for number in range(1, 7):
        ready = Barrier(2)

        def part(mid: date, ready: Barrier) -> None:
            ready.wait()
            force.count_training_from(mid)

        def save(first: date, ready: Barrier) -> None:
            ready.wait()
            force.roster(0, first, 8, None)

        with ThreadPoolExecutor(2) as people:
            doing = [
                people.submit(part, date(2027, number, 16), ready),
                people.submit(save, date(2027, number, 20), ready),
            ]
        assert [done.exception() for done in doing] == [None, None]
    assert force.wrong() == []
