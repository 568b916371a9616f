"""Make a backup, and bring one back. Neither leaves anything half done."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.engine import make_url

from npt.backups import archive
from npt.backups.contents import Unsound, difference
from npt.backups.embedded import Embedded
from npt.backups.keys import Key
from npt.backups.manifest import BackupFailed, Manifest, NotRestored, UnusableBackup
from npt.backups.place import Place, State, contents_at
from npt.backups.server import Server
from npt.kit.files import written_whole
from npt.kit.refusals import Refusal
from npt.settings import ROOT, Settings

_WORK = "npt-backup-"
#: Seconds after which a folder that nobody holds was left behind.
_LEFT_BEHIND = 60


class NotEmpty(Refusal):
    """A backup was to be brought back where there are records."""


def place_of(settings: Settings) -> Place:
    """Where the records are kept. BackupFailed where that cannot be backed up."""
    address = make_url(settings.database_url)
    if address.get_backend_name() == "postgresql":
        return Server(settings.database_url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        raise BackupFailed("the database is neither a file nor on PostgreSQL: name one by NPT_DATABASE_URL")
    return Embedded(Path(address.database))


def back_up(settings: Settings, file: Path, key: Key | None) -> Manifest:
    """Write a backup, and read it again before it takes its place. BackupFailed, Unsound, OSError."""
    if file.exists() and not archive.is_backup(file):
        raise BackupFailed(f"{file} is there and no backup of npt: name another file")
    place, made_at = place_of(settings), datetime.now(UTC)
    with _work_folder() as work:
        records = work / "copy"
        contents = place.copy(records)
        manifest = Manifest(
            made_at=made_at,
            version=version("npt"),
            engine=place.engine,
            is_demonstration=settings.is_demonstration,
            contents=contents,
            size=records.stat().st_size,
            sha256=archive.digest_of(records),
        )
        with written_whole(file) as stream:
            archive.write(stream, manifest, records, key, work)
            stream.flush()
            records.unlink()
            if key is None or key.opens:
                archive.take_out(Path(stream.name), key, work)
    return manifest


@contextmanager
def opened(file: Path, key: Key | None) -> Iterator[tuple[Manifest, Path]]:
    """A backup to look at or bring back: what it says, and its records. UnusableBackup."""
    with _work_folder() as work:
        yield archive.take_out(file, key, work)


def check_fit(manifest: Manifest, settings: Settings) -> None:
    """Refuse a backup that cannot be brought back here, whatever is here. UnusableBackup."""
    place = place_of(settings)
    if manifest.engine != place.engine:
        raise UnusableBackup(
            f"it is of a {manifest.engine} database, and NPT_DATABASE_URL names a {place.engine} one:"
            " name one of the same kind"
        )
    if manifest.contents.revision not in _known_revisions():
        raise UnusableBackup(
            f"it is of a newer version of npt ({manifest.version}, schema {manifest.contents.revision}):"
            " install that version here first"
        )
    if manifest.is_demonstration and not settings.is_demonstration:
        raise UnusableBackup(
            "it is of a demonstration, and this is none: set NPT_DEMONSTRATION=1, here and where it is served"
        )
    if settings.is_demonstration and not manifest.is_demonstration:
        raise UnusableBackup(
            "it holds real records, and this is a demonstration, whose sign-in is weaker: name another"
            " database by NPT_DATABASE_URL"
        )


@contextmanager
def brought_back(
    settings: Settings, manifest: Manifest, records: Path, *, may_replace: bool
) -> Iterator[str | None]:
    """Put the records of a backup in place; when what is done inside fails, what was there is put back.

    Where that is kept, in words; None when there was nothing. NotEmpty, NotRestored.
    """
    place = place_of(settings)
    state = place.state()
    if state is State.FOREIGN:
        raise NotEmpty("the database has tables that are not npt's, and stays as it is: name another one")
    if state is not State.EMPTY and not may_replace:
        raise NotEmpty(
            "there are records already, and they stay as they are: name an empty database by"
            " NPT_DATABASE_URL, or give --replace, which keeps them aside"
        )
    kept = place.replace(records, f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    try:
        _check(place, manifest)
        yield None if state is State.EMPTY else f"the {place.shelf} {kept}"
    except BaseException as error:
        try:
            place.put_back(kept)
        except Exception as fault:
            raise NotRestored(
                f"{error}. What was there could not be put back ({fault}): it is kept in the {place.shelf}"
                f" {kept}"
            ) from error
        raise
    if state is State.EMPTY:
        place.forget(kept)


def _check(place: Place, manifest: Manifest) -> None:
    try:
        wrong = difference(manifest.contents, contents_at(place.url))
    except Unsound as error:
        wrong = str(error)
    if wrong:
        raise NotRestored(f"what was brought back is not what the backup says: {wrong}")


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {each.revision for each in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()}


@contextmanager
def _work_folder() -> Iterator[Path]:
    """A folder for records on their way, which its owner alone can read; TMPDIR says where.

    What a run that was killed left there is cleared away by the next.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_WORK}*"):
        _clear_away(left)
    with tempfile.TemporaryDirectory(prefix=_WORK) as name, _held(Path(name)):
        yield Path(name)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear_away(left: Path) -> None:
    try:
        found = left.lstat()
        if found.st_uid == os.getuid() and time.time() - found.st_mtime > _LEFT_BEHIND:
            with _held(left):
                shutil.rmtree(left)
    except OSError:
        pass  # somebody else's, or still held
