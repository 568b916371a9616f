"""Where the time of a run goes: processor and wall seconds of each folder, printed at its end.

Chromium's seconds are those of the folder that drives it. PostgreSQL's server is one for all folders and
workers, and stands by itself; so does what a worker does before its first test, which is mostly to import.
"""

import os
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.engines import RUN

PROCESSES = Path("/proc")
#: processor seconds, wall seconds, tests
Spent = tuple[float, float, int]

LEDGER = pytest.StashKey["Ledger"]()
START, SERVER = "start, collection", "PostgreSQL"


@dataclass
class Ledger:
    """What was spent, by folder."""

    spent: dict[str, Spent] = field(default_factory=dict)

    def add(self, folder: str, processor: float, wall: float = 0.0, tests: int = 0) -> None:
        """Note what was spent in a folder, beside what is noted already."""
        before = self.spent.get(folder, (0.0, 0.0, 0))
        self.spent[folder] = (before[0] + processor, before[1] + wall, before[2] + tests)

    def lines(self) -> list[str]:
        """A line for each folder, the dearest first, and their sum."""
        dearest = sorted(self.spent.items(), key=lambda each: -each[1][0])
        total = tuple(map(sum, zip(*self.spent.values(), strict=True)))
        rows = [*dearest, ("total", total)] if dearest else []
        return [f"{name:20} {spent[0]:9.1f} {spent[1]:9.1f} {spent[2]:7,}" for name, spent in rows]


def folder_of(nodeid: str) -> str:
    """The folder under tests/ that a test stands in."""
    return "/".join(nodeid.partition("::")[0].split("/")[:2])


def own_seconds() -> float:
    """The processor seconds of this process and of the children that it has waited for."""
    return sum(os.times()[:4])


def tree_seconds() -> float:
    """The same with the children that are still at work, and theirs, where this machine tells."""
    if not PROCESSES.is_dir():
        return own_seconds()
    children: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for file in PROCESSES.glob("[0-9]*/stat"):
        told = _told_by(file)
        if told:
            process = int(file.parent.name)
            children.setdefault(int(told[1]), []).append(process)
            seconds[process] = sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    found = own_seconds()
    asked = list(children.get(os.getpid(), []))
    while asked:
        process = asked.pop()
        found += seconds[process]
        asked += children.get(process, [])
    return found


def _told_by(file: Path) -> list[str]:
    """What /proc says of a process after its name, which may hold anything; nothing when it has ended."""
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _server_seconds(run: Path) -> float:
    """The processor seconds of the server that a run started, with what it started itself."""
    try:
        server = (run / "postgresql" / "postmaster.pid").read_text().split()[0]
    except OSError:
        return 0.0
    told = [_told_by(file) for file in PROCESSES.glob("[0-9]*/stat")]
    ticks = sum(sum(map(int, each[11:13])) for each in told if each and each[1] == server)
    ticks += sum(map(int, _told_by(PROCESSES / server / "stat")[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


# One run ----------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEDGER] = Ledger()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Note what a test takes, its fixtures included."""
    # To ask for every process of the machine takes as long as a test: only where a browser works beside it,
    # or ends, which the last test brings about.
    has_others = nextitem is None or "browser" in getattr(item, "fixturenames", ())
    seconds = tree_seconds if has_others else own_seconds
    processor, wall, ledger = seconds(), time.perf_counter(), item.config.stash[LEDGER]
    if not ledger.spent:
        ledger.add(START, processor)
    result = yield
    # A browser that has ended takes along what it does not say about its own children.
    ledger.add(folder_of(item.nodeid), max(seconds() - processor, 0), time.perf_counter() - wall, 1)
    return result


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that began the run, when this is one of its workers."""
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["seconds"] = session.config.stash[LEDGER].spent


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what a worker of pytest-xdist tells."""
    for folder, spent in getattr(node, "workeroutput", {}).get("seconds", {}).items():
        node.config.stash[LEDGER].add(folder, *spent)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was spent."""
    ledger = config.stash[LEDGER]
    if config.pluginmanager.hasplugin("dsession"):
        ledger.add(START, time.process_time())  # of the process that hands out the tests
    ledger.add(SERVER, _server_seconds(config.stash[RUN]))
    terminalreporter.section("seconds by folder: processor, wall, tests")
    for line in ledger.lines():
        terminalreporter.write_line(line)
