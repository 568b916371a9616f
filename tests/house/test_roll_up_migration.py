"""The migration of the roll-up adds up what is recorded already, as saving would have."""

from datetime import date

import flask_migrate
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.models import AWAY_SUMS, DUTY_SUMS
from npt.counting.rollup.settle import differences
from npt.store.transaction import engine_at, writing
from tests import make
from tests.engines import ENGINES
from tests.house.migrating import application_at, upgrade
from tests.records.november import busy_team, counts_from, eight_hours

BEFORE = "0003"


@pytest.mark.parametrize("engine_name", ENGINES)
def test_what_was_recorded_before_the_roll_up_is_in_it(migrated_database_url: str) -> None:
    with application_at(migrated_database_url):
        engine = engine_at(migrated_database_url)
        with Session(engine) as session:
            with writing(session):
                team = busy_team(session)
                inspector = make.member(session, team=make.area(session))
                eight_hours(session, inspector, "2026-10-31", "sickness", 3)
                make.confirmation(session, unit=team, day=date(2026, 11, 2))
                counts_from(session, "local-2008", "training", date(2026, 11, 10), True)
            saved = [set(session.execute(select(sums))) for sums in (DUTY_SUMS, AWAY_SUMS)]
        engine.dispose()
        flask_migrate.downgrade(revision=BEFORE)
        upgrade()
        with Session(engine) as session:
            filled = [set(session.execute(select(sums))) for sums in (DUTY_SUMS, AWAY_SUMS)]
            assert filled == saved
            assert len(filled[0]) == 4 * 4 + 4
            assert differences(session) == []
        engine.dispose()
