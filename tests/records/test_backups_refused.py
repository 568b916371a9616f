"""What backup and restore refuse: each with the cure, and with everything as it was."""

import errno
import os
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from npt.backups import archive, embedded, server
from npt.backups.manifest import Manifest
from npt.commands import main
from npt.journal.rules import JOURNAL_TRIGGERS, JOURNAL_TRIGGERS_AWAY, Head
from npt.store.transaction import writing
from tests.records.backups import PASSPHRASE, TWICE, Places, numbers_at, records_at

Change = Callable[[Manifest], Manifest]


def why(said: Result) -> str:
    """What a command was refused for; it has to be refused."""
    assert said.exit_code == 1, said.output
    return str(said.exception)


def remade(places: Places, change: Change) -> None:
    """The backup with another manifest, as another version or somebody else could have made it."""
    work = places.folder / "remade"
    work.mkdir()
    manifest, records = archive.take_out(places.file, None, work)
    with places.file.open("wb") as file:
        archive.write(file, change(manifest), records, None, work)


def unchanged(places: Places) -> bool:
    """Whether the records of `full` are as they were."""
    return numbers_at(places.there) == {"1", "2"}


def closed(places: Places) -> list[str]:
    """Put the backup closed by a key in the place of the open one: the options that open it."""
    places.file.write_bytes(places.made["closed"])
    key = places.folder / "key"
    key.write_bytes(places.made["key"])
    return ["--key-file", str(key)]


# Bad files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_backup_cut_short(full: Places, part: float, is_encrypted: bool) -> None:
    options = closed(full) if is_encrypted else []
    whole = full.file.read_bytes()
    full.file.write_bytes(whole[: int(len(whole) * part)])
    assert "cut short or no backup of npt: copy it again" in why(full.restore("--replace", *options))
    assert unchanged(full)


@pytest.mark.parametrize("at", [None, 0.2, 0.99])
def test_a_backup_in_which_a_byte_was_changed(full: Places, at: float | None) -> None:
    options = [] if at is None else closed(full)
    altered = bytearray(full.file.read_bytes())
    # Packed, a byte of a long run of zeros may be another and say the same; the first of all never does.
    # Encrypted, what lies in the first 64 KiB is told otherwise than what follows.
    name = archive.RECORDS.encode()
    altered[altered.index(name) + len(name) if at is None else int(len(altered) * at)] ^= 1
    full.file.write_bytes(altered)
    assert "nothing was changed" in why(full.restore("--replace", *options))
    assert unchanged(full)


def test_another_file(full: Places) -> None:
    full.file.write_text("number,name\n1,Ann\n")
    assert "no backup of npt" in why(full.restore("--replace"))
    with zipfile.ZipFile(full.file, "w") as other:
        other.writestr("roster.csv", "number")
    assert "no backup of npt" in why(full.restore("--replace"))
    with zipfile.ZipFile(full.file, "w") as other:
        other.writestr(archive.MANIFEST, "[]")
        other.writestr(archive.RECORDS, "")
    assert "does not say what is in it" in why(full.restore("--replace"))
    assert unchanged(full)


@pytest.mark.parametrize(
    ("change", "cure"),
    [
        (
            lambda it: replace(it, contents=replace(it.contents, revision="9999")),
            "newer version of npt .*install that version here first",
        ),
        (lambda it: replace(it, engine="another"), "is of a another database, .* name one of the same kind"),
        (lambda it: replace(it, is_demonstration=True), "set NPT_DEMONSTRATION=1"),
        (lambda it: replace(it, sha256="0" * 64), "not those that were put into it"),
        (
            lambda it: replace(it, contents=replace(it.contents, journal=Head(1, "0" * 64))),
            "the journal ends at entry",
        ),
        (
            lambda it: replace(it, contents=replace(it.contents, counts=it.contents.counts | {"member": 5})),
            "member has 1 rows, not 5",
        ),
    ],
)
def test_a_backup_that_does_not_fit(full: Places, change: Change, cure: str) -> None:
    remade(full, change)
    said = full.restore("--replace")
    assert said.exit_code == 1
    with pytest.raises(Exception, match=cure):
        raise said.exception or AssertionError
    assert unchanged(full)


