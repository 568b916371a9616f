"""The migration that makes letters of reminders writes to nobody a second time on its day, up and down."""

from datetime import UTC, date, datetime

import flask_migrate
import pytest
from sqlalchemy import Date, bindparam, text
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.outbox.actions import queue_daily
from npt.outbox.rules import DailyPart
from npt.store.transaction import engine_at, writing
from npt.store.types import UtcInstant
from tests import make
from tests.engines import ENGINES
from tests.house.migrating import application_at, upgrade

BEFORE = "0019"
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
_KEPT = text("SELECT account_id, on_date, sent_at IS NULL FROM reminder ORDER BY account_id")
_TAKEN = text(
    "INSERT INTO reminder (account_id, on_date, taken_at, sent_at, days) VALUES (:who, :on, :at, :sent, 3)"
).bindparams(
    bindparam("on", type_=Date()), bindparam("at", type_=UtcInstant()), bindparam("sent", type_=UtcInstant())
)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_whoever_had_todays_reminder_gets_no_daily_letter_and_one_in_dead_hands_is_uncertain(
    migrated_database_url: str,
) -> None:
    with application_at(migrated_database_url):
        engine = engine_at(migrated_database_url)
        with Session(engine) as session, writing(session):
            team = make.team(session)
            people = [
                make.account(session, role=Role.SERGEANT, unit=team, email=f"{name}@force.example").id
                for name in ("sent", "stopped", "new")
            ]
            parts = [DailyPart(account_id, team.path, "Days", "Days wait.") for account_id in people]
        flask_migrate.downgrade(revision=BEFORE)
        with Session(engine) as session:
            for who, sent in zip(people[:2], (NOW, None), strict=True):
                session.execute(_TAKEN, {"who": who, "on": TODAY, "at": NOW, "sent": sent})
            session.commit()
            before = session.execute(_KEPT).all()
        engine.dispose()
        upgrade()
        with Session(engine) as session:
            states = session.execute(
                text("SELECT state, worth_until > queued_at FROM letter ORDER BY account_id")
            ).all()
            session.rollback()
            with writing(session):
                due = queue_daily(session, parts, now=NOW)
        engine.dispose()
        assert [tuple(row) for row in states] == [("sent", True), ("sending", True)]
        assert ([each.to_address for each in due.letters], due.had_it) == (["new@force.example"], 2)
        flask_migrate.downgrade(revision=BEFORE)
        with Session(engine) as session:
            assert session.execute(_KEPT).all() == before
        engine.dispose()
