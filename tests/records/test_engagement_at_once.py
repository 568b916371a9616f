"""A phone sends the same again before the first is answered, or from two of its windows: it is kept once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.engagement.actions import ContactFacts, PatrolFacts, record_contact, record_patrol
from npt.engagement.models import Contact, Patrol
from npt.engagement.rules import PatrolMode
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.phone.actions import Sending
from npt.store.transaction import engine_at, writing
from tests import make
from tests.records.test_kin_at_once import at_once

NOW = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)


@pytest.fixture
def engine(session: Session, database_url: str) -> Iterator[Engine]:
    """An engine on which each of the two has a session of its own."""
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("kind", [Contact, Patrol])
def test_the_same_sent_twice_at_once_is_kept_once_and_nobody_is_refused(
    session: Session, engine: Engine, kind: type[Contact] | type[Patrol]
) -> None:
    with writing(session):
        place = make.neighbourhood(session, code="N1")
        account = make.account(session)
        sending, place_id = Sending(Stamp(account.id, NOW), None, "r1", NOW), place.id
    kept = list[bool]()

    def send(session: Session) -> None:
        place = session.get_one(Unit, place_id)
        if kind is Contact:
            kept.append(record_contact(session, facts=ContactFacts(place), sending=sending)[1])
        else:
            facts = PatrolFacts(place, NOW - timedelta(hours=1), NOW, PatrolMode.FOOT)
            kept.append(record_patrol(session, facts=facts, sending=sending)[1])

    assert at_once(engine, *[send] * 3) == [None] * 3
    assert sorted(kept) == [False, False, True]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(kind)) == 1
