"""The migrations: run up and down, and held against the models."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import MetaData, inspect, text

from npt.factory import create_app
from npt.settings import ROOT, Settings
from npt.store.base import Base
from npt.webkit.extensions import db

MIGRATIONS = ROOT / "migrations"
#: What Alembic does not know, and has tests of its own in tests/records: exclusions of overlaps, and the
#: tables of full-text search.
UNKNOWN_TO_ALEMBIC = {
    "problem_terms",
    *(f"problem_terms_{part}" for part in ("config", "content", "data", "docsize", "idx")),
    "shifts_of_one_member_never_overlap",
    "time_away_in_one_shift_never_overlaps",
    "marks_of_one_posting_never_overlap",
    "line_managers_of_one_pcso_never_overlap",
}

DRIFT = "the models and the migrations differ: write a migration (`.venv/bin/flask --app app db migrate`)\n"
HEADS = "the migrations end in {}: let the later one follow the other (down_revision)"


@cache
def _application(url: str) -> Flask:
    """The application on a database: to make one takes as long as to run half of the migrations."""
    return create_app(Settings(url, ("a key for tests, which protects nothing",), is_testing=True))


@contextmanager
def application_at(url: str) -> Iterator[None]:
    """The context of the application on a database."""
    with _application(url).app_context():
        try:
            yield
        finally:
            db.engine.dispose()


def upgrade() -> None:
    """Run every migration that the application's database does not have yet."""
    flask_migrate.upgrade()


def downgrade() -> None:
    """Take every migration back."""
    flask_migrate.downgrade(revision="base")


def drift(metadata: MetaData = Base.metadata) -> str:
    """How the application's database differs from the models, with the cure; empty when it does not."""
    with db.engine.connect() as connection:
        settings = {"compare_type": True, "include_object": _is_compared}
        context = MigrationContext.configure(connection, opts=settings)
        differences = compare_metadata(context, metadata)
    return DRIFT + "\n".join(str(each) for each in differences) if differences else ""


def _is_compared(_thing: Any, name: str | None, *_: Any) -> bool:
    return name not in UNKNOWN_TO_ALEMBIC


def before(revision: str) -> str:
    """The migration that comes before this one."""
    found = _scripts(MIGRATIONS).get_revision(revision)
    assert found is not None
    assert isinstance(found.down_revision, str)
    return found.down_revision


def _scripts(migrations: Path) -> ScriptDirectory:
    settings = Config()
    settings.set_main_option("script_location", str(migrations))
    return ScriptDirectory.from_config(settings)


def forked(migrations: Path = MIGRATIONS) -> str:
    """The ends of the migrations when there is more than one, with the cure; else empty."""
    heads = _scripts(migrations).get_heads()
    return HEADS.format(" and ".join(sorted(heads))) if len(heads) != 1 else ""


def checks() -> set[tuple[str, str, str]]:
    """The CHECK constraints of the database, which Alembic does not compare: table, name, law."""
    with db.engine.connect() as connection:
        found = inspect(connection)
        return {
            (table, str(check["name"]), " ".join(check["sqltext"].split()))
            for table in found.get_table_names()
            for check in found.get_check_constraints(table)
        }


def left_behind() -> list[str]:
    """What stands in the application's database beside Alembic's own table."""
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        machinery = connection.scalars(text(_MACHINERY[connection.dialect.name]))
        return sorted({*tables, *machinery} - {"alembic_version"})


#: Triggers and views; functions, enumerations and domains.
_MACHINERY = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')",
    "postgresql": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "UNION ALL SELECT typname FROM pg_type "
    "WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')",
}
