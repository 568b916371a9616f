"""`npt db`: bring the schema up to date, or say how far it is.

Alembic is loaded by those who need it: `npt serve` is the same command, and its workers keep what it loads.
"""

import click
from flask import current_app

from npt.commands.desk import desk
from npt.commands.speech import say
from npt.kit.refusals import Refusal
from npt.webkit.extensions import db


class SchemaBehind(Refusal):
    """The database's schema is not the one this version of the product works with."""


@click.group(name="db")
def database() -> None:
    """Look after the database's schema."""


@database.command()
def upgrade() -> None:
    """Bring the database up to this version. Safe to repeat; a fresh database is made whole.

    \b
    Example: npt db upgrade
    """
    import flask_migrate

    with desk():
        flask_migrate.upgrade()
        say(f"The database is up to date ({revisions()[0]}).")


@database.command()
def check() -> None:
    """Say whether the database is up to date; exit 1 when it is not.

    \b
    Example: npt db check
    """
    with desk():
        found, wanted = revisions()
        if found != wanted:
            raise SchemaBehind(f"the database is at {found or 'nothing'}, not {wanted}: run npt db upgrade")
        say(f"The database is up to date ({found}).")


def revisions() -> tuple[str | None, str | None]:
    """The revision at which the database stands, and the one that this version works with."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found, ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()


COMMANDS = [database]
