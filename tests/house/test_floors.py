"""Imports go only downwards, in one order inside a feature; rules are pure; Flask stays at the door."""

from pathlib import Path

import pytest

from tests.house.floors import broken_contracts, copy_of_house

#: An offender for each contract: the file, the import planted in it, and what the failure names.
OFFENDERS = {
    "upwards": ("kit/months.py", "import {}.people.rules", "imports only from floors below"),
    "a sibling": (
        "staffing/queries.py",
        "import {}.shifts.rules",
        "siblings on one floor never import one another",
    ),
    "a room beside": (
        "counting/queries/daily_sums.py",
        "import {}.staffing.rules",
        "The rooms of duty know nothing",
    ),
    "no floor": ("utils/__init__.py", "", "imports only from floors below"),
    "against the order": ("organisation/queries.py", "import {}.organisation.forms", "Inside a feature"),
    "an impure rule": ("organisation/rules.py", "import sqlalchemy", "Rules are pure"),
    "a rule that asks": ("people/rules.py", "import {}.organisation.queries", "Rules are pure"),
    "Flask inside": ("organisation/actions.py", "import flask", "Flask stays at the door"),
}


def test_every_import_keeps_to_the_floors() -> None:
    broken = broken_contracts()
    assert not broken, broken


@pytest.mark.parametrize("offender", OFFENDERS)
def test_an_import_against_the_floors_is_named_with_the_cure(
    offender: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each offender has a package of its own name: Python remembers where it found one.
    package = f"planted_{list(OFFENDERS).index(offender)}"
    file, line, sentence = OFFENDERS[offender]
    settings = copy_of_house(tmp_path, package)
    planted = tmp_path / package / file
    planted.parent.mkdir(exist_ok=True)
    written = planted.read_text() if planted.exists() else '"""Planted."""\n'
    planted.write_text(f"{written}\n{line.format(package)}\n")
    monkeypatch.syspath_prepend(tmp_path)
    broken = " ".join(broken_contracts(settings).split())
    assert sentence in broken
    assert "Move what is shared" in broken


def test_a_copy_without_an_offender_keeps_to_the_floors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = copy_of_house(tmp_path, "planted_nowhere")
    monkeypatch.syspath_prepend(tmp_path)
    assert not broken_contracts(settings)
