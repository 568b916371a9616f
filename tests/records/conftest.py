"""Records are tested on both engines, unless another test sends PostgreSQL the same statements."""

import pytest

from tests.engines import ENGINES
from tests.records.both_engines import on_postgresql


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
