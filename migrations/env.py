"""How Alembic reaches the database: through the application's own engine, one transaction a migration."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from npt.store.base import Base


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our column types into a migration as the plain types they stand on: a migration must not change
    when the application's code does."""
    if kind == "type" and isinstance(item, TypeDecorator):
        if type(item).__name__ == "PathText":
            return 'sa.String().with_variant(sa.String(collation="C"), "postgresql")'
        return f"sa.{item.impl!r}"
    return False


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew to which others point; afterwards every row still has to point at one.

    Said to the driver itself: within a transaction, which SQLAlchemy would begin, SQLite does not listen.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        connection.commit()
        astray = driver.execute("PRAGMA foreign_key_check").fetchall()
        if astray:
            raise RuntimeError(f"a migration left rows that point at nothing: {astray[:10]}")
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def run() -> None:
    """Bring the database to the wanted revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection.execution_options(npt_writes=True),
            target_metadata=Base.metadata,
            render_item=render_item,
            compare_type=True,
            render_as_batch=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
