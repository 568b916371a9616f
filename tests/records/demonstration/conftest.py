"""The demonstration force, loaded once in a run for all tests of this folder.

On SQLite alone: it goes in through importers that are tested on both engines.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.demonstration.force import DEFAULT_SEED, Force
from npt.store.transaction import engine_at
from tests.conftest import Engines
from tests.engines import alone_in
from tests.records.demonstration.loading import PASSWORD, TODAY, Loaded, Loading, address, name, run


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture(scope="session")
def loading(tmp_path_factory: pytest.TempPathFactory, engines: Engines) -> Loading:
    """The force, loaded as on 16 November 2026, as quickly as `engines` have passwords hashed.

    Once in a run, by the worker that is the first to ask; each worker has a copy.
    """
    # By no name that says of the databases beside it that they are a demonstration.
    loaded, told = engines.run / "loaded-force", engines.run / "loaded-force-told"
    with alone_in(engines.run):
        if not told.exists():
            loaded.mkdir()
            told.write_text(_load(loaded), encoding="utf-8")
    folder = tmp_path_factory.mktemp("run") / "demonstration"
    shutil.copytree(loaded, folder)
    return Loading(folder, told.read_text(encoding="utf-8"))


def _load(folder: Path) -> str:
    with pytest.MonkeyPatch.context() as environment:
        name(environment, address(folder))
        run("db", "upgrade")
        # Only a demonstration may believe that it is another day.
        environment.setenv("NPT_DEMONSTRATION", "1")
        environment.setenv("NPT_TODAY", TODAY.isoformat())
        environment.setenv("NPT_DEMO_PASSWORD", PASSWORD)
        return run("demo").output


@pytest.fixture
def demonstration(loading: Loading) -> Iterator[Loaded]:
    """The loaded force and a session on it."""
    engine = engine_at(address(loading.folder))
    with Session(engine) as session:
        yield Loaded(session)
    engine.dispose()


@pytest.fixture(scope="session")
def force() -> Force:
    """The force as the seed makes it, without a database."""
    return Force(DEFAULT_SEED, TODAY)
