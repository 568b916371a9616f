"""`make mutants`: single changes to rules, guards and actions, tried by the tests that call what changed.

What survives is a guard that no test holds, or a change that makes no difference: somebody has to look.
"""

import compileall
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from itertools import chain, zip_longest
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

import pytest

from tests.mutants.callers import ARGUMENTS, Called
from tests.mutants.changes import Change, changes_of, function_around

ROOT = Path(__file__).parents[2]
#: Patterns of files; the tests that judge; how many changes are tried, for how long at most, and which.
FILES = os.environ.get("FILES") or (
    "npt/access/*.py npt/kit/*.py npt/kit/*/*.py npt/store/*.py npt/counting/rollup/*.py"
    " npt/*/rules.py npt/*/rules/*.py npt/*/actions.py npt/*/actions/*.py"
)
TESTS = os.environ.get("TESTS") or "tests/rules tests/records tests/pages"
MOST, MINUTES, SEED = (
    int(os.environ.get(name) or usual) for name, usual in (("MOST", 150), ("MINUTES", 15), ("SEED", 1))
)
#: A change is tried by so many tests that call its function, and so many more of its file, and of its folder.
OF_EACH = 25
#: The same answer every time, also where examples are drawn.
ENVIRONMENT = os.environ | {"CI": "1"}

#: Imported once for all: to begin takes longer than most tests.
UNCHANGING = (
    "alembic.command",
    "flask_migrate",
    "flask_sqlalchemy",
    "flask_wtf",
    "psycopg",
    "sqlalchemy.orm",
)


class Callers:
    """The tests by what they call."""

    def __init__(self, called: Iterable[Called]) -> None:
        # Who calls least is most about it.
        narrowest = sorted(called, key=lambda each: (len(each.functions), each.test))
        self.seconds = {each.test: each.seconds for each in narrowest}
        self._by_place: defaultdict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._by_file: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for each in narrowest:
            for file, line in each.functions:
                self._by_place[file][line].append(each.test)
                self._by_file[file][each.test] = None

    def of(self, change: Change) -> list[str]:
        """Those that try a change: of its function, its file and its folder, where some is made only once."""
        file, folder = str(change.path), f"{change.path.parent}/"
        lines = function_around(change.path, change.line)
        function = {test for line, tests in self._by_place[file].items() if line in lines for test in tests}
        near = {test for other, tests in self._by_file.items() if other.startswith(folder) for test in tests}
        tests: dict[str, None] = {}
        for most, pool in enumerate((function, self._by_file[file], near), start=1):
            for test in self._narrowest(pool):
                if len(tests) < most * OF_EACH:
                    tests[test] = None
        return list(tests)

    def _narrowest(self, pool: Collection[str]) -> Iterable[str]:
        """Some of the pool: of each test one example, then another of each, and so on."""
        examples: defaultdict[str, list[str]] = defaultdict(list)
        for test in self.seconds:
            if test in pool:
                examples[test.partition("[")[0]].append(test)
        rounds = chain.from_iterable(zip_longest(*examples.values()))
        return (test for test in rounds if test is not None)


def callers() -> Callers:
    """What each test calls, found by running all of them once."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [sys.executable, "-B", "-m", "tests.mutants.callers", file.name, *TESTS.split()]
        subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
        return Callers(Called(*each) for each in json.load(file))


def is_noticed(tests: Sequence[str], seconds: float) -> bool:
    """Whether one of the tests fails, or they take longer: then they hang."""
    child = get_context("fork").Process(target=_judge, args=(tests,))
    child.start()
    child.join(seconds)
    if child.exitcode is None:
        child.kill()
        child.join()
    return child.exitcode != 0


def _judge(tests: Sequence[str]) -> NoReturn:
    """Run the tests in a child of this process, which has imported what does not change."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path.insert(0, str(Path.cwd()))
    os.environ.update(ENVIRONMENT)
    with open(os.devnull, "w") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    raise SystemExit(int(pytest.main(["-x", *ARGUMENTS, *tests])))


def is_killed(change: Change, tests: Sequence[str], seconds: float) -> bool:
    """Whether a test notices the change. The file is put back as it was, its time too."""
    change.path.write_bytes(change.text)
    try:
        return is_noticed(tests, 60 + 5 * seconds)
    finally:
        shutil.copy2(ROOT / change.path, change.path)


def chosen() -> list[Change]:
    """The changes to be tried: one of each file, then another of each, and so on."""
    paths = sorted({path.relative_to(ROOT) for pattern in FILES.split() for path in ROOT.glob(pattern)})
    lots = random.Random(SEED)
    found = [lots.sample(changes, len(changes)) for path in paths if (changes := list(changes_of(path)))]
    rounds = chain.from_iterable(zip_longest(*found))
    picked = [change for change in rounds if change is not None][:MOST]
    count = sum(map(len, found))
    print(
        f"{len(picked)} of {count:,} changes to {len(found)} files, for {MINUTES} minutes at most", flush=True
    )
    return picked


def main() -> int:
    """Try the changes in a copy of the house. 1 when one of them survives."""
    begun = time.monotonic()
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="npt-mutants-") as folder:
        left = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "instance", "test-results")
        os.chdir(shutil.copytree(ROOT, folder, ignore=left, dirs_exist_ok=True))
        compileall.compile_dir(".", quiet=1)
        known, changes = callers(), chosen()
        for module in UNCHANGING:
            import_module(module)
        print(
            f"{len(known.seconds):,} tests judge them, known after {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        for change in changes:
            if time.monotonic() - begun > MINUTES * 60:
                break
            tests = known.of(change)
            room = change.path.parts[1]
            tried[room] += 1
            if not tests or not is_killed(change, tests, sum(known.seconds[test] for test in tests)):
                survived[room] += 1
                print(f"survived {len(tests)} tests: {change}", flush=True)
    for room, count in sorted(tried.items()):
        print(f"{room:15} {count:4} tried, {count - survived[room]:4} killed, {survived[room]:4} survived")
    count, alive = tried.total(), survived.total()
    print(f"{'in all':15} {count:4} tried, {count - alive:4} killed, {alive:4} survived")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main())
