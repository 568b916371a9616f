"""What opens an encrypted backup: a key in a file, or a passphrase. Both are those of the age format.

A backup is encrypted to a key as a stream. A passphrase encrypts only a key, made for this one backup, which
lies beside it: to do it with the backup itself would take as much memory as that has bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING

from npt.backups.manifest import BackupFailed, UnusableBackup
from npt.kit.files import private
from npt.kit.refusals import Refusal

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

#: Below this many characters a passphrase is guessed too soon by whoever has the file and time.
SHORTEST_PASSPHRASE = 16


class WrongKey(Refusal):
    """A key file holds no key, or a passphrase is too short."""


@dataclass(frozen=True)
class Key:
    """What encrypts a backup or opens it: the lines of a key file, or a passphrase."""

    lines: Sequence[str] = field(default=(), repr=False)
    passphrase: str | None = field(default=None, repr=False)

    @property
    def opens(self) -> bool:
        """Whether it opens what it encrypts: the public half of a key does not."""
        return self.passphrase is not None or any(_is_secret(line) for line in self.lines)

    def recipients(self) -> "list[Recipient]":
        """Whom a backup is encrypted to."""
        from pyrage.x25519 import Identity, Recipient

        return [
            Identity.from_str(line).to_public() if _is_secret(line) else Recipient.from_str(line)
            for line in self.lines
        ]

    def identities(self) -> "list[Identity]":
        """What opens a backup."""
        from pyrage.x25519 import Identity

        return [Identity.from_str(line) for line in self.lines if _is_secret(line)]


def _is_secret(line: str) -> bool:
    return line.startswith("AGE-SECRET-KEY-")


def key_in(file: Path) -> Key:
    """The key that a file holds, as `npt backup-key` and age-keygen write it. WrongKey when there is none."""
    from pyrage import IdentityError, RecipientError

    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        key = Key([line for line in lines if line and not line.startswith("#")])
        if not key.recipients():
            raise ValueError("no line holds a key")
    except (ValueError, IdentityError, RecipientError) as error:
        raise WrongKey(f"{file} holds no key: make one with npt backup-key {file.name}.new") from error
    return key


def key_of(passphrase: str) -> Key:
    """A key that is a passphrase. WrongKey when it is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongKey(f"the passphrase is too short: take {SHORTEST_PASSPHRASE} characters or more")
    return Key(passphrase=passphrase)


def make_key(file: Path) -> str:
    """Write a new key into a new file that only its owner reads. Its public half, which may be shown."""
    from pyrage.x25519 import Identity

    made = Identity.generate()
    try:
        with open(file, "x", opener=private) as stream:
            stream.write(f"# public key: {made.to_public()}\n{made}\n")
    except FileExistsError as error:
        raise WrongKey(f"{file} is there already, and stays as it is: name a new file") from error
    return str(made.to_public())


def key_beside(passphrase: str) -> tuple[Key, bytes]:
    """A new key for one backup, and the same, encrypted by the passphrase, to lie beside it."""
    from pyrage import passphrase as by_passphrase
    from pyrage.x25519 import Identity

    made = str(Identity.generate())
    return Key([made]), by_passphrase.encrypt(made.encode(), passphrase)


def key_taken_from(encrypted: bytes, passphrase: str) -> Key:
    """The key that lies beside a backup. UnusableBackup when the passphrase is another."""
    from pyrage import DecryptError
    from pyrage import passphrase as by_passphrase

    try:
        return Key([by_passphrase.decrypt(encrypted, passphrase).decode()])
    except DecryptError as error:
        raise UnusableBackup("the passphrase does not open it: give the one it was made with") from error


def encrypt(plain: BufferedIOBase, closed: BufferedIOBase, key: Key) -> None:
    """Encrypt a stream. BackupFailed when it cannot be done."""
    from pyrage import EncryptError, encrypt_io

    try:
        encrypt_io(plain, closed, key.recipients())
    except EncryptError as error:
        raise BackupFailed(
            f"it could not be encrypted ({error}): make room on the disk, and try again"
        ) from error


def decrypt(closed: BufferedIOBase, plain: BufferedIOBase, key: Key) -> None:
    """Decrypt a stream. UnusableBackup when the key is another, or the stream was altered."""
    from pyrage import DecryptError, decrypt_io

    if not key.opens:
        raise UnusableBackup("a public key opens no backup: give the file with the secret key")
    try:
        decrypt_io(closed, plain, key.identities())
    except DecryptError as error:
        raise UnusableBackup(
            f"the key does not open it ({error}): give the key file it was made with, or an undamaged copy"
        ) from error
    except OSError as error:
        # What was altered after the first 64 KiB is told so, without the number that a fault of a disk has.
        if error.errno is not None:
            raise
        raise UnusableBackup("it was altered after it was made: give an undamaged copy") from error
