"""However many save at once, the roll-up says what the shifts say."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine

from npt.store.transaction import engine_at
from tests.records.small_force import MEMBERS, SmallForce


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """The application's listeners, and an engine that every act has a session of its own on."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


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
