"""Which tests of records run on SQLite alone: those that send PostgreSQL nothing that no other test sends it.

`python -m tests.records.both_engines --write` runs all of them on PostgreSQL, notes the statements that each
sends and the laws that each breaks, and writes what can be spared to on_sqlite_alone.txt. A test that is not
named there, as one that is new, runs on both engines; so does whatever is about more than statements.
"""

import re
import sys
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

HERE = Path(__file__).parent
COMMITTED = HERE / "on_sqlite_alone.txt"
#: what says that a test is about locks, the order of words, or values that one engine swallows
KEPT_BY_NAME = re.compile(
    r"at_once|meanwhile|while_|waits|another|two_(people|runs)|died|order|sort|strange|cannot_be_an_address|"
    r"any_text|beyond|chance|tamper|trigger|database"
)
#: files that are about the engine: what it refuses, locks, adds up by triggers, or chains
KEPT_BY_FILE = re.compile(
    r"at_once|any_order|backups|by_chance|invariants|journal|many_writers|properties|recomputed|rollup|sign_in|sums|"
    r"time_travel|attribution|dated|demonstration"
)
#: A statement is the same whatever number of values stands in it.
_VALUES = re.compile(r"%\(\w+\)s(::\w+)?(, %\(\w+\)s(::\w+)?)*")
_NUMBERED = re.compile(r"_\d+\b")

Sent = Mapping[str, Collection[str]]


def spared(sent: Sent) -> list[str]:
    """Of tests and what each sends, those that can go so that everything is still sent by one that stays."""
    staying = {test for test in sent if _is_kept(test)}
    unsent = set().union(*sent.values()) - set().union(*(sent[test] for test in staying))
    while unsent:
        best = max(sorted(sent.keys() - staying), key=lambda test: len(unsent.intersection(sent[test])))
        staying.add(best)
        unsent -= set(sent[best])
    return sorted(sent.keys() - staying)


def _is_kept(test: str) -> bool:
    file, _, name = test.partition("::")
    return bool(KEPT_BY_FILE.search(file) or KEPT_BY_NAME.search(name))


def on_sqlite_alone() -> frozenset[str]:
    """The tests that are named in the committed list."""
    return frozenset(COMMITTED.read_text(encoding="utf-8").split())


def name_of(nodeid: str) -> str:
    """A test by its file and function, whatever its parameters: test_rates.py::test_one."""
    return nodeid.rpartition("tests/records/")[2].partition("[")[0]


@dataclass
class Recorder:
    """A plugin of pytest that notes what each test sends to PostgreSQL."""

    sent: dict[str, set[str]] = field(default_factory=dict)
    #: what the test at work has sent
    now: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Hear every statement of this process, and every error."""

        @event.listens_for(Engine, "before_cursor_execute")
        def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if connection.dialect.name == "postgresql":
                self.now.add(_NUMBERED.sub("", _VALUES.sub("?", " ".join(statement.split()))))

        @event.listens_for(Engine, "handle_error")
        def note_error(context: ExceptionContext) -> None:
            law = getattr(getattr(context.original_exception, "diag", None), "constraint_name", None)
            self.now.add(f"{type(context.original_exception).__name__} {law}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.now = set()
        result = yield
        if "postgresql" in _parameters(item):
            self.sent.setdefault(name_of(item.nodeid), set()).update(self.now)
        return result


def on_postgresql(items: Sequence[pytest.Item]) -> Iterator[pytest.Item]:
    """The items that run on PostgreSQL though their tests are named in the committed list."""
    named = on_sqlite_alone()
    for item in items:
        if "postgresql" in _parameters(item) and name_of(item.nodeid) in named:
            yield item


def _parameters(item: pytest.Item) -> Collection[object]:
    call = getattr(item, "callspec", None)
    return [] if call is None else [each for each in call.params.values() if isinstance(each, str)]


def main(arguments: Sequence[str]) -> int:
    """Run the tests on PostgreSQL and say, or write, which can be spared."""
    recorder = Recorder()
    recorder.listen()
    if pytest.main(["-q", "-k", "postgresql", "--both-engines", str(HERE)], [recorder]):
        return 1
    lines = "".join(f"{test}\n" for test in spared(recorder.sent))
    if "--write" in arguments:
        COMMITTED.write_text(lines, encoding="utf-8")
    else:
        print(lines, end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
