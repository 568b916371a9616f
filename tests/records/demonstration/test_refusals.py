"""`npt demo` says no where it should, and changes nothing then."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from npt.accounts.rules import PasswordRefused
from npt.commands.demonstration import NotADemonstration, NotEmpty
from npt.organisation.actions import open_unit
from npt.organisation.rules import Level, UnitFacts
from npt.store.base import Base
from npt.store.transaction import engine_at, writing
from tests.records.demonstration.loading import address, name, run


@pytest.fixture
def environment(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names an empty, migrated database, alone in its folder where it is embedded."""
    migrated = make_url(database_url)
    if migrated.get_backend_name() == "sqlite":
        shutil.copyfile(str(migrated.database), tmp_path / "npt.sqlite3")
        database_url = address(tmp_path)
    name(monkeypatch, database_url)
    return monkeypatch


@pytest.fixture
def session(environment: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Session]:
    """A session on that database."""
    engine = engine_at(address(tmp_path))
    with Session(engine) as session:
        yield session
    engine.dispose()


def _open_one_unit(session: Session) -> None:
    with writing(session):
        open_unit(
            session,
            code="N",
            facts=UnitFacts(name="Northshire", opened_on=date(2020, 1, 1)),
            level=Level.FORCE,
            parent=None,
        )


def _rows(session: Session) -> dict[str, int | None]:
    """How many rows every table has."""
    session.rollback()
    tables = Base.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_a_database_that_has_units_is_refused_and_nothing_changes(session: Session, tmp_path: Path) -> None:
    _open_one_unit(session)
    before = _rows(session)
    with pytest.raises(NotEmpty, match="nothing was loaded: give an empty one"):
        run("demo")
    assert _rows(session) == before
    assert not (tmp_path / "demonstration").exists(), "a real database was marked as a demonstration"


def test_a_database_that_has_units_stays_as_it_is_where_only_an_empty_one_is_asked_for(
    session: Session, tmp_path: Path
) -> None:
    _open_one_unit(session)
    before = _rows(session)
    result = run("demo", "--if-empty")
    assert (result.exit_code, result.output) == (
        0,
        "The database has units already: they stay as they are.\n",
    )
    assert _rows(session) == before
    assert not (tmp_path / "demonstration").exists(), "a real database was marked as a demonstration"


@pytest.mark.usefixtures("session")
def test_loading_before_serving_leaves_the_accounts_to_what_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npt.commands.demonstration._load", lambda *_: "three plain words")
    assert "three plain words" not in run("demo", "--if-empty").output
    assert "three plain words" in run("demo").output


def test_outside_a_demonstration_no_accounts_are_told(environment: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotADemonstration, match="npt demo loads one"):
        run("demo", "--accounts")


def test_a_password_that_cannot_be_set_is_refused_before_anything_is_loaded(
    session: Session, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("NPT_DEMO_PASSWORD", "short")
    before = _rows(session)
    with pytest.raises(PasswordRefused):
        run("demo")
    assert _rows(session) == before
    assert not (tmp_path / "demonstration").exists(), "a database without the force was marked"


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_database_server_is_left_alone_unless_it_is_meant_for_a_demonstration(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing")
    with pytest.raises(NotADemonstration, match="NPT_DEMONSTRATION=1 is not set"):
        run("demo")
