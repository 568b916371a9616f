"""What spares tests PostgreSQL spares no statement and no law of it."""

import re

from tests.records.both_engines import HERE, name_of, on_sqlite_alone, spared

FILE = "test_staffing.py"


def test_a_test_whose_statements_others_send_as_well_is_spared() -> None:
    sent = {f"{FILE}::test_small": {"SELECT 1"}, f"{FILE}::test_large": {"SELECT 1", "SELECT 2"}}
    assert spared(sent) == [f"{FILE}::test_small"]


def test_what_only_one_test_sends_or_breaks_is_not_spared() -> None:
    sent = {
        f"{FILE}::test_both": {"SELECT 1", "SELECT 2"},
        f"{FILE}::test_law": {"SELECT 1", "UniqueViolation unit_codes_are_unique"},
        f"{FILE}::test_one": {"SELECT 1", "SELECT 3"},
    }
    assert spared(sent) == []


def test_what_is_about_more_than_statements_is_not_spared() -> None:
    same = {"SELECT 1"}
    kept = {
        f"{FILE}::test_two_changes_at_once_are_told_apart": same,
        f"{FILE}::test_posts_are_listed_in_the_order_of_their_units": same,
        "test_journal.py::test_one": same,
    }
    assert spared({**kept, f"{FILE}::test_other": same}) == [f"{FILE}::test_other"]


def test_a_test_is_named_by_its_file_and_function() -> None:
    assert name_of("tests/records/test_rates.py::test_one[postgresql-a[b]]") == "test_rates.py::test_one"


def test_every_test_that_is_spared_is_there() -> None:
    gone = [
        test
        for test in on_sqlite_alone()
        if not re.search(rf"^def {test.partition('::')[2]}\(", _source(test.partition("::")[0]), re.MULTILINE)
    ]
    assert gone == [], "run `python -m tests.records.both_engines --write`, or take these out of the list"


def _source(file: str) -> str:
    path = HERE / file
    return path.read_text(encoding="utf-8") if path.exists() else ""
