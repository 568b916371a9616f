"""What the tests of a file begin with is built once, and is as new for each of them."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.webkit.extensions import db
from tests import make
from tests.built_once import built_once

BUILT: list[str] = []


@dataclass(frozen=True)
class Place:
    app: Flask
    session: Session
    teams: tuple[Unit, ...]
    key: int


@built_once
def place(app: Flask, session: Session) -> Place:
    BUILT.append("place")
    teams = tuple(make.team(session, code=code) for code in ("T1", "T2"))
    session.flush()
    return Place(app, session, teams, teams[0].id)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_what_was_built_and_nothing_of_another(
    app: Flask, session: Session, place: Place, turn: str
) -> None:
    assert [each.code for each in place.teams] == ["T1", "T2"]
    assert place.teams[0] is session.get(Unit, place.key)
    assert (place.app, place.session) == (app, session)
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Unit.code == "T3")) == 0, turn
    make.team(session, code="T3")
    session.commit()
    assert len(BUILT) == 1


@pytest.fixture
def another(session: Session) -> Unit:
    team = make.team(session, code="T4")
    session.commit()
    return team


def test_it_is_built_anew_where_the_database_is_no_longer_new(
    another: Unit, request: pytest.FixtureRequest, session: Session
) -> None:
    before = len(BUILT)
    request.getfixturevalue("place")
    codes = set(session.scalars(select(Unit.code).where(Unit.code.in_(["T1", "T4"]))))
    assert (len(BUILT) - before, codes) == (1, {"T1", "T4"})


@built_once
def resting(session: Session, another: Unit) -> Unit:
    return another


@built_once
def changing(session: Session) -> None:
    session.expire_on_commit = False


@pytest.mark.parametrize(
    ("name", "why"), [("resting", "rests on more"), ("changing", "make it a plain fixture")]
)
def test_what_a_file_does_not_keep_is_refused(
    session: Session, request: pytest.FixtureRequest, name: str, why: str
) -> None:
    with pytest.raises(TypeError, match=why):
        request.getfixturevalue(name)
