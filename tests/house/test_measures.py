"""The list of measures is as committed."""

from pathlib import Path

from tests.house import measures


def test_the_list_of_measures_is_as_committed() -> None:
    difference = measures.difference(measures.COMMITTED.read_text())
    assert not difference, difference


def test_a_measure_that_is_not_listed_is_told_with_the_cure(tmp_path: Path) -> None:
    file = tmp_path / "measures.md"
    measures.main(["--write"], file)
    whole = file.read_text()
    assert not measures.difference(whole)
    without = "".join(line for line in whole.splitlines(keepends=True) if "`kin-met`" not in line)
    assert measures.difference(without).startswith(measures.CURE)
