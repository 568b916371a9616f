"""Two people at the same moment: no team gets a sixth priority, and nobody is asked twice."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.people.models import Member
from npt.priorities.actions import TooMany, agree
from npt.priorities.models import Closing, Priority
from npt.priorities.rules import MOST_OPEN, AgreedHow, NotPossibleNow
from npt.problems.models import Problem
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.priority_desk import DAY, FILE, agreed, asked, lead_of, proposed
from tests.records.test_kin_at_once import at_once


@pytest.fixture
def engine(session: Session, database_url: str) -> Iterator[Engine]:
    """An engine on which each of them has a session of their own; the team has four priorities."""
    with writing(session):
        team = make.team(session, code="T1")
        lead = lead_of(session, team)
        for number in range(MOST_OPEN - 1):
            agreed(session, team, lead, title=f"Litter {number}")
        for number in range(2):
            proposed(session, team, title=f"Fires {number}")
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def test_of_two_who_agree_the_fifth_at_once_one_is_given_the_list(engine: Engine) -> None:
    def agree_one(title: str) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            made = session.scalars(select(Priority).where(Priority.title == title)).one()
            lead = session.scalars(select(Member)).one()
            problem = session.scalars(select(Problem)).first()
            terms: dict[str, Any] = {"agreed_on": DAY, "agreed_how": AgreedHow.TEAM, "lead": lead}
            agree(session, made, problem=problem, stamp=FILE, today=DAY, **terms)

        return act

    acts = (agree_one("Fires 0"), agree_one("Fires 1"))
    refused = [each for each in at_once(engine, *acts) if each is not None]
    assert [type(each) for each in refused] == [TooMany]


def test_of_two_who_close_it_at_once_one_asks(engine: Engine) -> None:
    def close(session: Session) -> None:
        asked(session, session.get_one(Priority, 1))

    refused = [each for each in at_once(engine, close, close) if each is not None]
    assert [type(each) for each in refused] == [NotPossibleNow]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Closing)) == 1
