"""Somebody is erased while others save: nobody waits in a ring, and no name that was just read comes back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget, replace_late_names
from npt.data_protection.queries import person_named
from npt.data_protection.rules import Outcome
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.shifts.actions import AwayEntry, record_away
from npt.shifts.models import Act, Away, Shift
from npt.store.transaction import writing
from tests import make

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def engine_name() -> str:
    """Only the engine on which two write at once."""
    return "postgresql"


def record(session: Session, shift_id: int, by: int) -> None:
    shift = session.get_one(Shift, shift_id)
    record_away(
        session,
        stamp=Stamp(by, NOW),
        unit=session.get_one(Unit, shift.unit_id),
        day=shift.on_date,
        entries=[AwayEntry(shift.id, shift.starts_at, shift.starts_at + timedelta(hours=1))],
        reason="response",
        note="of Quentin Xylander",
        expected={shift.id: shift.version},
    )


def erase(engine: Engine) -> Outcome:
    """Erase them as the command does: one transaction, then another look."""
    with Session(engine) as session:
        with writing(session):
            person = person_named(session, "41")
            outcome = forget(session, person, today=date(2026, 11, 30), now=NOW, also_current=True)
        with writing(session):
            outcome.look_again(replace_late_names(session, outcome.namings))
        return outcome


def test_what_is_saved_meanwhile_is_kept_and_names_nobody(session: Session) -> None:
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with writing(session):
        member = make.posting(session).member
        member.number, member.name = "41", "Quentin Xylander"
        shift_id, by = make.shift(session, member=member).id, make.account(session).id
    with ThreadPoolExecutor() as others, Session(engine) as saving:
        with writing(saving):
            record(saving, shift_id, by)  # the name is read and written, and not committed
            saving.flush()
            erasing = others.submit(erase, engine)
            with Session(engine) as looking:  # until the erasure waits for the save, or is past it
                waits = text(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event IN ('PgSleep', 'transactionid')"
                )
                while not looking.scalar(waits) and not erasing.done():
                    looking.rollback()
        outcome = erasing.result(timeout=60)
    session.expire_all()
    assert session.scalars(select(Away.minutes)).all() == [60]
    assert "Xylander" not in session.scalars(select(Act.summary)).one()
    assert session.scalars(select(Member.name)).one().startswith("Erased member")
    assert outcome.rows["duty_act", "pseudonym in words"] == 1
