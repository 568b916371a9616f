"""The file of a backup: a ZIP archive of a manifest and the records, or of the same encrypted.

Standard tools open it as well: `unzip`, and `age` where it is encrypted.
"""

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast

from npt.backups import keys
from npt.backups.keys import Key
from npt.backups.manifest import Manifest, UnusableBackup
from npt.kit.files import private

MANIFEST = "manifest.json"
RECORDS = "records"
CLOSED = "backup.zip.age"
CLOSED_KEY = "key.age"
_CUT_SHORT = "it is cut short or no backup of npt: copy it again from where it is kept, or give another file"


def write(target: IO[bytes], manifest: Manifest, records: Path, key: Key | None, work: Path) -> None:
    """Write a backup to a stream, by way of the folder `work` where it is encrypted."""
    if key is None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, manifest.as_json())
            archive.write(records, RECORDS)
        return
    inner = work / "backup.zip"
    with open(inner, "xb", opener=private) as stream:
        write(stream, manifest, records, None, work)
    beside = None
    if key.passphrase is not None:
        key, beside = keys.key_beside(key.passphrase)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        if beside is not None:
            archive.writestr(CLOSED_KEY, beside)
        with inner.open("rb") as plain, archive.open(CLOSED, "w", force_zip64=True) as closed:
            keys.encrypt(plain, cast(BufferedIOBase, closed), key)
    inner.unlink()


def take_out(file: Path, key: Key | None, work: Path) -> tuple[Manifest, Path]:
    """The manifest of a backup, and its records as a file in the folder `work`. UnusableBackup."""
    with _opened(file) as archive:
        if CLOSED in archive.namelist():
            with _opened(_decrypted(archive, key, work)) as inner:
                return _taken_out(inner, work)
        if key is not None:
            raise UnusableBackup("it is not encrypted: leave the key away")
        return _taken_out(archive, work)


def is_backup(file: Path) -> bool:
    """Whether the file looks like a backup, which another may take the place of."""
    try:
        with _opened(file) as archive:
            return bool({CLOSED, MANIFEST} & set(archive.namelist()))
    except UnusableBackup:
        return False


def _taken_out(archive: zipfile.ZipFile, work: Path) -> tuple[Manifest, Path]:
    if not {MANIFEST, RECORDS} <= set(archive.namelist()):
        raise UnusableBackup(_CUT_SHORT)
    manifest = Manifest.of_json(archive.read(MANIFEST))
    records = work / RECORDS
    with archive.open(RECORDS) as packed, open(records, "xb", opener=private) as stream:
        shutil.copyfileobj(packed, stream, 1 << 20)
    if (records.stat().st_size, digest_of(records)) != (manifest.size, manifest.sha256):
        raise UnusableBackup(f"its records are not those that were put into it: {_CUT_SHORT}")
    return manifest, records


def _decrypted(archive: zipfile.ZipFile, key: Key | None, work: Path) -> Path:
    has_passphrase = CLOSED_KEY in archive.namelist()
    if key is None or has_passphrase != (key.passphrase is not None):
        wanted = "--passphrase" if has_passphrase else "--key-file FILE"
        raise UnusableBackup(f"it is encrypted: give {wanted}")
    if key.passphrase is not None:
        key = keys.key_taken_from(archive.read(CLOSED_KEY), key.passphrase)
    inner = work / "decrypted.zip"
    with archive.open(CLOSED) as closed, open(inner, "xb", opener=private) as plain:
        keys.decrypt(cast(BufferedIOBase, closed), plain, key)
    return inner


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise UnusableBackup(_CUT_SHORT) from error


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
