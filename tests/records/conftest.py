"""Records are tested on both engines, unless another test sends PostgreSQL the same statements."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import Engines
from tests.engines import ENGINES
from tests.records.backups import Places, fill
from tests.records.both_engines import on_postgresql
from tests.records.erased import who_left


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what on_sqlite_alone.txt names, but for a run that is to find out what that is."""
    spared = [] if config.getoption("--both-engines") else list(on_postgresql(items))
    if spared:
        config.hook.pytest_deselected(items=spared)
        left_out = set(spared)
        items[:] = [each for each in items if each not in left_out]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def quentin(session: Session) -> int:
    """A member who left in October, with an account of the same name, a shift, time away and words on it."""
    return who_left(session)


@pytest.fixture
def kept_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where backups lie; what is made on the way to one lies in a folder beside it."""
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    (tmp_path / "work").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "work"))
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.fixture
def places(
    engines: Engines,
    engine_name: str,
    database_url: str,
    bare_database_url: str,
    kept_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Places:
    """A database to back up, another to bring the backup back into, and folders for both."""
    return Places(database_url, engines.get(engine_name).bare, bare_database_url, kept_folder, monkeypatch)


@pytest.fixture(scope="session")
def backups_made() -> dict[str, dict[str, bytes]]:
    """By engine, the backups that were made once."""
    return {name: {} for name in ENGINES}


@pytest.fixture
def full(
    engine_name: str,
    database_url: str,
    kept_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    backups_made: dict[str, dict[str, bytes]],
) -> Places:
    """A backup of one member, to be brought back over both members; not for a restore that succeeds there."""
    places = Places(
        database_url,
        lambda: database_url,
        database_url,
        kept_folder,
        monkeypatch,
        backups_made[engine_name],
    )
    fill(places)
    return places
