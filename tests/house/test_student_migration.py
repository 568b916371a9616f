"""The migration that lets postings be of student officers keeps the postings there are, up and down."""

from datetime import date

import flask_migrate
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from npt.people.rules import PolicingRole
from npt.store.transaction import engine_at, writing
from tests import make
from tests.engines import ENGINES
from tests.house.migrating import application_at, upgrade

BEFORE = "0013"
_POSTINGS = text("SELECT * FROM posting ORDER BY id")


@pytest.mark.parametrize("engine_name", ENGINES)
def test_postings_stay_as_they_are_and_student_officers_become_attachments(
    migrated_database_url: str,
) -> None:
    with application_at(migrated_database_url):
        engine = engine_at(migrated_database_url)
        with Session(engine) as session:
            with writing(session):
                area = make.area(session)
                make.member(session, team=area)
                for role in (PolicingRole.CONSTABLE, PolicingRole.PCSO):
                    make.posting(session, unit=make.team(session, under=area), role=role, fte="0.60")
            stayed = session.execute(_POSTINGS).all()
            session.rollback()
            with writing(session):
                student = make.student(session, starts_on=date(2026, 11, 1)).id
        engine.dispose()
        flask_migrate.downgrade(revision=BEFORE)
        with Session(engine) as session:
            *others, was_student = session.execute(_POSTINGS).all()
            assert others == stayed
            assert (was_student.id, was_student.kind) == (student, "attachment")
        engine.dispose()
        upgrade()
        with Session(engine) as session:
            assert session.execute(_POSTINGS).all()[:-1] == stayed
        engine.dispose()
