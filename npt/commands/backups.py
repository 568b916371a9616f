"""`npt backup` and `npt restore`: every record into one file that was checked, and back."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from npt.backups.actions import back_up, brought_back, check_fit, opened
from npt.backups.keys import Key, key_in, key_of, make_key
from npt.backups.manifest import BackupFailed, Manifest, NotRestored
from npt.commands.carried_over import CarriedOver, gathered, say_carried_over, settle
from npt.commands.data_protection import keep_list
from npt.commands.desk import desk
from npt.commands.doctor import BASIC_CHECKS, CHECKS, examined
from npt.commands.speech import say
from npt.journal.actions import note_brought_back, note_taken_out
from npt.kit.files import refusal_in_words
from npt.settings import Settings
from npt.store.transaction import writing

KEY_FILE = click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="KEY",
    help="It is encrypted to the key in this file: see npt backup-key.",
)
PASSPHRASE = click.option(
    "--passphrase", "asks", is_flag=True, help="It is encrypted by a passphrase, which is asked for."
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@KEY_FILE
@PASSPHRASE
def backup(file: Path, key_file: Path | None, asks: bool) -> None:
    """Write every record of this moment into FILE, while others go on working, and check it.

    FILE appears once it is whole, and takes the place of an older backup only then.

    \b
    Example: npt backup /mnt/backups/npt-monday.backup --key-file /etc/npt-backup.public
    """
    key = _key(key_file, asks, is_new=True)
    with _ending_tidily(), desk() as (session, _now):
        with writing(session):
            note_taken_out(session, "backup", 1, "npt backup")
        session.close()
        try:
            with _patience("Backing up …"):
                manifest = back_up(Settings.from_environment(), file, key)
        except OSError as error:
            raise BackupFailed(f"{file} was not written: {refusal_in_words(error)}") from error
        say(f"{_in_words(manifest)}\nIt was {_checks_of(key)}, and is {file}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--replace", "may_replace", is_flag=True, help="There are records: keep them aside, and replace them."
)
@click.option("--dry-run", is_flag=True, help="Read and check all of the backup, and change nothing.")
@click.option(
    "--erasures",
    "erasures_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="LIST",
    help="The list of who was erased, where it is not beside the database.",
)
@KEY_FILE
@PASSPHRASE
def restore(
    file: Path,
    may_replace: bool,
    dry_run: bool,
    erasures_file: Path | None,
    key_file: Path | None,
    asks: bool,
) -> None:
    """Bring the records of FILE, which npt backup wrote, into an empty database, and check them.

    Stop npt serve first. A backup of an older version is brought up to this one. Whoever was erased since the
    backup is erased again, and everybody is signed out. When anything fails, all is as it was before.

    \b
    Example: npt restore /mnt/backups/npt-monday.backup --key-file /media/safe/npt-backup.key --replace
    """
    settings = Settings.from_environment()
    key = _key(key_file, asks, is_new=False)
    with (
        _ending_tidily(),
        _patience("Reading the backup …") as rest,
        opened(file, key) as (manifest, records),
    ):
        check_fit(manifest, settings)
        rest()
        say(_in_words(manifest))
        if dry_run:
            say("It can be brought back. Nothing was changed.")
            return
        carried = gathered(settings, erasures_file)
        with brought_back(settings, manifest, records, may_replace=may_replace) as kept:
            _settle(manifest, carried)
        with desk() as (session, _now):
            keep_list(session)
        say("The records are back." + (f" What was there is kept in {kept}." if kept else ""))


@click.command(name="backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_key(file: Path) -> None:
    """Make a key for backups: FILE opens them, and the public key that is printed only makes them.

    \b
    Example: npt backup-key /media/safe/npt-backup.key
    """
    public = make_key(file)
    say(f"{public}\nThat is the public key: put it into the file that npt backup reads.")
    say(f"Keep {file} away from this machine. Without it nobody opens a backup.")


def _settle(manifest: Manifest, carried: CarriedOver) -> None:
    """Bring the records up to this version, look at them, and shut again what was shut since the backup.

    The journal is told whence they came.
    """
    import flask_migrate

    with desk() as (session, now):
        flask_migrate.upgrade()
        if examined(session, BASIC_CHECKS):
            raise NotRestored("the records of the backup are not sound: what is wrong stands above")
        session.rollback()
        with writing(session):
            note_brought_back(session, f"npt restore (backup of {manifest.made_at:%Y-%m-%dT%H:%M:%SZ})")
            applied = settle(session, carried, now)
        say_carried_over(carried, applied)
        examined(session, [check for check in CHECKS if check not in BASIC_CHECKS])


def _key(file: Path | None, asks: bool, *, is_new: bool) -> Key | None:
    if file is not None and asks:
        raise click.UsageError("Give --key-file or --passphrase, not both.")
    if file is not None:
        return key_in(file)
    return key_of(click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new)) if asks else None


def _checks_of(key: Key | None) -> str:
    if key is None:
        return "read again and checked; it is not encrypted"
    if key.opens:
        return "encrypted, read again and checked"
    return "checked before it was encrypted; only the secret key reads it"


def _in_words(manifest: Manifest) -> str:
    held = manifest.contents
    return (
        f"Backup of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC: npt {manifest.version}, {manifest.engine},"
        f" schema {held.revision}, {held.rows:,} rows in {len(held.counts)} tables. Its journal is whole and"
        f" has {held.entries:,} entries, the last {held.journal.hash if held.journal else 'none'}."
    )


@contextmanager
def _ending_tidily() -> Iterator[None]:
    """Let the end of the machine's day undo what is half done, as Ctrl+C does."""
    before = signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _patience(what: str) -> Iterator[Callable[[], None]]:
    """Say on a terminal that work goes on, until it ends or is told to rest."""
    status = Console(stderr=True).status(what)
    with status:
        yield status.stop


COMMANDS = [backup, restore, backup_key]
