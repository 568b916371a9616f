"""The terms of problems forget an erased person, and two who write at once do not overlook each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from npt.access.rules import Role, Scope, Viewer
from npt.kit.paging import FIRST_PAGE
from npt.kit.search_terms import terms_of
from npt.problem_search.queries import problems_found
from npt.problem_search.search_index import settle
from npt.problems.models import ProblemHypothesis, ProblemSource
from npt.problems.queries import Asked
from npt.problems.rules import SourceKind
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.erased import NAME, NOW, changing, erase


def found(session: Session, path: str, typed: str) -> int:
    viewer = Viewer(1, "", "", (Scope(Role.OFFICER, path),))
    asked = Asked()
    answer = problems_found(session, viewer, typed, asked, today=date(2026, 11, 16), now=NOW, page=FIRST_PAGE)
    return answer.part.total


def test_a_problem_is_no_longer_found_by_the_name_of_an_erased_person(session: Session, quentin: int) -> None:
    with changing(session):
        problem = make.problem(session, title=f"What {NAME} saw at the shops")
        path = problem.matter.unit.path
    assert found(session, path, NAME) == 1
    erase(session)
    assert (found(session, path, NAME), found(session, path, "shops")) == (0, 1)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_page_of_the_embedded_database_keeps_a_term_of_the_name(session: Session, quentin: int) -> None:
    file = str(session.get_bind().url.database)  # type: ignore[union-attr]  # an engine of this test
    term = max(terms_of(NAME), key=len).encode()
    with changing(session):
        make.problem(session, title=f"What {NAME} saw at the shops")
    with open(file, "rb") as stream:
        assert term in stream.read()
    erase(session)
    with open(file, "rb") as stream:
        assert term not in stream.read()


@pytest.fixture
def engine(app: Flask, database_url: str) -> Iterator[Engine]:
    """An engine on which each of them has a session of their own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_two_who_say_something_of_one_problem_at_once_are_both_found(engine: Engine) -> None:
    with Session(engine) as session, writing(session):
        problem = make.problem(session)
        key, path = problem.id, problem.matter.unit.path
    ready = Barrier(2)

    def say(said: ProblemHypothesis | ProblemSource) -> None:
        with Session(engine) as session, writing(session):
            session.add(said)
            session.flush()
            ready.wait()

    with ThreadPoolExecutor(2) as both:
        hypothesis = ProblemHypothesis(problem_id=key, words="Ladders left outside")
        source = ProblemSource(problem_id=key, kind=SourceKind.CALLS, words="Windows broken")
        list(both.map(say, (hypothesis, source)))
    with Session(engine) as session:
        assert found(session, path, "ladder window") == 1


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_transaction_that_writes_many_problems_holds_no_lock_for_each(engine: Engine) -> None:
    with Session(engine) as session, writing(session):
        team, owner = make.team(session), make.posting(session).member
        for _ in range(100):
            make.problem(session, unit=team, owner=owner)
        session.flush()
        settle(session)
        held = session.scalar(
            text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 11")
        )
    assert held == 64
