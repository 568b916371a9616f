"""The seconds of each folder, as a run prints them."""

import subprocess
import sys

from tests.seconds import Ledger, folder_of, own_seconds, tree_seconds

#: Works for half a second of the processor's time, says so, and waits to be let go.
WORKER = """
import time
while time.process_time() < 0.5:
    pass
print("done", flush=True)
input()
"""


def test_a_folder_is_the_first_under_tests() -> None:
    assert folder_of("tests/records/demonstration/test_accounts.py::test_one[a/b::c]") == "tests/records"
    assert folder_of("tests/rules/test_months.py::test_one") == "tests/rules"


def test_the_dearest_folder_stands_first_and_the_sum_last() -> None:
    ledger = Ledger()
    ledger.add("tests/rules", 1.0, 2.0, 1)
    ledger.add("tests/house", 5.0, 8.0, 1)
    ledger.add("tests/rules", 0.5, 0.5, 1)
    assert [line.split() for line in ledger.lines()] == [
        ["tests/house", "5.0", "8.0", "1"],
        ["tests/rules", "1.5", "2.5", "2"],
        ["total", "6.5", "10.5", "3"],
    ]


def test_a_run_without_a_test_has_no_line() -> None:
    assert Ledger().lines() == []


def test_what_a_child_takes_counts_while_it_works_and_when_it_has_ended() -> None:
    before, own = tree_seconds(), own_seconds()
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()
        assert tree_seconds() - before > 0.4
        child.stdin.write(b"\n")
    assert own_seconds() - own > 0.4
