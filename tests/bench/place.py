"""Where measures are taken: fresh, migrated databases on both engines, and a folder for their files."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import flask_migrate
import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from npt.factory import create_app
from npt.settings import Settings
from npt.webkit.extensions import db
from tests.engines import ENGINES, begin_run, end_run

#: The day that the application believes it is: figures of one day can be compared with those of another.
TODAY = date(2026, 11, 16)
#: What the tests switch off for speed, and a database that keeps what it has acknowledged has on.
_SAFE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass
class Place:
    """The databases and files of one run."""

    folder: Path
    #: how many months of history to make; None for as many as each measure asks for
    months: int | None
    _databases: dict[tuple[str, str], str] = field(default_factory=dict)

    def database(self, engine: str, name: str) -> str:
        """The address of the database of this name on the engine: migrated and empty when first asked for."""
        if (engine, name) not in self._databases:
            made = ENGINES[engine](self.folder, name, _migrate)
            made.renew()
            made.close()
            if engine == "postgresql":
                _make_safe(made.url)
            self._databases[engine, name] = made.url
        return self._databases[engine, name]

    def app(self, url: str) -> Flask:
        """The application on a database, as it is served to the public.

        From now on the journal listens to every session of this process, and shifts follow their postings.
        """
        return create_app(_settings(url))

    @property
    def engines(self) -> str:
        """The engines that databases were made on, with their versions."""
        names = [f"SQLite {sqlite3.sqlite_version}"]
        url = next((url for (engine, _), url in self._databases.items() if engine == "postgresql"), None)
        if url is not None:
            with psycopg.connect(_for_driver(url)) as server:
                number = server.info.server_version
            names.append(f"PostgreSQL {number // 10_000}.{number % 10_000}")
        return ", ".join(names)


@contextmanager
def new_place(months: int | None) -> Iterator[Place]:
    """A place that is cleared away at the end."""
    run = begin_run()
    try:
        yield Place(run, months)
    finally:
        end_run(run)


def _for_driver(url: str) -> str:
    """The address of a PostgreSQL database as its driver takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _settings(url: str) -> Settings:
    return Settings(url, ("a key for measuring, which protects nothing",), today=TODAY)


def _migrate(url: str) -> None:
    app = create_app(_settings(url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


def _make_safe(url: str) -> None:
    """Let the server write as a production site's does."""
    with psycopg.connect(_for_driver(url), autocommit=True) as server:
        for name in _SAFE:
            server.execute(f"ALTER SYSTEM RESET {name}")
        server.execute("SELECT pg_reload_conf()")
