"""Questions about people as such: who is meant, who was erased."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.kinds import Kind, kinds, secrets_of_erasures
from npt.data_protection.models import Erasure
from npt.data_protection.rules import (
    AlreadyErased,
    Person,
    UnknownPerson,
    erased_in_words,
    reference_digest,
)
from npt.journal.models import PersonSalt
from npt.journal.rules import PersonKey
from npt.store.batches import batches


def person_named(session: Session, reference: str) -> Person:
    """Who is meant by "4711", "member:4711" or "a.person@example.org". UnknownPerson, AlreadyErased."""
    wanted, rest = _wanted(reference)
    found = [person for kind in wanted if (person := _person(session, kind, rest)) is not None]
    if len({frozenset(person.keys) for person in found}) > 1:
        raise UnknownPerson(
            f"{rest} is more than one person: say which, by "
            + " or ".join(f"{person.key.table}:{rest}" for person in found)
        )
    if found:
        return found[0]
    for kind in wanted:
        erased_at = erased_on(session, kind.table, kind.normalised(rest))
        if erased_at is not None:
            raise AlreadyErased(f"The {kind.noun} {erased_in_words(rest, erased_at)}. Nothing was changed.")
    others = [kind for kind in kinds().values() if kind not in wanted and _person(session, kind, rest)]
    if others:
        raise UnknownPerson(
            f"There is no {wanted[0].noun} {rest}, but there is {_one_of(others)}: give"
            f" {others[0].table}:{rest}"
        )
    raise UnknownPerson(
        f"Nobody in the records is known by {rest}: give {_one_of(kinds().values())} by"
        f" {' or '.join(sorted({kind.reference for kind in kinds().values()}))}, like member:4711"
    )


def _wanted(reference: str) -> tuple[list[Kind], str]:
    before, colon, after = reference.strip().partition(":")
    if not colon:
        return list(kinds().values()), before
    if before not in kinds():
        known = ", ".join(sorted(kinds()))
        raise UnknownPerson(f"There is no kind of person {before!r}: give one of {known}")
    return [kinds()[before]], after


def _person(session: Session, kind: Kind, reference: str) -> Person | None:
    rows, wanted = kind.rows, kind.normalised(reference)
    record_id = session.scalar(select(rows.c.id).where(rows.c[kind.reference] == wanted).order_by(rows.c.id))
    if record_id is None:
        return None
    if is_erased(session, PersonKey(kind.table, record_id)):
        raise AlreadyErased(f"The {kind.noun} {reference} stands for somebody who was erased before.")
    return person_of(session, PersonKey(kind.table, record_id))


def person_of(session: Session, key: PersonKey) -> Person:
    """The person of a row, with every other row that is the same person."""
    kind = kinds()[key.table]
    others = tuple(each for each in kind.together(session, key.id) if each != key)
    reference = session.scalar(select(kind.rows.c[kind.reference]).where(kind.rows.c.id == key.id))
    return Person(key, (key, *others), f"{kind.noun} {reference}")


def _one_of(some: Iterable[Kind]) -> str:
    named = [f"{'an' if kind.noun[0] in 'aeio' else 'a'} {kind.noun}" for kind in some]
    return " or ".join(named)


def is_erased(session: Session, key: PersonKey) -> bool:
    """Whether the person of a row was erased."""
    found = session.get(PersonSalt, tuple(key), populate_existing=True)
    return found is not None and found.salt is None


def erased_people(session: Session) -> list[PersonKey]:
    """Every row whose person was erased."""
    asked = select(PersonSalt.person_table, PersonSalt.record_id).where(PersonSalt.salt.is_(None))
    return [PersonKey(table, key) for table, key in session.execute(asked.order_by(*asked.selected_columns))]


def erased_on(session: Session, table: str, reference: str) -> datetime | None:
    """When somebody was erased who was asked for by this; None when nobody was."""
    erasure = erased_among(session, table, [reference]).get(reference)
    return None if erasure is None else erasure.erased_at


def erased_among(session: Session, table: str, references: Collection[str]) -> dict[str, Erasure]:
    """Which of these references were an erased person's, each with its last erasure."""
    asked = {
        reference_digest(secret, table, reference): reference
        for secret in secrets_of_erasures()
        for reference in set(references)
    }
    found: dict[str, Erasure] = {}
    for some in batches(asked):
        listed = select(Erasure).where(Erasure.person_table == table, Erasure.reference_digest.in_(some))
        for erasure in session.scalars(listed.order_by(Erasure.erased_at)):
            found[asked[erasure.reference_digest]] = erasure
    return found


def kept_for(session: Session, person: Person, today: date) -> str | None:
    """Why the person may not be erased at all, in words."""
    reasons = (kinds()[key.table].kept_for(session, key.id, today) for key in person.keys)
    return next((reason for reason in reasons if reason), None)


def still_here(session: Session, person: Person, today: date) -> str | None:
    """Why the person still belongs here, in words."""
    reasons = (kinds()[key.table].still_here(session, key.id, today) for key in person.keys)
    return next((reason for reason in reasons if reason), None)
