"""`make mutants`: single changes to rules, guards and actions, each tried by the tests that know the file.

What survives is a guard that no test holds, or a change that makes no difference: somebody has to look.
"""

import ast
import compileall
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

from tests.mutants.changes import Change, changes_of

ROOT = Path(__file__).parents[2]
#: Patterns of files; how many changes of them are tried, for how long at most, and which.
FILES = os.environ.get("FILES") or (
    "npt/access/*.py npt/kit/*.py npt/store/*.py npt/counting/rollup/*.py"
    " npt/*/rules.py npt/*/rules/*.py npt/*/actions.py npt/*/actions/*.py"
)
MOST, MINUTES, SEED = (
    int(os.environ.get(name) or usual) for name, usual in (("MOST", 120), ("MINUTES", 15), ("SEED", 1))
)
#: How many test files try what survives the one that knows the file best, and for how many seconds at most.
OTHERS, LONGEST = 6, 300


@cache
def words_of(test: Path) -> tuple[list[str], frozenset[str]]:
    """What a test file imports, each by its module and name; and all its words."""
    text = test.read_text()
    imported = [
        f"{node.module}.{each.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    ]
    return imported, frozenset(re.findall(r"\w+", text))


@cache
def tests_of(path: Path) -> list[str]:
    """The test files that name most of what the file defines, then those that know its folder, its room."""
    found = re.findall(r"^(?:def|class) (\w+)|^([A-Z]\w+)\b.* = ", path.read_text(), re.MULTILINE)
    names = {one or other for one, other in found}
    module, folder, room = (
        ".".join(each.parts) for each in (path.with_suffix(""), path.parent, path.parents[-3])
    )
    offering = {module, *(f"{of}.{name}" for of in (module, folder) for name in names)}

    def knows(test: Path) -> tuple[int, int, int]:
        imported, words = words_of(test)
        is_known = not offering.isdisjoint(imported) or folder in imported
        inside, near = (sum(each.startswith(f"{of}.") for each in imported) for of in (folder, room))
        return len(names & words) if is_known else 0, inside, near

    known = {str(test): knows(test) for test in sorted(Path("tests").glob("[rp]*s/test_*.py"))}
    knowing = [test for test in known if any(known[test])]
    return sorted(knowing, key=lambda test: known[test], reverse=True)[: 1 + OTHERS]


def fail(tests: Sequence[str], seconds: float = LONGEST) -> bool | None:
    """Whether one of the tests fails; None when they take longer. On SQLite: engines differ in statements."""
    command = [sys.executable, "-B", "-m", "pytest", "-xq", "-p", "no:cacheprovider", "-k", "not postgresql"]
    try:
        # The same answer every time, also where examples are drawn.
        environment = os.environ | {"CI": "1"}
        ran = subprocess.run([*command, *tests], capture_output=True, timeout=seconds, env=environment)
    except subprocess.TimeoutExpired:
        return None
    return ran.returncode != 0


@cache
def usual(*tests: str) -> float | None:
    """The seconds that the tests take without any change; None when they fail."""
    begun = time.monotonic()
    if fail(tests) is not False:
        print(f"{' '.join(tests)}: fails without any change, so it cannot judge one", flush=True)
        return None
    return time.monotonic() - begun


def is_killed(change: Change, seconds: float) -> bool:
    """Whether a test notices the change. The file is put back as it was, its time too.

    `seconds`: what the first tests take otherwise. Where they take many times as long, they hang.
    """
    first, *others = tests_of(change.path)
    change.path.write_bytes(change.text)
    try:
        if fail([first], 20 + 5 * seconds) is not False:
            return True
        is_noticed = bool(others) and fail(others) is True
    finally:
        shutil.copy2(ROOT / change.path, change.path)
    return is_noticed and usual(*others) is not None


def chosen() -> list[Change]:
    """The changes to be tried: one of each file, then another of each. Files that no test knows are told."""
    paths = sorted({path.relative_to(ROOT) for pattern in FILES.split() for path in ROOT.glob(pattern)})
    lots = random.Random(SEED)
    found: list[list[Change]] = []
    for path in paths:
        if changes := list(changes_of(path)):
            if tests_of(path):
                found.append(lots.sample(changes, len(changes)))
            else:
                print(f"{path}: no test imports anything of its room")
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
        for change in chosen():
            if time.monotonic() - begun > MINUTES * 60:
                break
            seconds = usual(tests_of(change.path)[0])
            if seconds is not None:
                room = change.path.parts[1]
                tried[room] += 1
                if not is_killed(change, seconds):
                    survived[room] += 1
                    print(f"survived: {change}", flush=True)
    for room, count in sorted(tried.items()):
        print(f"{room:15} {count:4} tried, {count - survived[room]:4} killed, {survived[room]:4} survived")
    count, alive = tried.total(), survived.total()
    print(f"{'in all':15} {count:4} tried, {count - alive:4} killed, {alive:4} survived")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main())
