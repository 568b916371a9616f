"""Boundaries on the command line: in, out, by force, and what the doctor says of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.places.models import Boundary
from tests import make
from tests.records.features import collection, feature, square, written

Run = Callable[..., Result]
#: what goes between a command and its database is tried elsewhere
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database_url: str, session: Session) -> Run:
    """Runs a command where team T has the neighbourhoods A and B."""
    team = make.team(session, code="T")
    for code in ("A", "B"):
        make.neighbourhood(session, under=team, code=code)
    session.commit()
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(npt, [str(each) for each in arguments])

    return run


SIDE_BY_SIDE = collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.49)))
ACROSS = collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.495)))


def test_a_dry_run_saves_nothing_and_the_same_file_twice_changes_nothing(
    run: Run, session: Session, tmp_path: Path
) -> None:
    file = written(tmp_path, SIDE_BY_SIDE)
    assert "Would be 2 added" in run("import", "boundaries", file, "--dry-run").output
    assert session.query(Boundary).count() == 0
    session.rollback()
    assert "2 added, 0 changed, 0 unchanged" in run("import", "boundaries", file).output
    assert "0 added, 0 changed, 2 unchanged" in run("import", "boundaries", file).output
    out = tmp_path / "out.geojson"
    assert "2 rows written" in run("export", "boundaries", "--to", out).output
    assert "0 added, 0 changed, 2 unchanged" in run("import", "boundaries", out).output


def test_what_is_doubtful_ends_the_import_unless_it_is_forced(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, ACROSS)
    refused = run("import", "boundaries", file)
    assert refused.exit_code == 1
    assert f"{file}:1: geometry: A overlaps B by 50.0% of the smaller" in refused.output
    forced = run("import", "boundaries", file, "--force")
    assert forced.exit_code == 0
    assert "Warning: " in forced.output


def test_force_is_for_files_that_can_be_doubtful(run: Run, tmp_path: Path) -> None:
    answer = run("import", "units", written(tmp_path, "code\n"), "--force")
    assert answer.exit_code == 2
    assert "boundaries or postcodes" in answer.output


@pytest.mark.parametrize(
    ("units", "told"),
    [((), "Boundaries: none recorded"), (("A",), "1 neighbourhood has none, first: B"),
     (("A", "B"), "Boundaries: every neighbourhood has one")],
)  # fmt: skip
def test_the_doctor_tells_of_neighbourhoods_without_a_boundary(
    run: Run, tmp_path: Path, units: tuple[str, ...], told: str
) -> None:
    features = [each for each in SIDE_BY_SIDE["features"] if each["properties"]["code"] in units]
    if features:
        run("import", "boundaries", written(tmp_path, collection(*features)))
    assert told in run("doctor").output
