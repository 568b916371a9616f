"""Erasing one person: who they were goes, what was counted stays."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Table
from sqlalchemy.orm import Session

from npt.data_protection.actions.rows import delete_rows, empty_words
from npt.data_protection.actions.words import replace_names
from npt.data_protection.kinds import Kind, kinds, leave, secrets_of_erasures
from npt.data_protection.models import Erasure
from npt.data_protection.queries import is_erased, kept_for, still_here
from npt.data_protection.rules import (
    AlreadyErased,
    LastAdministrator,
    Naming,
    Outcome,
    Person,
    StillHere,
    key_mark,
    pseudonym,
    reference_digest,
)
from npt.journal.rules import PersonKey
from npt.journal.salts import destroy_salts
from npt.store.erasing import begin_erasing
from npt.store.personal import Fate, mark_of


def forget(
    session: Session, person: Person, *, today: date, now: datetime, also_current: bool = False
) -> Outcome:
    """Erase a person in the transaction that the session is in: all of it, or, on a refusal, nothing.

    AlreadyErased; LastAdministrator; StillHere, unless `also_current`.
    """
    _hold(session, person)
    if all(is_erased(session, key) for key in person.keys):
        raise AlreadyErased(f"The {person.said} was erased before. Nothing was changed.")
    if (reason := kept_for(session, person, today)) is not None:
        raise LastAdministrator(reason)
    if not also_current and (reason := still_here(session, person, today)) is not None:
        raise StillHere(
            f"The {person.said} {reason}. Nothing was changed: end that first, or give --also-current"
        )
    return erase(session, person, now=now)


def erase(session: Session, person: Person, *, now: datetime, is_listed: bool = True) -> Outcome:
    """Erase a person without asking whether they may be; `is_listed` puts them on the list of erasures."""
    begin_erasing(session)
    outcome = Outcome(namings=_namings(session, person))
    if is_listed:
        session.add_all(_listed(session, key, now) for key in person.keys)
    for key in person.keys:
        leave(session, key, now)
    session.flush()
    destroy_salts(session, person.keys)
    erase_rows(session, person.keys, outcome)
    for key in person.keys:
        _rename(session, key)
        outcome.add(key.table, "has a pseudonym", 1)
    session.flush()
    for naming in outcome.namings:
        replace_names(session, naming, outcome)
    session.expire_all()
    return outcome


def erase_rows(session: Session, keys: tuple[PersonKey, ...], outcome: Outcome) -> None:
    """Delete the rows of these people that erasure deletes, and empty their words; again changes nothing."""
    empty_words(session, keys, outcome)
    delete_rows(session, keys, outcome)


def _hold(session: Session, person: Person) -> None:
    """Let nobody else change these people until all is done.

    Whoever saves something of theirs is not kept waiting: they may hold what is wanted next.
    """
    for key in sorted(person.keys):
        model = kinds()[key.table].model
        session.get(model, key.id, with_for_update={"key_share": True}, populate_existing=True)


def _namings(session: Session, person: Person) -> list[Naming]:
    """What the person is called; rows of one name are looked for at once, under the first one's pseudonym."""
    by_name: dict[str, Naming] = {}
    for each in (_naming(session, key) for key in person.keys):
        first = by_name.setdefault(each.name.casefold(), each)
        both = tuple(dict.fromkeys((*first.references, *each.references)))
        by_name[each.name.casefold()] = replace(first, references=both)
    return list(by_name.values())


def _naming(session: Session, key: PersonKey) -> Naming:
    kind = kinds()[key.table]
    record = session.get_one(kind.model, key.id)
    name = "" if kind.name is None else str(getattr(record, kind.name) or "")
    others = [
        str(value)
        for column, fate in mark_of(kind.model).holds.items()
        if fate in {Fate.PSEUDONYM, Fate.EMPTIED} and column != kind.name
        if isinstance(value := getattr(record, column), str)
    ]
    return Naming(name, tuple(others), pseudonym(kind.noun, key.id, is_reference=False))


def _listed(session: Session, key: PersonKey, now: datetime) -> Erasure:
    kind, secret = kinds()[key.table], secrets_of_erasures()[0]
    reference = str(getattr(session.get_one(kind.model, key.id), kind.reference))
    return Erasure(
        person_table=key.table,
        record_id=key.id,
        reference_digest=reference_digest(secret, key.table, reference),
        key_mark=key_mark(secret),
        erased_at=now,
    )


def _rename(session: Session, key: PersonKey) -> None:
    """Put the pseudonym in the place of who it was; secrets go too."""
    kind = kinds()[key.table]
    record, rows = session.get_one(kind.model, key.id, populate_existing=True), kind.rows
    for column, fate in mark_of(kind.model).holds.items():
        if fate is Fate.PSEUDONYM:
            setattr(record, column, _pseudonym(kind, column, key.id, rows))
        elif fate is Fate.EMPTIED:
            setattr(record, column, None)
    for column in getattr(kind.model, "secret", ()):
        if rows.c[column].nullable:
            setattr(record, column, None)


def _pseudonym(kind: Kind, column: str, record_id: int, rows: Table) -> str:
    longest = getattr(rows.c[column].type, "length", None)
    return pseudonym(kind.noun, record_id, is_reference=column != kind.name)[:longest]
