"""What a backup says about itself: when and by what it was made, and what has to be in it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from npt.journal.rules import Head
from npt.kit.refusals import Refusal

#: The form of a backup that this version writes and reads.
FORMAT = 1


class BackupFailed(Refusal):
    """A backup could not be made; whatever had its name is as it was."""


class UnusableBackup(Refusal):
    """A file is no backup, is damaged, is closed by another key, or is of another kind of place."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this backup cannot be used, and nothing was changed: {why}")


class NotRestored(Refusal):
    """A backup could not be brought back; the records are as they were."""


@dataclass(frozen=True)
class Contents:
    """What a database holds: where its schema stands, how far its journal reaches, how many rows it has."""

    revision: str | None
    journal: Head | None
    #: rows of each table
    counts: dict[str, int]

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(self.counts.values())

    @property
    def entries(self) -> int:
        """The entries of the journal."""
        return self.journal.sequence if self.journal else 0


@dataclass(frozen=True)
class Manifest:
    """A backup in words: everything that can be held against it later."""

    made_at: datetime
    #: the version of the product that made it
    version: str
    #: "SQLite" or "PostgreSQL"
    engine: str
    is_demonstration: bool
    contents: Contents
    #: of the records within it, in bytes
    size: int
    sha256: str

    def as_json(self) -> bytes:
        """The manifest as the backup keeps it."""
        told = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=2, sort_keys=True).encode()

    @classmethod
    def of_json(cls, text: bytes) -> "Manifest":
        """The manifest that a backup keeps. UnusableBackup when it is none of ours, or of a later form."""
        try:
            told = json.loads(text)
            if told.pop("format") > FORMAT:
                newer = f"it was made by a newer version of npt ({told['version']})"
                raise UnusableBackup(f"{newer}: install that version here first")
            held = told.pop("contents")
            journal = held.pop("journal")
            return cls(
                **told | {"made_at": datetime.fromisoformat(told["made_at"])},
                contents=Contents(**held, journal=Head(**journal) if journal else None),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusableBackup(
                "it does not say what is in it, so it is no backup of npt: give another file"
            ) from error
