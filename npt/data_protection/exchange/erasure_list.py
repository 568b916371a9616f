"""The list of erasures as a file, kept away from the database and from its backups."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.models import Erasure
from npt.data_protection.rules import key_mark
from npt.kit.files import written_whole
from npt.kit.refusals import Refusal

_HEADING = "npt erasures 1"


class UnusableList(Refusal):
    """A file is no list of erasures, or of another key."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An erasure as the file keeps it: it names nobody."""

    person_table: str
    record_id: int
    reference_digest: str
    key_mark: str
    erased_at: datetime

    @property
    def identity(self) -> tuple[str, int, str]:
        """What tells one erasure from another."""
        return self.person_table, self.record_id, self.reference_digest


def listed_in(session: Session) -> list[Listed]:
    """The erasures that the database knows, oldest first."""
    found = session.scalars(select(Erasure).order_by(Erasure.erased_at, Erasure.id))
    return [
        Listed(each.person_table, each.record_id, each.reference_digest, each.key_mark, each.erased_at)
        for each in found
    ]


def take_in(session: Session, erasures: Iterable[Listed]) -> int:
    """Add those erasures that the database does not know yet; how many they were."""
    known = {each.identity for each in listed_in(session)}
    new = {each.identity: each for each in erasures if each.identity not in known}
    session.add_all(Erasure(**asdict(each)) for each in new.values())
    session.flush()
    return len(new)


def write_list(session: Session, file: Path) -> None:
    """Bring the file up to what the database knows; what it has beside that stays. UnusableList, OSError."""
    here = {each.identity: each for each in listed_in(session)}
    there = {each.identity: each for each in read_list(file)} if file.exists() else {}
    rows = sorted((there | here).values(), key=lambda each: (each.erased_at, each.identity))
    if rows and here.keys() - there.keys():
        written = [asdict(each) | {"erased_at": each.erased_at.isoformat()} for each in rows]
        with written_whole(file) as stream:
            stream.write(json.dumps({"file": _HEADING, "erasures": written}, indent=1).encode() + b"\n")


def read_list(file: Path) -> list[Listed]:
    """The erasures in a file. UnusableList, OSError."""
    try:
        told = json.loads(file.read_bytes())
        if told["file"] != _HEADING:
            raise ValueError(told["file"])
        return [
            Listed(
                str(each["person_table"]),
                int(each["record_id"]),
                str(each["reference_digest"]),
                str(each["key_mark"]),
                _instant(each["erased_at"]),
            )
            for each in told["erasures"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableList(
            f"{file} is no list of erasures, or damaged: give the one that npt forget keeps by the database"
        ) from error


def _instant(text: object) -> datetime:
    instant = datetime.fromisoformat(str(text))
    if instant.tzinfo is None:
        raise ValueError("an instant without its offset")
    return instant


def check_readable(file: Path, erasures: Iterable[Listed], secrets: Iterable[str]) -> None:
    """Refuse (UnusableList) a list that was made with none of these keys: it erases nobody."""
    marks = {key_mark(secret) for secret in secrets}
    foreign = sum(each.key_mark not in marks for each in erasures)
    if foreign:
        raise UnusableList(
            f"{foreign:,} of the erasures in {file} were made with another key: give that one in"
            " NPT_SECRET_KEY, after the present one and a blank"
        )
