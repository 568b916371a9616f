"""Format, lint and types are part of the gate: pytest alone says whether the code may go in."""

from pathlib import Path

from tests.house.tooling import FORMAT, LINT, TYPES


def test_the_code_is_in_the_one_format() -> None:
    complaints = FORMAT.complaints(".")
    assert not complaints, complaints


def test_the_code_keeps_the_rules_of_the_linter() -> None:
    complaints = LINT.complaints(".")
    assert not complaints, complaints


def test_the_types_agree() -> None:
    complaints = TYPES.complaints()
    assert not complaints, complaints


# Planted ----------------------------------------------------------------------------------------------------


def _plant(folder: Path, line: str) -> str:
    (folder / "planted.py").write_text(f'"""Planted."""\n\n{line}\n')
    return "planted.py"


def test_code_in_another_format_is_named_with_the_cure(tmp_path: Path) -> None:
    complaints = FORMAT.complaints(_plant(tmp_path, "x = { 'a' : 1 }"), folder=tmp_path)
    assert "planted.py" in complaints
    assert "run `make format`" in complaints


def test_an_unused_import_is_named_with_the_cure(tmp_path: Path) -> None:
    complaints = LINT.complaints(_plant(tmp_path, "import os"), folder=tmp_path)
    assert "planted.py:3:8: F401" in complaints
    assert "correct it" in complaints


def test_an_exception_to_everything_is_named(tmp_path: Path) -> None:
    complaints = LINT.complaints(_plant(tmp_path, "import os  # noqa"), folder=tmp_path)
    assert "PGH004" in complaints


def test_a_function_without_types_is_named_with_the_cure(tmp_path: Path) -> None:
    planted = _plant(tmp_path, "def double(number):\n    return 2 * number")
    complaints = TYPES.complaints("--cache-dir", str(tmp_path / "cache"), planted, folder=tmp_path)
    assert "planted.py:3: error: Function is missing a type annotation" in complaints
    assert "correct them" in complaints
