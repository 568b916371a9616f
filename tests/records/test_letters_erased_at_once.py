"""Letters are erased just when a sender notes what became of them: nothing fails, nothing stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.outbox.actions import Settled, claim_letters, erase_old, settle
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import LETTER_KEPT_FOR, LetterState, Outcome
from npt.store.transaction import writing
from tests import make
from tests.letters import NOW, letter_row

EMAIL = "ann@demo.example"


@pytest.fixture
def engine_name() -> str:
    """Only the engine on which two write at once."""
    return "postgresql"


def forget_ann(session: Session) -> None:
    forget(session, person_named(session, EMAIL), today=NOW.date(), now=NOW, also_current=True)


def clear_up(session: Session) -> None:
    erase_old(session, now=NOW + LETTER_KEPT_FOR + timedelta(days=1))


@pytest.mark.parametrize("end", [forget_ann, clear_up])
def test_a_letter_that_goes_while_it_is_noted_takes_its_last_line_along(
    session: Session, end: Callable[[Session], None]
) -> None:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with writing(session):
        ann = make.account(session, email=EMAIL)
        session.flush()
        session.add(letter_row(account_id=ann.id, to_address=EMAIL, state=LetterState.WAITING))
    with writing(session):
        taken = claim_letters(session, most=1, now=NOW)
    assert len(taken) == 1

    def erase() -> None:
        with Session(engine) as other, writing(other):
            end(other)

    with ThreadPoolExecutor() as others, Session(engine) as noting:
        with writing(noting):
            settle(noting, [Settled(each, Outcome.SENT) for each in taken], now=NOW)
            erasing = others.submit(erase)
            waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'")
            with Session(engine) as looking:
                while not looking.scalar(waits) and not erasing.done():
                    looking.rollback()
        erasing.result(timeout=60)
    assert session.scalars(select(Letter)).all() == []
    assert session.scalars(select(LetterEvent)).all() == []
