"""The collector of garbage in a run: what was imported and collected stays to the end, and is searched once.

Python goes through all that lives whenever a quarter as much was added. In a process that holds every module,
table and test of ours that is an eighth of the work. What a test leaves behind in circles is still found.
"""

import gc

import pytest

#: New objects before the youngest are searched, and how many such searches before the older ones are.
THRESHOLDS = (20_000, 20, 100)


def settle() -> None:
    """Keep what lives now out of every search: it is not garbage before the end."""
    gc.collect()
    gc.freeze()


def pytest_configure() -> None:
    """Search nothing while modules and tests are read."""
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Begin before the first test runs, or is handed out."""
    settle()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()


def pytest_unconfigure() -> None:
    gc.unfreeze()
    gc.enable()
