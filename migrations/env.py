"""How Alembic reaches the database: through the application's own engine, one transaction a migration."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
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


def run() -> None:
    """Bring the database to the wanted revision."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            connection = connection.execution_options(npt_writes=True)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            compare_type=True,
            render_as_batch=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            connection.commit()
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            connection.commit()


run()
