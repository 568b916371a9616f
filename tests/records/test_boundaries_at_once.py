"""Two neighbourhoods that are closed into the same one at the same moment both leave it their ground."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from npt.organisation.actions import close_unit
from npt.organisation.queries import unit_at
from npt.places.queries import neighbourhood_at
from npt.places.rules import Point
from npt.store.transaction import engine_at, writing
from tests import make

LAST, FIRST = date(2026, 11, 13), date(2026, 11, 14)
IN_A, IN_B = Point(520_050_000, -4_950_000), Point(520_050_000, -4_850_000)


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """An engine on which each person has a session of their own."""
    engine = engine_at(database_url)
    with Session(engine) as session, writing(session):
        team = make.team(session)
        for number, code in enumerate(("A", "B")):
            unit = make.neighbourhood(session, under=team, code=code)
            make.boundary(session, unit=unit, west=-0.5 + number * 0.01)
        make.neighbourhood(session, under=team, code="AB", opened_on=FIRST)
    yield engine
    engine.dispose()


def test_two_that_close_into_one_at_once_both_leave_it_their_ground(engine: Engine) -> None:
    ready = Barrier(2)

    def press(code: str) -> None:
        with Session(engine) as session:
            unit, both = unit_at(session, code), unit_at(session, "AB")
            assert unit is not None
            assert both is not None
            session.rollback()
            ready.wait(timeout=20)
            with writing(session):
                close_unit(session, unit, on=LAST, taken_over_by=[both])

    with ThreadPoolExecutor(2) as people:
        list(people.map(press, ("A", "B")))
    with Session(engine) as session:
        found = [neighbourhood_at(session, point, as_at=FIRST) for point in (IN_A, IN_B)]
        assert [unit.code if unit else None for unit in found] == ["AB", "AB"]
