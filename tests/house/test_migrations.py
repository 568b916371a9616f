"""The migrations make the tables that the models describe, from nothing and back, on both engines.

From nothing they are run for the template that every test's database is made from (tests/engines.py).
"""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from npt.store.base import Base
from npt.webkit.extensions import db
from tests.engines import ENGINES
from tests.house.migrating import (
    MIGRATIONS,
    application_at,
    checks,
    downgrade,
    drift,
    forked,
    left_behind,
    upgrade,
)

both_engines = pytest.mark.parametrize("engine_name", ENGINES)


@both_engines
def test_the_migrations_make_what_the_models_describe(database_url: str) -> None:
    with application_at(database_url):
        differences = drift()
    assert not differences, differences


@both_engines
def test_the_migrations_write_the_laws_that_the_models_state(
    database_url: str, bare_database_url: str
) -> None:
    with application_at(database_url):
        migrated = checks()
    with application_at(bare_database_url):
        db.create_all()
        stated = checks()
    assert migrated - stated == set(), "laws in the database that no model states: drop them in a migration"
    assert stated - migrated == set(), "laws that no migration writes: add them in one"


@both_engines
def test_the_migrations_are_taken_back_without_a_trace_and_run_again(migrated_database_url: str) -> None:
    with application_at(migrated_database_url):
        made = left_behind()
        downgrade()
        assert left_behind() == [], "a downgrade leaves this behind: drop it there"
        upgrade()
        assert left_behind() == made


def test_the_migrations_end_in_one_place() -> None:
    fork = forked()
    assert not fork, fork


# Planted ----------------------------------------------------------------------------------------------------


@both_engines
def test_a_table_that_no_migration_makes_is_named_with_the_cure(database_url: str) -> None:
    planted = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(planted)
    Table("planted", planted, Column("number", Integer))
    with application_at(database_url):
        differences = drift(planted)
    assert "planted" in differences
    assert "write a migration" in differences


@both_engines
def test_a_column_that_no_model_has_is_named(migrated_database_url: str) -> None:
    with application_at(migrated_database_url):
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE member ADD COLUMN planted INTEGER"))
        assert "planted" in drift()


@both_engines
def test_a_law_that_a_migration_left_out_is_seen(bare_database_url: str) -> None:
    with application_at(bare_database_url):
        with db.engine.begin() as connection:
            connection.execute(
                text("CREATE TABLE planted (age INTEGER CONSTRAINT grown_up CHECK (age > 17))")
            )
        assert [(table, name) for table, name, _ in checks()] == [("planted", "grown_up")]


@both_engines
def test_a_trigger_that_stays_behind_is_named(bare_database_url: str) -> None:
    """On PostgreSQL its function does."""
    making = {
        "sqlite": "CREATE TRIGGER planted AFTER INSERT ON alembic_version BEGIN SELECT 1; END",
        "postgresql": "CREATE FUNCTION planted() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    }
    with application_at(bare_database_url):
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
            connection.execute(text(making[connection.dialect.name]))
        assert left_behind() == ["planted"]


def test_two_migrations_after_the_same_one_are_named_with_the_cure(tmp_path: Path) -> None:
    copied = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, copied)
    for revision in ("this", "that"):
        (copied / "versions" / f"{revision}.py").write_text(
            f'revision = "{revision}"\ndown_revision = "0001"\n\ndef upgrade(): ...\n\ndef downgrade(): ...\n'
        )
    fork = forked(copied)
    assert "that and this" in fork
    assert "let the later one follow the other" in fork
