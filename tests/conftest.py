"""What tests are given. The names are a contract: `app`, `session`, `client`, `page`, `phone` and the rest.

Each test that asks for one of them has a fresh, migrated, empty database. Tests of records run on both
engines (tests/records/conftest.py); another test can too: `@pytest.mark.parametrize("engine_name", ENGINES)`.

The application is imported only by what needs it, so that the tests of rules start at once.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from npt.settings import Settings
from tests import sockets
from tests.engines import ENGINES, RUN, Engine, begin_run, end_run

pytest_plugins = ["tests.garbage", "tests.windows", "tests.seconds"]

CLOSED = pytest.StashKey[pytest.MonkeyPatch]()

# The gate gives the same answer every time; on one's own machine each run tries new examples. A slow machine
# is no fault of a rule, so nothing is judged by time.
hypothesis.settings.register_profile(
    "npt",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    print_blob=True,
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("npt")


# One run ----------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say that every test of records is to run on both engines."""
    parser.addoption("--both-engines", action="store_true", help="spare no test of records PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run, or join the one that has begun, and close the way out."""
    joined = getattr(config, "workerinput", {}).get("run")
    config.stash[RUN] = Path(joined) if joined else begin_run()
    config.stash[CLOSED] = pytest.MonkeyPatch()
    sockets.close(config.stash[CLOSED])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist which run it belongs to."""
    node.workerinput["run"] = str(node.config.stash[RUN])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Open the way out again; the process that began the run ends it."""
    if CLOSED in config.stash:
        config.stash[CLOSED].undo()
    if RUN in config.stash and not hasattr(config, "workerinput"):
        end_run(config.stash[RUN])


# Databases --------------------------------------------------------------------------------------------------


def _migrate(url: str) -> None:
    import flask_migrate

    from npt.factory import create_app
    from npt.webkit.extensions import db

    app = create_app(_settings_at(url, None))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


def _settings_at(url: str, today: date | None) -> Settings:
    return Settings(
        database_url=url,
        secret_keys=("a key for tests, which protects nothing",),
        is_testing=True,
        today=today,
    )


@dataclass
class Engines:
    """This worker's databases, one of a kind, made when first asked for."""

    run: Path
    worker: str
    made: dict[str, Engine]

    def get(self, name: str) -> Engine:
        """The engine called `name`."""
        if name not in self.made:
            self.made[name] = ENGINES[name](self.run, self.worker, _migrate)
        return self.made[name]


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest) -> Iterator[Engines]:
    from npt.factory import wire
    from tests.garbage import settle
    from tests.hashing import hash_cheaply
    from tests.syncing import let_the_disk_be

    settle()  # the application, which has just been imported
    hash_cheaply()
    let_the_disk_be()
    wire(_settings_at("", None).secret_keys[0])  # also for sessions that are opened beside any application
    engines = Engines(request.config.stash[RUN], os.environ.get("PYTEST_XDIST_WORKER", "alone"), {})
    yield engines
    for engine in engines.made.values():
        engine.close()


@pytest.fixture
def engine_name() -> str:
    """The engine that a test runs on."""
    return "sqlite"


@pytest.fixture
def database_url(engines: Engines, engine_name: str) -> str:
    """The address of a fresh database: migrated, without records."""
    engine = engines.get(engine_name)
    engine.renew()
    return engine.url


@pytest.fixture
def bare_database_url(engines: Engines, engine_name: str) -> str:
    """The address of a database with nothing in it. A test that changes the schema takes this one."""
    return engines.get(engine_name).bare()


@pytest.fixture
def migrated_database_url(engines: Engines, engine_name: str) -> str:
    """The address of the same database as the migrations make it, for a test that takes some back."""
    return engines.get(engine_name).migrated()


# The application --------------------------------------------------------------------------------------------


@pytest.fixture
def today() -> date:
    """The day that the application believes it is: a Monday, between two clock changes."""
    return date(2026, 11, 16)


@pytest.fixture
def settings(database_url: str, today: date) -> Settings:
    return _settings_at(database_url, today)


@dataclass
class Apps:
    """The applications of this worker. To make one takes longer than most tests: its routes are compiled."""

    #: what the applications of a run have compiled of their templates
    compiled: FileSystemBytecodeCache
    made: dict[Settings, Flask]
    #: by database, the application that served last: it alone is connected
    connected: dict[str, Flask]

    def get(self, settings: Settings) -> Flask:
        """The application with these settings."""
        from npt.factory import create_app

        if settings not in self.made:
            self.made[settings] = create_app(settings)
            self.made[settings].jinja_env.bytecode_cache = self.compiled
        app, url = self.made[settings], settings.database_url
        if self.connected.setdefault(url, app) is not app:
            with self.connected[url].app_context():
                _engine_of_app().dispose()
            self.connected[url] = app
        return app


def _engine_of_app() -> sqlalchemy.Engine:
    from npt.webkit.extensions import db

    return db.engine


def _let_go(engine: sqlalchemy.Engine) -> None:
    """Let the next test have the database: SQLite's file is another then, PostgreSQL's server the same."""
    pool = engine.pool
    if engine.dialect.name == "sqlite" or not isinstance(pool, sqlalchemy.QueuePool) or pool.checkedout():
        engine.dispose()


@pytest.fixture(scope="session")
def compiled(request: pytest.FixtureRequest) -> FileSystemBytecodeCache:
    """Templates compiled: once for a run, instead of once for each application."""
    folder = request.config.stash[RUN] / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def apps(compiled: FileSystemBytecodeCache) -> Iterator[Apps]:
    apps = Apps(compiled, {}, {})
    yield apps
    for app in apps.connected.values():
        with app.app_context():
            _engine_of_app().dispose()


@pytest.fixture
def app(settings: Settings, apps: Apps) -> Iterator[Flask]:
    """The application on the test's database; a test that alters the application itself makes its own."""
    from npt.factory import wire

    app = apps.get(settings)
    wire(settings.secret_keys[0])  # a test before may have made an application with another
    doors = app.extensions["npt_doors"]
    yield app
    app.extensions["npt_doors"] = doors  # a clock that a test stopped goes on
    with app.app_context():
        _let_go(_engine_of_app())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def database_engines() -> Iterator[dict[str, sqlalchemy.Engine]]:
    """What sessions reach their databases through, by address; it remembers how statements are compiled."""
    engines: dict[str, sqlalchemy.Engine] = {}
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def session(
    app: Flask, database_url: str, database_engines: dict[str, sqlalchemy.Engine]
) -> Iterator[Session]:
    """A session on the test's database beside the application's own; the journal listens to it as well."""
    from npt.store.transaction import engine_at

    if database_url not in database_engines:
        database_engines[database_url] = engine_at(database_url)
    with Session(database_engines[database_url]) as session:
        yield session
    _let_go(database_engines[database_url])
