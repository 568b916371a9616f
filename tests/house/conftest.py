"""What the house tests are given: the furnished world at two scales, served for as long as a worker runs.

The tests leave it as it is: what changes something takes `bare_house`.
"""

import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from npt.factory import create_app
from npt.settings import Settings
from npt.store.transaction import engine_at, writing
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES, Pages
from tests.conftest import Engines
from tests.engines import alone_in
from tests.house.visits import House
from tests.pages.furnished import TODAY, Furnished, furnish

#: A furnished database to copy, and what stands in it.
Template = tuple[Path, Furnished]


@pytest.fixture(scope="session")
def templates(engines: Engines) -> Callable[[int], Template]:
    """Furnished databases by scale, built once in a run, by the worker that is the first to ask."""
    empty = engines.get("sqlite")

    def template(scale: int) -> Template:
        path = engines.run / f"furnished-{scale}.sqlite3"
        shown = path.with_suffix(".shown")
        with alone_in(engines.run):
            if not shown.exists():
                empty.renew()
                shutil.copyfile(make_url(empty.url).database or "", path)
                shown.write_bytes(pickle.dumps(_furnished(path, scale)))
        furnished: Furnished = pickle.loads(shown.read_bytes())  # noqa: S301 - this run has just written it
        return path, furnished

    return template


def _furnished(database: Path, scale: int) -> Furnished:
    engine = engine_at(f"sqlite:///{database}")
    with Session(engine) as session, writing(session):
        furnished = furnish(session, scale=scale)
    engine.dispose()
    return furnished


def opened(template: Template, folder: Path, compiled: FileSystemBytecodeCache) -> Iterator[House]:
    """The house on a copy of a furnished database."""
    path, furnished = template
    shutil.copyfile(path, folder / path.name)
    yield from _serve(f"sqlite:///{folder / path.name}", furnished, compiled)


def _serve(url: str, furnished: Furnished, compiled: FileSystemBytecodeCache) -> Iterator[House]:
    key = "a key for tests, which protects nothing"
    app = create_app(Settings(url, (key,), is_testing=True, today=TODAY))
    app.jinja_env.bytecode_cache = compiled
    yield House(app, furnished)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def house(
    templates: Callable[[int], Template],
    tmp_path_factory: pytest.TempPathFactory,
    compiled: FileSystemBytecodeCache,
) -> Iterator[House]:
    """The furnished world, served."""
    yield from opened(templates(1), tmp_path_factory.mktemp("house"), compiled)


@pytest.fixture
def bare_house(
    templates: Callable[[int], Template], tmp_path: Path, compiled: FileSystemBytecodeCache
) -> Iterator[House]:
    """A house of its own for one test, to plant an offender in."""
    yield from opened(templates(1), tmp_path, compiled)


@pytest.fixture
def planted() -> Iterator[Pages]:
    """A feature for a test to plant offenders in; its routes are forgotten afterwards.

    Register its blueprint on the application of `bare_house` before the first request.
    """
    pages = Pages("planted")
    yield pages
    for endpoint in [each for each in ROUTES if each.startswith("planted.")]:
        del ROUTES[endpoint]


@pytest.fixture(scope="session")
def larger_house(
    templates: Callable[[int], Template],
    tmp_path_factory: pytest.TempPathFactory,
    compiled: FileSystemBytecodeCache,
) -> Iterator[House]:
    """The same with three times as much of everything."""
    yield from opened(templates(3), tmp_path_factory.mktemp("house"), compiled)


@pytest.fixture(scope="module")
def house_on_postgresql(engines: Engines, compiled: FileSystemBytecodeCache) -> Iterator[House]:
    """The furnished world on the stricter engine, served."""
    engine = engines.get("postgresql")
    engine.renew()
    database = engine_at(engine.url)
    with Session(database) as session, writing(session):
        furnished = furnish(session)
    database.dispose()
    yield from _serve(engine.url, furnished, compiled)
