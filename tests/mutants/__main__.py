"""`make mutants`: single changes to rules, guards and actions, each tried by the tests that know the file.

What survives is a guard that no test holds, or a change that makes no difference: somebody has to look.
"""

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
from pathlib import Path

from tests.mutants.changes import Change, changes_of

ROOT = Path(__file__).parents[2]
#: Patterns of files; how many changes of them are tried, for how long at most, and which.
FILES = os.environ.get("FILES") or (
    "npt/access/*.py npt/kit/*.py npt/store/*.py"
    " npt/*/rules.py npt/*/rules/*.py npt/*/actions.py npt/*/actions/*.py"
)
MOST, MINUTES, SEED = (
    int(os.environ.get(name) or usual) for name, usual in (("MOST", 100), ("MINUTES", 30), ("SEED", 1))
)
#: The test files that try a change at first; what survives is tried by all that know the file.
FEW = 3
#: Seconds after which tests are taken to hang.
LONGEST = 300


@cache
def tests_of(path: Path) -> list[str]:
    """The test files that name what the file defines, those first that name most of it."""
    found = re.findall(r"^(?:def|class) (\w+)|^([A-Z]\w+)\b.* = ", path.read_text(), re.MULTILINE)
    names = {one or other for one, other in found}
    known: Counter[str] = Counter()
    for test in sorted(Path("tests").glob("[rp]*s/test_*.py")):  # rules, records and pages
        known[str(test)] = len(names.intersection(re.findall(r"\w+", test.read_text())))
    return [test for test, count in known.most_common() if count]


def fail(tests: Sequence[str]) -> bool:
    """Whether one of the tests fails, or they hang. On SQLite alone: engines differ in statements only."""
    command = [sys.executable, "-B", "-m", "pytest", "-xq", "-p", "no:cacheprovider", "-k", "not postgresql"]
    try:
        # The same answer every time, also where examples are drawn.
        environment = os.environ | {"CI": "1"}
        ran = subprocess.run([*command, *tests], capture_output=True, timeout=LONGEST, env=environment)
    except subprocess.TimeoutExpired:
        return True
    return ran.returncode != 0


def is_killed(change: Change) -> bool:
    """Whether a test notices the change. The file is put back as it was, its time too."""
    tests = tests_of(change.path)
    change.path.write_bytes(change.text)
    try:
        return fail(sorted(tests[:FEW], reverse=True)) or (len(tests) > FEW and fail(tests[FEW:]))
    finally:
        shutil.copy2(ROOT / change.path, change.path)


def chosen() -> list[Change]:
    """The changes to be tried, by file and line. Files that no test names are told."""
    paths = sorted({path.relative_to(ROOT) for pattern in FILES.split() for path in ROOT.glob(pattern)})
    found = [change for path in paths if tests_of(path) for change in changes_of(path)]
    for path in paths:
        if not tests_of(path):
            print(f"{path}: no test names anything of it")
    picked = random.Random(SEED).sample(found, min(MOST, len(found)))
    print(f"{len(picked)} of {len(found):,} changes to {len(paths)} files, for {MINUTES} minutes at most")
    return sorted(picked, key=lambda change: (change.path, change.first))


def main() -> int:
    """Try the changes in a copy of the house. 1 when one of them survives."""
    begun, tried, survived = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory(prefix="npt-mutants-") as folder:
        left = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "instance", "test-results")
        os.chdir(shutil.copytree(ROOT, folder, ignore=left, dirs_exist_ok=True))
        compileall.compile_dir(".", quiet=1)
        sound: dict[Path, bool] = {}
        for change in chosen():
            if time.monotonic() - begun > MINUTES * 60:
                break
            if change.path not in sound:
                sound[change.path] = not fail(tests_of(change.path)[:FEW])
                if not sound[change.path]:
                    print(f"{change.path}: its tests fail without any change: mend that first")
            if sound[change.path]:
                tried += 1
                if not is_killed(change):
                    survived += 1
                    print(f"survived: {change}", flush=True)
    print(f"{tried} tried, {tried - survived} killed, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    raise SystemExit(main())
