"""What keys the digests of a person's fields beside the secret: a salt of their own, until erasure."""

import secrets
from collections.abc import Collection
from typing import cast

from sqlalchemy import Table, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from npt.journal.models import PersonSalt
from npt.journal.rules import PersonKey
from npt.store.batches import batches

_table = cast(Table, PersonSalt.__table__)
_KEYS = tuple_(_table.c.person_table, _table.c.record_id)
_INSERTS = {
    "sqlite": sqlite.insert(_table).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_table).on_conflict_do_nothing(),
}
#: People in one statement, each of them two parameters.
_BATCH = 2_000


def salts_of(session: Session, people: Collection[PersonKey]) -> dict[PersonKey, str | None]:
    """The salts of these people, made for those who have none; None for those whose salt was destroyed.

    One statement, and two more where somebody is new.
    """
    found = _kept(session, people)
    missing = sorted(set(people) - found.keys())
    for some in batches(missing, _BATCH):  # in order, so that two who add the same people never block
        rows = [
            {"person_table": table, "record_id": key, "salt": secrets.token_hex(16)} for table, key in some
        ]
        session.connection().execute(_INSERTS[session.get_bind().dialect.name], rows)
    return found | _kept(session, missing)


def _kept(session: Session, people: Collection[PersonKey]) -> dict[PersonKey, str | None]:
    found: dict[PersonKey, str | None] = {}
    for some in batches(sorted(set(people)), _BATCH):
        asked = select(_table).where(_KEYS.in_([tuple(each) for each in some]))
        for row in session.connection().execute(asked):
            found[PersonKey(row.person_table, row.record_id)] = row.salt
    return found


def destroy_salts(session: Session, people: Collection[PersonKey]) -> None:
    """Let nobody ever read a digest of these people's fields again; from now on none is made either."""
    salts_of(session, people)
    destroyed = update(_table).where(_KEYS.in_([tuple(each) for each in people])).values(salt=None)
    session.connection().execute(destroyed)
