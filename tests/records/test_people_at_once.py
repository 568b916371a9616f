"""Two people at one posting: the second is judged by what it is by then, not by what they opened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, joinedload

from npt.people.actions import NotAConstable, change_posting, mark_specialist
from npt.people.models import Posting
from npt.people.rules import FULL_TIME, PolicingRole, PostingKind, Terms
from npt.store.transaction import engine_at, writing
from npt.store.versions import StaleRecord
from tests import make

CONSTABLE = Terms(PolicingRole.CONSTABLE, FULL_TIME, PostingKind.SUBSTANTIVE, make.START)


@pytest.fixture
def engine_name() -> str:
    """PostgreSQL alone: on SQLite the later of the two waits before they read anything."""
    return "postgresql"


@pytest.fixture
def engine(session: Session, database_url: str) -> Iterator[Engine]:
    """An engine on which each of the two has a session of their own; a constable is posted to a team."""
    make.posting(session)
    session.commit()
    engine = engine_at(database_url)
    yield engine
    engine.dispose()


def posted(session: Session) -> Posting:
    """The one posting, with its unit and member."""
    return session.scalars(
        select(Posting).options(joinedload(Posting.unit), joinedload(Posting.member))
    ).one()


def make_a_pcso(engine: Engine) -> None:
    """Somebody else says that it was a PCSO's all along."""
    with Session(engine) as early, writing(early):
        change_posting(early, posted(early), terms=replace(CONSTABLE, role=PolicingRole.PCSO))


def test_whoever_corrects_a_posting_that_was_corrected_meanwhile_is_told(engine: Engine) -> None:
    with Session(engine) as late, writing(late):
        posting = posted(late)
        make_a_pcso(engine)
        with pytest.raises(StaleRecord):
            change_posting(late, posting, terms=CONSTABLE, expected_version=1)


def test_nobody_becomes_a_specialist_who_was_found_to_be_no_constable_meanwhile(engine: Engine) -> None:
    with Session(engine) as late, writing(late):
        posting = posted(late)
        make_a_pcso(engine)
        with pytest.raises(NotAConstable):
            mark_specialist(late, posting, starts_on=date(2026, 11, 16), is_payment_due=True)