def test_a_backup_in_a_later_form(full: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr("npt.backups.manifest.FORMAT", 2)
        remade(full, lambda it: it)
    assert "newer version of npt" in why(full.restore("--replace"))
    assert unchanged(full)


def test_real_records_in_a_demonstration(full: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPT_DEMONSTRATION", "1")
    assert "holds real records" in why(full.restore("--replace"))
    assert unchanged(full)


# Keys -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_backup_closed_by_a_key(full: Places) -> None:
    closed(full)
    key, other = full.folder / "key", full.key("other")
    public = full.folder / "public"
    public.write_text(key.read_text().splitlines()[0].removeprefix("# public key: "))
    assert "give --key-file FILE" in why(full.restore("--replace"))
    assert "give --key-file FILE" in why(full.restore("--replace", "--passphrase", typed=f"{PASSPHRASE}\n"))
    assert "the key does not open it" in why(full.restore("--replace", "--key-file", str(other)))
    assert "a public key opens no backup" in why(full.restore("--replace", "--key-file", str(public)))
    assert unchanged(full)


@pytest.mark.parametrize("engine_name", ["sqlite"])  # as the key, nothing of an engine
def test_a_backup_closed_by_a_passphrase(full: Places) -> None:
    full.backup("--passphrase", typed=TWICE)
    assert "give --passphrase" in why(full.restore("--replace"))
    said = full.restore("--replace", "--passphrase", typed=f"{PASSPHRASE} not\n")
    assert "the passphrase does not open it" in why(said)
    assert unchanged(full)


def test_a_key_for_what_is_not_encrypted(full: Places) -> None:
    assert "leave the key away" in why(full.restore("--replace", "--key-file", str(full.key())))


def test_a_file_without_a_key_or_a_passphrase_too_short(full: Places) -> None:
    (full.folder / "empty").write_text("# nothing\n")
    assert "holds no key: make one" in why(full.backup("--key-file", str(full.folder / "empty")))
    assert "16 characters or more" in why(full.backup("--passphrase", typed="short\nshort\n"))
    assert full.backup("--passphrase", "--key-file", str(full.key())).exit_code == 2


def test_a_key_is_never_written_over_another(full: Places) -> None:
    key = full.key()
    before = key.read_text()
    assert "name a new file" in why(full.run(full.here, "backup-key", str(key)))
    assert key.read_text() == before


# Places -----------------------------------------------------------------------------------------------------


def test_a_place_with_records_unless_they_may_be_replaced(full: Places) -> None:
    assert "give --replace, which keeps them aside" in why(full.restore())
    assert unchanged(full)


def test_a_place_with_tables_of_somebody_else(places: Places) -> None:
    places.backup()
    with records_at(places.there) as session, writing(session):
        session.execute(text("CREATE TABLE theirs (number INTEGER)"))
    assert "has tables that are not npt's" in why(places.restore("--replace"))


def test_a_backup_in_the_place_of_another_file(full: Places) -> None:
    full.file.write_text("of somebody else")
    assert "name another file" in why(full.backup())
    assert full.file.read_text() == "of somebody else"


def test_records_with_an_altered_journal(full: Places, engine_name: str) -> None:
    before = full.file.read_bytes()
    with records_at(full.here) as session, writing(session):
        for away in JOURNAL_TRIGGERS_AWAY[engine_name]:
            session.execute(text(away))
        session.execute(text("UPDATE journal_entry SET act = 'nothing' WHERE sequence = 1"))
    refused = why(full.backup())
    with records_at(full.here) as session, writing(session):  # the tests that follow find them again
        for laid in JOURNAL_TRIGGERS[engine_name]:
            session.execute(text(laid))
    assert "broken at entry 1" in refused
    assert full.file.read_bytes() == before


# The disk and the server ------------------------------------------------------------------------------------


def test_a_backup_on_a_full_disk_leaves_the_one_of_yesterday(full: Places) -> None:
    yesterday = full.file.read_bytes()

    def no_room(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    full.patch.setattr(os, "fsync", no_room)
    assert "was not written: the disk is full. Make room on it" in why(full.backup())
    assert full.file.read_bytes() == yesterday
    assert not [name for name in os.listdir(full.folder) if name.endswith(".part")]


def test_a_disk_that_is_full_while_a_backup_is_read(
    full: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(archive.shutil, "copyfileobj", no_room)
    monkeypatch.setenv("NPT_DATABASE_URL", full.there)
    monkeypatch.setattr(sys, "argv", ["npt", "restore", str(full.file), "--replace"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, "the disk is full" in capsys.readouterr().err) == (1, True)
    assert unchanged(full)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_disk_that_is_full_while_records_are_put_in_place(full: Places) -> None:
    def no_room(target: sqlite3.Connection, _records: Path) -> None:
        target.execute("PRAGMA max_page_count = 1")  # as small as it is; SQLite answers as on a full disk
        target.execute("CREATE TABLE more AS SELECT zeroblob(1000000)")

    def kept_aside() -> set[str]:
        folder = Path(full.there.removeprefix("sqlite:///")).parent
        return {name for name in os.listdir(folder) if "before" in name}

    full.patch.setattr(embedded, "_fill", no_room)
    of_others = kept_aside()
    assert "the disk is full. Make room on it" in why(full.restore("--replace"))
    assert unchanged(full)
    assert kept_aside() == of_others


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_database_that_others_hold(full: Places) -> None:
    full.patch.setattr(embedded, "BUSY_TIMEOUT", 10)
    file = full.there.removeprefix("sqlite:///")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Stop npt serve, and try again" in why(full.restore("--replace"))
    other.close()
    assert unchanged(full)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_database_that_nobody_can_read_gives_way_and_is_kept(full: Places) -> None:
    file = Path(full.there.removeprefix("sqlite:///"))
    file.write_bytes(b"not a database, and of some length" * 1000)
    assert "give --replace" in why(full.restore())
    said = full.restore("--replace")
    assert (said.exit_code, numbers_at(full.there)) == (0, {"1"})
    (kept,) = file.parent.glob(f"{file.name}.before-*")
    assert kept.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_machine_without_the_programs_of_the_server(full: Places) -> None:
    full.patch.setattr(server, "_folders", lambda connection, major: [Path("/nowhere")])
    assert "apt-get install postgresql-client-" in why(full.backup())
    assert "apt-get install postgresql-client-" in why(full.restore("--replace"))
    assert unchanged(full)


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_programs_older_than_the_server_are_passed_over(full: Places) -> None:
    full.patch.setattr(server, "_major_of", lambda program: 1)
    assert "or newer are not on this machine" in why(full.backup())


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_a_password_stands_in_no_command_line(full: Places) -> None:
    there = server.Server("postgresql+psycopg://npt:se%40cret@localhost:5433/npt?sslmode=require")
    assert "se@cret" not in there._address
    assert there._environment["PGPASSWORD"] == "se@cret"


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_records_that_the_server_refuses(full: Places) -> None:
    full.patch.setattr(server, "_set_aside", lambda tables, kept: "BEGIN; SELECT nonsense;\n")
    assert "the server refused the records: ERROR" in why(full.restore("--replace"))
    assert unchanged(full)
