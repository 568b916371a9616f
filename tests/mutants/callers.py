"""Which tests call which function, noted while all of them run once: a change is tried by those alone.

`python -m tests.mutants.callers FILE TESTS…` runs the tests on SQLite and writes what each called.
"""

import json
import sys
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple

import pytest

#: Engines differ in statements only, and the same is drawn every time.
ARGUMENTS = ("-q", "-p", "no:cacheprovider", "-k", "not postgresql")


class Called(NamedTuple):
    """What a test that passes calls: functions by file and first line; and the seconds that it takes."""

    test: str
    seconds: float
    functions: list[tuple[str, int]]


@dataclass
class Callers:
    """A plugin of pytest that notes which functions of the application each test calls."""

    root: str
    called: list[Called] = field(default_factory=list)
    #: what the test at work has called, by identity: to compare code takes longer than to run it
    now: dict[int, CodeType] = field(default_factory=dict)

    def pytest_configure(self) -> None:
        """Draw few examples: what a test calls, they show as well as many."""
        import hypothesis  # not before pytest, which rewrites its assertions

        hypothesis.settings.register_profile("callers", hypothesis.settings.default, max_examples=10)
        hypothesis.settings.load_profile("callers")

    def _note(self, frame: FrameType, _event: str, _argument: object) -> None:
        self.now[id(frame.f_code)] = frame.f_code

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Listen to a test, its fixtures included, and to the threads that it starts."""
        failed, begun, self.now = item.session.testsfailed, time.monotonic(), {}
        threading.settrace(self._note)
        sys.settrace(self._note)
        try:
            result = yield
        finally:
            sys.settrace(None)
            threading.settrace(None)
        if item.session.testsfailed == failed:
            own = [
                (code.co_filename.removeprefix(self.root), code.co_firstlineno)
                for code in self.now.values()
                if code.co_filename.startswith(f"{self.root}npt/")
            ]
            self.called.append(Called(item.nodeid, time.monotonic() - begun, own))
        return result


def main(arguments: Sequence[str]) -> int:
    """Run the tests and write what they called."""
    file, *tests = arguments
    callers = Callers(f"{Path.cwd()}/")
    pytest.main([*ARGUMENTS, *tests], [callers])
    Path(file).write_text(json.dumps(callers.called))
    return 0 if callers.called else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
