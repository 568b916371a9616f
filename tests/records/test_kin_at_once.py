"""Two people at the same moment: nobody is recorded twice, and the later of two encounters is the last."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.kin.actions import RecordedAlready
from npt.kin.models import Encounter, KeyIndividual
from npt.kit.refusals import Refusal
from npt.organisation.queries import unit_at
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.kin_desk import NOW, ago, join, meet


@pytest.fixture
def engine(session: Session, database_url: str) -> Iterator[Engine]:
    """An engine on which each of them has a session of their own; the neighbourhood N1 is there."""
    with writing(session):
        make.neighbourhood(session, code="N1")
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def at_once(engine: Engine, *acts: Callable[[Session], object]) -> list[Refusal | None]:
    """Do these in transactions of their own that begin together: why each was refused."""
    ready = Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> Refusal | None:
        with Session(engine) as session:
            ready.wait()
            try:
                with writing(session):
                    act(session)
            except Refusal as refusal:
                return refusal
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_record_the_same_person_one_is_told(engine: Engine) -> None:
    def record(session: Session) -> None:
        place = unit_at(session, "N1")
        assert place is not None
        join(session, place, phone="01632 960123")

    refused = [each for each in at_once(engine, record, record) if each is not None]
    assert [type(each) for each in refused] == [RecordedAlready]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(KeyIndividual)) == 1


def test_of_two_encounters_that_are_recorded_at_once_the_later_is_the_last(engine: Engine) -> None:
    with Session(engine) as session, writing(session):
        place = unit_at(session, "N1")
        assert place is not None
        key = join(session, place, recorded_on=ago(300)).id

    def met(days: int) -> Callable[[Session], object]:
        return lambda session: meet(session, session.get_one(KeyIndividual, key), days)

    assert at_once(engine, met(9), met(2), met(5)) == [None, None, None]
    with Session(engine) as session:
        found = session.get_one(KeyIndividual, key)
        assert (found.last_met_at, found.quiet_since) == (NOW - timedelta(days=2), ago(2))
        assert session.scalar(select(func.count()).select_from(Encounter)) == 3
