"""Backups: every record of a moment in one file, and back, on both engines."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import flask_migrate
import pytest
from sqlalchemy import Engine, select, text

from npt.access.rules import Role
from npt.attachments.actions import keep_file, receive
from npt.attachments.queries import parts_after
from npt.backups import archive, embedded, server
from npt.backups.actions import back_up
from npt.backups.contents import contents_of
from npt.commands import backups as commands
from npt.factory import create_app
from npt.journal.models import Entry
from npt.journal.queries import head, verify
from npt.kit.stamps import Stamp
from npt.store.transaction import writing
from npt.webkit.extensions import db
from tests import make, sent_files
from tests.records.backups import PASSPHRASE, TWICE, Places, add, numbers_at, records_at

WRITERS = 20


def acts_at(url: str) -> list[str]:
    """The last two acts of the journal, latest first."""
    with records_at(url) as session:
        return list(session.scalars(select(Entry.act).order_by(Entry.sequence.desc()).limit(2)))


def kept_in(said: str) -> str:
    """Where what was there is kept, as restore says."""
    return said.rstrip().removesuffix(".").rpartition(" ")[2]


# There and back ---------------------------------------------------------------------------------------------


def file_kept(url: str, content: bytes) -> int:
    """The key of a file that is kept there."""
    with records_at(url) as session, writing(session):
        by = make.account(session, role=Role.SERGEANT, unit=make.team(session)).id
        stamp = Stamp(by, datetime.now(UTC))
        file = receive("plan.pdf", content, scanner=None)
        return keep_file(session, stamp=stamp, file=file, held=0, most=len(content)).id


def test_what_was_backed_up_comes_back_whole_into_an_empty_place(places: Places) -> None:
    add(places.here, "1", "2")
    content = sent_files.PDF + bytes(range(256)) * 1_500
    key = file_kept(places.here, content)
    assert places.backup().exit_code == 0
    with records_at(places.here) as session:
        before = contents_of(session)
    said = places.restore()
    assert (said.exit_code, said.exception) == (0, None)
    with records_at(places.there) as session:
        after = contents_of(session)
        engine = cast(Engine, session.get_bind())
        assert b"".join(parts_after(engine, key, len(content), 0)) == content
    assert after.counts == before.counts | {"journal_entry": before.counts["journal_entry"] + 1}
    assert numbers_at(places.there) == {"1", "2"}
    assert places.run(places.there, "db", "check").exit_code == 0


def test_a_backup_and_its_way_back_stand_in_the_journal(places: Places) -> None:
    add(places.here, "1")
    places.backup()
    places.restore()
    restored, backed_up = acts_at(places.there)
    assert (restored.startswith("npt restore (backup of 20"), backed_up) == (True, "npt backup")
    with records_at(places.there) as session:
        assert verify(session).is_whole


def test_a_backup_says_what_it_holds_and_is_its_owners_alone(places: Places) -> None:
    add(places.here, "1")
    before = os.umask(0)
    places.backup()
    os.umask(before)
    assert oct(stat.S_IMODE(places.file.stat().st_mode)) == "0o600"
    with zipfile.ZipFile(places.file) as opened:
        told = json.loads(opened.read(archive.MANIFEST))
    with records_at(places.here) as session:
        end = head(session)
    assert end is not None
    assert told["contents"]["journal"] == {"sequence": end.sequence, "hash": end.hash}
    assert (told["contents"]["counts"]["member"], told["format"]) == (1, 1)


def test_a_rehearsal_checks_all_and_changes_nothing(places: Places) -> None:
    places.backup()
    said = places.restore("--dry-run")
    assert (said.exit_code, "Nothing was changed" in said.stdout) == (0, True)
    assert places.restore("--dry-run").exit_code == 0
    assert os.listdir(places.folder.parent / "work") == []


def test_records_come_back_where_the_schema_was_prepared_but_nobody_acted(places: Places) -> None:
    add(places.here, "1")
    places.backup()
    places.run(places.there, "db", "upgrade")
    assert places.restore().exit_code == 0
    assert numbers_at(places.there) == {"1"}


@pytest.mark.parametrize("engine_name", ["sqlite"])  # what closes a file knows nothing of engines
@pytest.mark.parametrize("public", [False, True])
def test_a_key_in_a_file_opens_what_its_public_half_may_have_closed(places: Places, public: bool) -> None:
    add(places.here, "1")
    key = places.key()
    closing_key = key
    if public:
        closing_key = places.folder / "public"
        closing_key.write_text(key.read_text().splitlines()[0].removeprefix("# public key: "))
    assert places.backup("--key-file", str(closing_key)).exit_code == 0
    assert b"Invented Person" not in places.file.read_bytes()
    assert places.restore("--key-file", str(key)).exit_code == 0
    assert numbers_at(places.there) == {"1"}


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_passphrase_opens_what_it_closed(places: Places) -> None:
    add(places.here, "1")
    assert places.backup("--passphrase", typed=TWICE).exit_code == 0
    assert places.restore("--passphrase", typed=f"{PASSPHRASE}\n").exit_code == 0
    assert numbers_at(places.there) == {"1"}


# While others write -----------------------------------------------------------------------------------------


@contextmanager
def writers(url: str) -> Iterator[list[str]]:
    """People who save pairs of members without pause; the pairs that were acknowledged so far."""
    acknowledged: list[str] = []
    over = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not over.is_set():
            number += 1
            pair = f"{writer}-{number}"
            add(url, f"{pair}a", f"{pair}b")
            acknowledged.append(pair)

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_a_backup_while_twenty_write_has_all_that_was_acknowledged_before_and_only_whole_acts(
    places: Places,
) -> None:
    with writers(places.here) as acknowledged:
        while len(acknowledged) < WRITERS:
            threading.Event().wait(0.01)
        before = list(acknowledged)
        assert places.backup().exit_code == 0
        while_it_ran = len(acknowledged) - len(before)
    assert places.restore().exit_code == 0
    pairs = Counter(number[:-1] for number in numbers_at(places.there))
    assert set(before) <= pairs.keys()
    assert set(pairs.values()) == {2}
    assert while_it_ran > 0


# Over records -----------------------------------------------------------------------------------------------


def test_what_was_there_is_kept_aside(places: Places, engine_name: str) -> None:
    add(places.here, "1")
    places.backup()
    places.restore()
    add(places.there, "2")
    said = places.restore("--replace")
    assert (said.exit_code, numbers_at(places.there)) == (0, {"1"})
    kept = kept_in(said.stdout)
    if engine_name == "sqlite":
        assert numbers_at(f"sqlite:///{kept}") == {"1", "2"}
        assert oct(stat.S_IMODE(Path(kept).stat().st_mode)) == "0o600"
    else:
        with records_at(places.there) as session:
            names = session.scalars(text(f"SELECT number FROM {kept}.member"))  # noqa: S608  a name of ours
            assert set(names) == {"1", "2"}


def test_a_backup_after_a_restore_leaves_out_what_is_kept_aside(places: Places) -> None:
    add(places.here, "1")
    places.backup()
    places.restore()
    places.restore("--replace")
    assert places.run(places.there, "backup", str(places.file)).exit_code == 0
    assert places.restore("--replace", "--dry-run").exit_code == 0


def test_what_was_there_is_put_back_when_the_restored_records_are_found_unsound(full: Places) -> None:
    before = acts_at(full.there)
    full.patch.setattr(commands, "examined", lambda session, checks: 1)
    said = full.restore("--replace")
    assert (said.exit_code, "not sound" in str(said.exception)) == (1, True)
    assert (numbers_at(full.there), acts_at(full.there)) == ({"1", "2"}, before)


def test_an_empty_place_is_empty_again_when_the_restored_records_are_found_unsound(places: Places) -> None:
    add(places.here, "1")
    places.backup()
    with places.patch.context() as patch:
        patch.setattr(commands, "examined", lambda session, checks: 1)
        assert places.restore().exit_code == 1
    assert places.restore().exit_code == 0


def test_a_backup_of_an_older_version_is_brought_up_to_this_one(places: Places) -> None:
    app = create_app(places.settings(places.there), writes_log=False)
    with app.app_context(), closing(db.session()):
        flask_migrate.upgrade(revision="0016")
        with db.engine.begin() as connection:  # as that version did, which knew nothing of later tables
            connection.execute(text("INSERT INTO member (number, name, version) VALUES ('1', 'Invented', 1)"))
        db.engine.dispose()
    back_up(places.settings(places.there), places.file, None)
    places.there = places.emptied()
    assert places.restore().exit_code == 0
    assert places.run(places.there, "db", "check").exit_code == 0
    assert numbers_at(places.there) == {"1"}


# Stopped in the middle --------------------------------------------------------------------------------------

#: Ends the process without a word, at the worst moment, then runs the command.
_KILLED = {
    "backup": "from npt.backups import archive as a; w = a.zipfile.ZipFile.write\n"
    "a.zipfile.ZipFile.write = lambda *x: (w(*x), os.kill(os.getpid(), 9))",
    "restore-sqlite": "from npt.backups import embedded as e\n"
    "def fill(ours, records):\n"
    "    with e._open(records) as theirs:\n"
    "        theirs.backup(ours, pages=1, progress=lambda _s, left, total:"
    " left < total / 2 and os.kill(os.getpid(), 9))\n"
    "e._fill = fill",
    "restore-postgresql": "from npt.backups import server as s; r = s.subprocess.run\n"
    "s.subprocess.run = lambda c, **x: (r(c, **x),"
    " 'pg_restore' in str(c[0]) and os.kill(os.getpid(), 9))[0]",
}


def run_and_kill(url: str, what: str, *arguments: str) -> int:
    """The way a command ended that killed itself."""
    code = f"import os\n{_KILLED[what]}\nfrom npt.commands import main; main()"
    environment = os.environ | {"NPT_DATABASE_URL": url, "TMPDIR": tempfile.gettempdir()}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, check=False, capture_output=True
    ).returncode


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_backup_that_is_killed_leaves_the_one_of_yesterday(full: Places) -> None:
    yesterday = full.file.read_bytes()
    assert run_and_kill(full.here, "backup", "backup", str(full.file)) == -signal.SIGKILL
    assert full.file.read_bytes() == yesterday


def test_a_restore_that_is_killed_leaves_what_was_there(places: Places, engine_name: str) -> None:
    add(places.here, "1")
    places.backup()
    places.restore()
    add(places.there, "2")
    code = run_and_kill(places.there, f"restore-{engine_name}", "restore", str(places.file), "--replace")
    assert (code, numbers_at(places.there)) == (-signal.SIGKILL, {"1", "2"})
    assert places.restore("--replace").exit_code == 0


def test_a_restore_interrupted_when_all_was_done_leaves_what_was_there(
    full: Places, engine_name: str
) -> None:
    owner, name = {"sqlite": (embedded, "_fill"), "postgresql": (server.Server, "_feed")}[engine_name]
    really = getattr(owner, name)

    def interrupted(*given: object) -> None:
        really(*given)
        for psql in given:
            if isinstance(psql, subprocess.Popen):
                psql.wait()
        raise KeyboardInterrupt

    full.patch.setattr(owner, name, interrupted)
    said = full.restore("--replace")
    assert (said.exit_code, numbers_at(full.there)) == (1, {"1", "2"})


def test_an_interrupted_backup_leaves_nothing(places: Places) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    places.patch.setattr(archive, "write", interrupted)
    assert places.backup().exit_code == 1
    assert (os.listdir(places.folder), os.listdir(places.folder.parent / "work")) == ([], [])


def test_what_a_killed_run_left_is_cleared_away_by_the_next(places: Places) -> None:
    left = places.folder.parent / "work" / "npt-backup-left"
    left.mkdir()
    (left / "copy").write_text("records")
    os.utime(left, (0, 0))
    places.backup()
    assert not left.exists()
