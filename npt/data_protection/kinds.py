"""The kinds of people there are, as the features register them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from npt.journal.rules import PersonKey
from npt.store.personal import models_by_table


def _no_others(_session: Session, _id: int) -> Iterable[PersonKey]:
    return ()


def _nothing(_session: Session, _id: int, _when: date) -> str | None:
    return None


def _nobody(_session: Session, _before: date) -> Iterable[int]:
    return ()


@dataclass(frozen=True)
class Kind:
    """Rows of a table that are people: how they are asked for, and what erasing one of them takes."""

    #: the table, which the list of erasures, the journal and the command line name the kind by
    table: str
    #: the column of what they are asked for by: a number, an email address
    reference: str
    #: the column with their name; None where there is none
    name: str | None = "name"
    #: the column with the address to which letters are theirs that are no account's; None where there is none
    email: str | None = None
    normalised: Callable[[str], str] = str.strip
    #: the rows of other kinds that are the same person
    together: Callable[[Session, int], Iterable[PersonKey]] = _no_others
    #: why they are still here on a day, in words; None where they are not
    still_here: Callable[[Session, int, date], str | None] = _nothing
    #: why they may never be erased, in words
    kept_for: Callable[[Session, int, date], str | None] = _nothing
    #: what ends before they are erased: an account is closed
    leave: Callable[[Session, int, datetime], object] = lambda _session, _id, _now: None
    #: who left before a day: their time has come
    gone_before: Callable[[Session, date], Iterable[int]] = _nobody
    #: how long after they left that is; None: as the force decides (NPT_KEEP_PEOPLE_MONTHS)
    kept_for_days: int | None = None

    @property
    def noun(self) -> str:
        """One of them, in words."""
        return self.table.replace("_", " ")

    @property
    def model(self) -> type[Any]:
        """The model of the table."""
        return models_by_table()[self.table]

    @property
    def rows(self) -> Table:
        """The table."""
        found: Table = self.model.__table__
        return found


_kinds: dict[str, Kind] = {}
#: What ends before the people of a table are erased, beside what their kind says.
Ending = Callable[[Session, int, datetime], object]
_endings: dict[str, list[Ending]] = {}
_secrets: tuple[str, ...] = ()


def register(kind: Kind) -> None:
    """Let people of this kind be shown what is held on them, and be erased."""
    _kinds[kind.table] = kind


def ends_with(table: str, ending: Ending) -> None:
    """Let a floor above a kind's end what it knows of a person who is about to be erased."""
    known = _endings.setdefault(table, [])
    if ending not in known:
        known.append(ending)


def leave(session: Session, key: PersonKey, now: datetime) -> None:
    """End all that ends before the person of a row is erased."""
    for end in (_kinds[key.table].leave, *_endings.get(key.table, ())):
        end(session, key.id, now)


def kinds() -> Mapping[str, Kind]:
    """Every kind, by its table."""
    return _kinds


def key_erasures(*secrets: str) -> None:
    """Make the list of erasures with the first of these keys, and read what older ones made."""
    global _secrets
    _secrets = secrets


def secrets_of_erasures() -> tuple[str, ...]:
    """The keys of the list of erasures, the present one first."""
    return _secrets
