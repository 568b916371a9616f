"""The migration that makes residents people of their own keeps who was invited, up and down."""

from datetime import UTC, date, datetime

import flask_migrate
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.data_protection.queries import erased_people
from npt.kit.stamps import Stamp
from npt.partners.actions import invite_resident
from npt.partners.rules import LegalBasis, ShareTerms
from npt.store.transaction import engine_at, writing
from tests import make
from tests.engines import ENGINES
from tests.house.migrating import application_at, before, upgrade

NOW = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
TERMS = ShareTerms("They told us", LegalBasis.CONSENT, date(2026, 12, 24))
_INVITED = text("SELECT resident_name, resident_email, agency_id IS NULL FROM share ORDER BY id")
_FORGOTTEN = text("UPDATE share SET resident_name = '(erased)', resident_email = 'erased-2' WHERE id = 2")


@pytest.mark.parametrize("engine_name", ENGINES)
def test_who_was_invited_stays_and_who_was_forgotten_counts_as_erased(migrated_database_url: str) -> None:
    with application_at(migrated_database_url):
        engine = engine_at(migrated_database_url)
        with Session(engine) as session, writing(session):
            matter = make.matter(session)
            for name in ("sam", "pat"):
                invite_resident(
                    session,
                    matter=matter,
                    name=name,
                    email=f"{name}@home.example",
                    terms=TERMS,
                    stamp=Stamp(None, NOW),
                )
                session.flush()
            make.share(session, matter=matter, agency=make.agency(session), now=NOW)
            partner = make.account(session, role=Role.PARTNER, unit=matter.unit)
            make.partner(session, partner, agency=make.agency(session))
            partner.closed_at = NOW
        flask_migrate.downgrade(revision=before("0026"))
        with Session(engine) as session:
            invited = [tuple(row) for row in session.execute(_INVITED)]
            session.execute(_FORGOTTEN)
            session.execute(text("DELETE FROM person_salt"))
            session.execute(text("INSERT INTO person_salt SELECT 'account', id, NULL FROM account"))
            session.commit()
        engine.dispose()
        upgrade()
        with Session(engine) as session:
            people = session.execute(text("SELECT name, email FROM resident ORDER BY id")).all()
            left = session.scalars(text("SELECT ended_at IS NOT NULL FROM partner_account")).all()
            erased = [tuple(key) for key in erased_people(session) if key.table == "resident"]
            session.rollback()
            with writing(session):  # the next key is free
                invite_resident(
                    session,
                    matter=make.matter(session),
                    name="new",
                    email="new@home.example",
                    terms=TERMS,
                    stamp=Stamp(None, NOW),
                )
        engine.dispose()
        assert invited == [
            ("sam", "sam@home.example", True),
            ("pat", "pat@home.example", True),
            (None, None, False),
        ]
        assert [tuple(each) for each in people] == [
            ("sam", "sam@home.example"),
            ("Erased resident 2", "erased-2"),
        ]
        assert erased == [("resident", 2)]
        assert left == [True]
