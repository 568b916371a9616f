"""Files that the product makes: their owner's alone, and whole or not there."""

import errno
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from npt.commands import main, npt
from npt.commands.files.drops import DONE, LOCK, REJECTED, LinkInFolder, held, take_drop, waiting
from npt.duty.exchange import IMPORTS
from npt.organisation.models import Unit
from npt.settings import Settings
from npt.store.exchange import ImportOrder
from tests.records.files import HEADERS, NOW, TWO_SHIFTS, team_of_two


def modes(*paths: Path) -> set[str]:
    """What the files let anybody do."""
    return {oct(stat.S_IMODE(path.stat().st_mode)) for path in paths}


@pytest.fixture(autouse=True)
def _generous() -> object:
    """A system that would let everybody read what is made."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def team(session: Session) -> Unit:
    made = team_of_two(session)
    session.commit()
    return made


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> Path:
    """The settings of commands name the test's database; where they write to."""
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(npt, list(arguments))


def test_an_embedded_database_and_its_key_are_their_owners_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NPT_SECRET_KEY", raising=False)
    monkeypatch.setenv("NPT_DATABASE_URL", f"sqlite:///{tmp_path / 'instance' / 'npt.sqlite3'}")
    Settings.from_environment()
    folder = tmp_path / "instance"
    assert modes(folder / "npt.sqlite3", folder / "secret-key") == {"0o600"}
    assert modes(folder) == {"0o700"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_is_its_owners_alone(environment: Path, team: Unit, ending: str) -> None:
    file = environment / f"units.{ending}"
    file.touch(mode=0o666)
    assert run("export", "units", "--to", str(file)).exit_code == 0
    assert modes(file) == {"0o600"}


def test_the_end_of_the_journal_is_noted_for_its_owner_alone(environment: Path, team: Unit) -> None:
    head = environment / "head.json"
    assert run("journal", "verify", "--head", str(head)).exit_code == 0
    assert modes(head) == {"0o600"}


def test_an_export_to_a_full_disk_says_so_and_leaves_what_was_there(
    environment: Path, team: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = environment / "units.csv"
    file.write_text("of yesterday")

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    refused = run("export", "units", "--to", str(file)).exception
    assert str(refused) == f"{file} was not written: the disk is full. Make room on it, and try again."
    assert (os.listdir(environment), file.read_text()) == (["units.csv"], "of yesterday")


def test_a_command_whose_file_cannot_be_written_says_why_in_a_sentence(
    environment: Path, team: Unit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = environment / "nowhere" / "head.json"
    monkeypatch.setattr("sys.argv", ["npt", "journal", "verify", "--head", str(nowhere)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert (ended.value.code, said.startswith("Refused: "), "no such file" in said) == (1, True, True)


# Drop folders -----------------------------------------------------------------------------------------------


def take(session: Session, file: Path) -> None:
    take_drop(session, IMPORTS["duty"], file, ImportOrder(False, NOW, NOW.date()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def test_what_becomes_of_a_dropped_file_is_its_owners_alone(
    session: Session, team: Unit, folder: Path
) -> None:
    with held(folder):
        (folder / "roster.csv").write_text(HEADERS["duty"] + TWO_SHIFTS + "9,2026-11-16T14:00,,\n")
        take(session, folder / "roster.csv")
    results = [*(folder / DONE).iterdir(), *(folder / REJECTED).iterdir()]
    assert len(results) == 3
    assert modes(*results, folder / LOCK) == {"0o600"}
    assert modes(folder / DONE, folder / REJECTED) == {"0o700"}


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_in_a_drop_folder_is_left_where_it_is(
    session: Session, team: Unit, folder: Path, tmp_path: Path, link: object
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(HEADERS["duty"] + TWO_SHIFTS)
    assert callable(link)
    link(secret, folder / "roster.csv")
    with held(folder):
        assert waiting(folder) == [folder / "roster.csv"]
        with pytest.raises(LinkInFolder, match=r"^roster\.csv: left where it is because it is a link"):
            take(session, folder / "roster.csv")
    assert (secret.exists(), os.listdir(folder / DONE)) == (True, [])


def test_a_command_that_meets_a_link_takes_the_other_files(
    session: Session, team: Unit, environment: Path, folder: Path
) -> None:
    os.symlink("nowhere", folder / "a.csv")
    (folder / "b.csv").write_text(HEADERS["duty"] + TWO_SHIFTS)
    session.rollback()
    said = run("import", "duty", "--watch", str(folder), "--once")
    assert (said.exit_code, "a.csv: left where it is because it is a link" in said.stderr) == (0, True)
    assert "b.csv: 2 rows taken" in said.stdout


@pytest.mark.parametrize("name", [DONE, REJECTED, LOCK])
def test_results_are_not_put_where_a_link_leads(folder: Path, tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(LinkInFolder, match="is a link, and could lead anywhere"), held(folder):
        pass
