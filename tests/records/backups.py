"""A database that is backed up, and another that the backup is brought back into."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.people.models import Member
from npt.settings import Settings
from npt.store.transaction import engine_at, writing

PASSPHRASE = "four plain words here"
#: typed where it is new
TWICE = f"{PASSPHRASE}\n{PASSPHRASE}\n"


@dataclass
class Places:
    """Where records are, where they are to be, and where the backups lie."""

    #: the address of a migrated database, which is backed up
    here: str
    #: makes the other database empty, and gives its address
    emptied: Callable[[], str]
    there: str
    folder: Path
    patch: pytest.MonkeyPatch
    #: files that were made once for all tests of an engine, by what they are
    made: dict[str, bytes] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "npt.backup"

    def run(self, url: str, *arguments: str, typed: str | None = None) -> Result:
        """A command, with its database at `url`."""
        self.patch.setenv("NPT_DATABASE_URL", url)
        return CliRunner().invoke(npt, list(arguments), input=typed)

    def backup(self, *options: str, typed: str | None = None) -> Result:
        return self.run(self.here, "backup", str(self.file), *options, typed=typed)

    def restore(self, *options: str, typed: str | None = None) -> Result:
        return self.run(self.there, "restore", str(self.file), *options, typed=typed)

    def key(self, name: str = "key") -> Path:
        """A new key file."""
        file = self.folder / name
        assert self.run(self.here, "backup-key", str(file)).exit_code == 0
        return file

    def settings(self, url: str) -> Settings:
        self.patch.setenv("NPT_DATABASE_URL", url)
        return Settings.from_environment()


def fill(places: Places) -> None:
    """Have a backup of member 1, and both members 1 and 2 where it is to be brought back.

    The backup, one closed by a key, and the key are made once for each engine.
    """
    add(places.here, "1")
    if not places.made:
        places.backup()
        places.made["open"] = places.file.read_bytes()
        key = places.key()
        places.file.unlink()
        places.backup("--key-file", str(key))
        places.made |= {"closed": places.file.read_bytes(), "key": key.read_bytes()}
        key.unlink()
    places.file.write_bytes(places.made["open"])
    add(places.there, "2")


@contextmanager
def records_at(url: str) -> Iterator[Session]:
    """A session on one of the two."""
    engine = engine_at(url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def add(url: str, *numbers: str) -> None:
    """Members, saved together."""
    with records_at(url) as session, writing(session):
        session.add_all(Member(number=number, name="Invented Person", email=None) for number in numbers)


def numbers_at(url: str) -> set[str]:
    """Which members are there."""
    with records_at(url) as session:
        return set(session.scalars(select(Member.number)))
